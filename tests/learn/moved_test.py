# zh: 构建之后搬了家：改名的、复制来的。build/ 里从前的路径一条也不许再用。
# en: Moved after a build, by renaming or by a copy: none of the old paths in build/ may be used again.
import os
import shutil
import unittest

import support

# zh: 一个没有语言的项目，CMake 生成它只要一刻。 en: A project without a language: CMake needs no time.
PROJECT = """
cmake_minimum_required(VERSION 3.25)
project(tiny NONE)
file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/here.txt CONTENT "${CMAKE_SOURCE_DIR}")
add_custom_target(exercises)
"""
BUILD = "session.listing = lambda: build.build('default', ['exercises']) or 0"
NAMES = ("a b", "中文 c", "it's", "#1 (new) & $HOME", 'say "hi"')


class Moved(support.Case):
    def setUp(self):
        super().setUp()
        self.copy.write(PROJECT, "CMakeLists.txt")

    def configured_here(self):
        self.assertEqual(self.copy.read("build", "default", "here.txt").decode(), self.copy.root)

    def test_a_renamed_checkout_says_so_and_compiles_anew(self):
        self.learn("ex", before=BUILD, code=0)
        self.configured_here()
        self.copy.write("old", "build", "default", "left", "over.txt")
        old, self.copy.root = self.copy.root, os.path.join(self.copy.above, "renamed 处")
        os.rename(old, self.copy.root)
        said = self.learn("ex", before=BUILD, code=0)
        self.assertIn("moved here from " + old, said)
        self.configured_here()
        self.assertFalse(os.path.exists(self.copy.path("build", "default", "left")))
        self.assertNotIn("moved", self.learn("ex", before=BUILD, code=0))

    def test_a_copy_does_not_use_the_original(self):
        self.learn("ex", before=BUILD, code=0)
        old, self.copy.root = self.copy.root, os.path.join(self.copy.above, "copied")
        shutil.copytree(old, self.copy.root)
        self.assertIn("moved here from " + old, self.learn("ex", before=BUILD, code=0))
        self.configured_here()

    def test_what_was_kept_about_other_objects_does_not_count(self):
        script = (
            "import os\n"
            "shop = workshop.Workshop.__new__(workshop.Workshop)\n"
            "shop.folder, shop.symbols = os.path.abspath('kept'), {}\n"
            "shop.plan = {'nm': 'nm', 'real': {'runtime': [os.path.abspath('here.o')]}}\n"
            "line = shop.plan['real']['runtime'][0] + ':0 T newproc::rt::f()'\n"
            "workshop.must = lambda argv: line if '--defined-only' in argv else ''\n"
            "print(shop.where('real')['f'][0][1])\n"
        )
        self.copy.write("", "here.o")
        for kept in ('{"functions": {"f": [["f", "/elsewhere/here.o"]]}, "uses": []}', "{", "\0"):
            with self.subTest(kept):
                self.copy.write(kept, "kept", "real", "survey.json")
                said = self.learn("help", before=script, code=0)
                self.assertTrue(said.startswith(self.copy.path("here.o")), said)

    def test_folders_may_have_odd_names(self):
        for name in NAMES:
            with self.subTest(name):
                old, self.copy.root = self.copy.root, os.path.join(self.copy.above, name)
                os.rename(old, self.copy.root)
                self.learn("ex", before=BUILD, code=0)
                self.learn("ex", "1.1", code=1)


if __name__ == "__main__":
    unittest.main()
