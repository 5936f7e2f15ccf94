# zh: 包含参考答案的每条路都要被看见，不管项目放在什么样的文件夹里；老实的答案都不冤枉。
# en: Every way of including the reference is seen, whatever the folder is called that the project is
#     in; honest answers are never blamed.
import os
import shutil
import unittest

import support

REFERENCE = "int reference() { return 1; }\n"
# zh: {ref} 是参考答案的绝对路径。 en: {ref} is the absolute path of the reference.
WAYS = {
    "by a relative path": '#include "../runtime/ring.cpp"\n',
    "by an absolute path": '#include "{ref}"\n',
    "by a path that turns back": '#include "../runtime/../made/../runtime/./ring.cpp"\n',
    "in angle brackets": "#include <ring.cpp>\n",
    "by a macro": '#define WHERE "../runtime/ring.cpp"\n#include WHERE\n',
    "after #line": '#line 1 "/usr/include/stdio.h"\n#include "../runtime/ring.cpp"\n',
    "from a system header": '#include "system.hpp"\n',
    "from a header of one's own": '#include "own.hpp"\n',
    "next": '#include_next "ring.cpp"\n',
    "by a symbolic link": '#include "link.hpp"\n',
    "by a hard link": '#include "hard.hpp"\n',
    "by a linked folder": '#include "folder/ring.cpp"\n',
    "as a copy": '#include "copy.hpp"\n',
    "through /proc": '#include "/proc/self/cwd/../runtime/ring.cpp"\n',
    "into the object": 'asm(".section .rodata\\n.incbin \\"{ref in asm}\\"\\n.text");\n',
    "as assembly": 'asm(".include \\"../runtime/ring.s\\"");\n',
}
HONEST = {
    "nothing": "int a;\n",
    "a header of the project": '#include "gmp.hpp"\n#include <vector>\nint a = G;\n',
    "a header of one's own": '#include "mine.hpp"\n',
    "itself": '#ifndef AGAIN\n#define AGAIN\n#include "mine.cpp"\n#endif\n',
}
FOLDERS = ("plain", "a b 中文", "#1 (new) $HOME $$\ttab: it's")
# zh: 只有 GCC 说得清的名字；Clang 14 在依赖里写的是另一个文件，learn 就说“说不清”，不让通过。
# en: Names that GCC alone can tell; Clang 14 writes another file's name, and learn then says that it
#     can't tell, and does not let it pass.
ONLY_GCC = ("back\\slash", "back\\ \\#both")
COMPILE = """
import os, shlex, subprocess
source = os.path.abspath("answers/mine.cpp")
flags = ["-I" + os.path.abspath("runtime"), "-iquote", os.path.abspath("other")]
flags += ["-fno-integrated-as", "-Wa,-W"] if {clang} else []
done = subprocess.run(
    [{compiler!r}, "-w", *flags, *includes.asked("real"), "-c", source, "-o", "real.o"], cwd="made",
    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
print("FOUND", includes.forbidden("made", "real", source) if done.returncode == 0 else done.stdout, flush=True)
os._exit(0)
"""


class Includes(support.Case):
    def setUp(self):
        super().setUp()
        shutil.rmtree(self.copy.path("exercises"))
        os.mkdir(self.copy.path("made"))
        self.copy.write(REFERENCE, "runtime", "ring.cpp")
        self.copy.write(".ascii \"reference\"\n", "runtime", "ring.s")
        self.copy.write("enum { G = 1 };\n", "runtime", "gmp.hpp")
        self.copy.write("int own;\n", "answers", "mine.hpp")
        self.copy.write('#include "../runtime/ring.cpp"\n', "answers", "own.hpp")
        self.copy.write('#pragma GCC system_header\n#include "../runtime/ring.cpp"\n', "answers", "system.hpp")
        self.copy.write(REFERENCE, "answers", "copy.hpp")
        os.symlink("../runtime/ring.cpp", self.copy.path("answers", "link.hpp"))
        os.symlink("../runtime", self.copy.path("answers", "folder"))
        os.link(self.copy.path("runtime", "ring.cpp"), self.copy.path("answers", "hard.hpp"))
        os.mkdir(self.copy.path("other"))

    def found(self, text, compiler):
        path = self.copy.path("runtime", "ring.cpp")
        # zh: C 的字符串和汇编的字符串各吃一半反斜杠 en: C's strings and the assembler's each halve backslashes
        text = text.replace("{ref in asm}", path.replace("\\", "\\" * 4)).replace("{ref}", path)
        self.copy.write(text, "answers", "mine.cpp")
        said = self.learn("help", before=COMPILE.format(compiler=compiler, clang="clang" in compiler))
        return said[said.index("FOUND") + 6 :]

    def each(self, compiler, folders):
        for folder in folders:
            old, self.copy.root = self.copy.root, os.path.join(self.copy.above, folder)
            os.rename(old, self.copy.root)
            for name, text in WAYS.items():
                with self.subTest(folder=folder, way=name):
                    found = self.found(text, compiler)
                    self.assertRegex(found, r"^\('ex_(includes_source|reads_odd)', .*(ring|/proc/)")
            for name, text in HONEST.items():
                with self.subTest(folder=folder, honest=name):
                    self.assertEqual(self.found(text, compiler), "None")

    def test_with_gcc(self):
        self.each("g++", FOLDERS + ONLY_GCC)

    @unittest.skipUnless(shutil.which("clang++"), "clang++ is not installed")
    def test_with_clang(self):
        self.each("clang++", FOLDERS)


if __name__ == "__main__":
    unittest.main()
