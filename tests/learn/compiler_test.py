# zh: 编译器：不见了、换了、停不下来、要得太多；从别处来的 doctest。
# en: The compiler: gone, changed, without an end, wanting too much; and a doctest from elsewhere.
import json
import os
import subprocess
import unittest

import support

PROJECT = """
cmake_minimum_required(VERSION 3.25)
project(tiny LANGUAGES %s)
add_custom_target(exercises)
"""
BUILD = "session.listing = lambda: build.build('default', ['exercises']) or 0"


class Variables(support.Case):
    def test_a_compiler_that_is_gone_is_told_by_its_name(self):
        self.copy.write(PROJECT % "CXX", "CMakeLists.txt")
        for cxx in ("/no/such/clang++-99", "no-such-compiler"):
            with self.subTest(cxx):
                said = self.learn("ex", before=BUILD, code=1, CXX=cxx)
                self.assertIn(f'The variable CXX is "{cxx}"', said)
                self.assertIn("unset CXX", said)

    def test_what_changed_is_told_and_takes_effect(self):
        self.copy.write(PROJECT % "NONE" + "file(WRITE ${CMAKE_BINARY_DIR}/seen $ENV{CXX})", "CMakeLists.txt")
        told = "The variable CXX has changed (before: {}; now: {})"
        for before, now in (("", ""), ("unset", "clang++"), ("clang++", "g++"), ("g++", "")):
            said = self.learn("ex", before=BUILD, code=0, CXX=now)
            if before:
                self.assertIn(told.format(before, now or "unset"), said)
            else:
                self.assertNotIn("has changed", said)
            self.assertEqual(self.copy.read("build", "default", "seen").decode(), now)
            self.assertNotIn("has changed", self.learn("ex", before=BUILD, code=0, CXX=now))


class Bounds(support.Case):
    def test_what_takes_too_long_is_stopped_with_its_children(self):
        script = (
            f"import subprocess\ntry: job.output({support.ENDLESS}, 0.5)\n"
            "except subprocess.TimeoutExpired: print('time is up')"
        )
        self.assertIn("time is up", self.learn("help", before=script, code=0))
        self.gone()

    def test_memory_has_a_bound(self):
        asks = "try: print(len(bytearray(8 << 30)))\nexcept MemoryError: print('refused')"
        script = f"print(workshop.run(['python3', '-c', {asks!r}]).stdout)"
        self.assertTrue(self.learn("help", before=script, code=0).startswith("refused"))

    def test_it_gets_no_input_and_none_of_the_environment(self):
        script = "print('read:', repr(workshop.run(['cat']).stdout))"
        process = self.copy.start("help", before=script)
        self.addCleanup(process.kill)
        # zh: 标准输入开着，cat 也立刻读到头 en: with our input open cat is at the end at once
        self.assertEqual(process.stdout.readline(), "read: ''\n")
        process.communicate(timeout=60)
        script = "print('CPATH=' + workshop.run(['sh', '-c', 'echo $CPATH']).stdout)"
        self.assertTrue(self.learn("help", before=script, code=0, CPATH="/odd").startswith("CPATH= "))

    def test_temporary_files_are_removed_however_it_ends(self):
        script = (
            "import subprocess\nworkshop.PATIENCE = 0.5\n"
            "for end in 'true', 'false', 'kill -9 $$', 'sleep 1000':\n"
            "    try: workshop.run(['sh', '-c', 'touch \"$TMPDIR/left\"; echo \"$TMPDIR\" >>dirs; ' + end])\n"
            "    except subprocess.TimeoutExpired: pass"
        )
        self.learn("help", before=script, code=0)
        folders = self.copy.read("dirs").decode().split()
        self.assertEqual((len(set(folders)), [f for f in folders if os.path.exists(f)]), (4, []))


class Doctest(unittest.TestCase):
    def test_from_conda_vcpkg_or_nix_it_reaches_answers_tests_and_judge(self):
        # zh: 一个空的 doctest 包，装在别处 en: an empty package of doctest, installed elsewhere
        copy = support.Copy()
        self.addCleanup(copy.remove)
        prefix, build = copy.path("prefix"), copy.path("build")
        copy.write("function(doctest_discover_tests)\nendfunction()\n", "prefix", "lib", "cmake", "doctest", "doctest.cmake")
        copy.write(
            "add_library(doctest::doctest INTERFACE IMPORTED)\n"
            f'set_target_properties(doctest::doctest PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "{prefix}/include")\n'
            "list(APPEND CMAKE_MODULE_PATH ${CMAKE_CURRENT_LIST_DIR})\n",
            "prefix", "lib", "cmake", "doctest", "doctestConfig.cmake",
        )
        os.mkdir(copy.path("prefix", "include"))
        done = subprocess.run(
            ["cmake", "-S", support.ROOT, "-B", build, "-G", "Ninja", "-DCMAKE_PREFIX_PATH=" + prefix],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        self.assertEqual(done.returncode, 0, done.stdout)
        with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
            commands = json.load(file)
        seen = {}
        for entry in commands:
            folder = entry["file"].removeprefix(support.ROOT + os.sep).split(os.sep)[0]
            for target in ("exercise_judge", "exercise_tests_real", "exercise_tests_checked", "newproc_testing"):
                if f"{target}.dir" in entry["command"]:
                    seen.setdefault(target, []).append(prefix + "/include" in entry["command"].replace("\\", ""))
        self.assertEqual({target: all(found) for target, found in seen.items()}, dict.fromkeys(
            ("exercise_judge", "exercise_tests_real", "exercise_tests_checked", "newproc_testing"), True
        ))


if __name__ == "__main__":
    unittest.main()
