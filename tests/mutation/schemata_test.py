# zh: 一个程序里的许多变异体，与一个一个编译的，做的要一样。
# en: Many mutants in one program must do what they do when compiled one by one.
import os
import subprocess
import sys
import tempfile
import types
import unittest

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "checker", "museum"))
import mutator  # noqa: E402
import schemata  # noqa: E402

TEXT = """
#include <cstdio>
namespace {
struct count { explicit count(int n) { at = n; at += 1; } ~count() { std::printf("%d\\n", at); } int at = 0; };
constexpr unsigned bit(int n) { return 1u << n; }
enum { three = bit(3) };
int least(int a, int b) { if (a < b) return a; return b; }
bool odd(int n) { if (n % 2 == 1) return true; return false; }
void twice(int& n) { n += n; if (n > 6) { n -= 1; n *= 2; } }
int* where(int* a, int* b) { return *a == 2 ? a : b; }
int next(int n) { int* const p = &n; *p += 1; return *p; }
}
int main() {
  const count c(least(4, three));
  int n = 3, m = 2;
  twice(n); *where(&n, &m) += odd(m); std::printf("%d %d %d %u\\n", n, m, next(n), bit(m));
  return 0;
}
"""


def compiled(text, folder, name):
    source, program = os.path.join(folder, name + ".cpp"), os.path.join(folder, name)
    with open(source, "w", encoding="utf-8") as file:
        file.write(text)
    done = subprocess.run(["c++", "-w", "-std=c++20", source, "-o", program], capture_output=True, encoding="utf-8")
    return program if done.returncode == 0 else None


def said(program, **environment):
    done = subprocess.run([program], env=os.environ | environment, capture_output=True, encoding="utf-8", timeout=60)
    return done.returncode, done.stdout


class Schemata(unittest.TestCase):
    def test_many_in_one_do_as_each_alone(self):
        cases = [
            types.SimpleNamespace(number=i, path="x.cpp", mutation=m, name=str(m))
            for i, m in enumerate(mutator.mutations(TEXT), 1)
        ]
        schema = schemata.Schemata({"x.cpp": TEXT}, cases)
        command = {"file": os.path.join(schemata.mutate.ROOT, "x.cpp"), "directory": "/", "command": "c++ -std=c++20 -o x"}
        gone = schemata.fit(types.SimpleNamespace(commands={"x": command}), schema, lambda tasks, _: [t() for t in tasks])
        differ = set()
        with tempfile.TemporaryDirectory() as folder:
            whole = compiled(schema.changed()["x.cpp"], folder, "whole")
            alone = {c.number: compiled(c.mutation.apply(TEXT), folder, f"alone{c.number}") for c in cases}
            plain = said(compiled(TEXT, folder, "plain"))
            self.assertEqual(said(whole), plain)
            self.assertEqual({c.number for c in gone}, {n for n, made in alone.items() if made is None})
            for number in schema.cases:
                told = said(whole, NEWPROC_MUTANT=str(number))
                self.assertEqual(told, said(alone[number]), cases[number - 1].name)
                differ |= {number} if told != plain else set()
            with tempfile.NamedTemporaryFile() as file:
                file.truncate(len(schema.functions))
                said(whole, NEWPROC_REACHED=file.name)
                self.assertEqual({schema.function(c) for c in cases}, {i for i, byte in enumerate(file.read()) if byte})
        self.assertGreater(len(differ), len(cases) // 2)


if __name__ == "__main__":
    unittest.main()
