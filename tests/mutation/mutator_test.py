# zh: 变异器自己的测试：每种改法各在哪里、改成什么；改出来的只差那一处。
# en: The mutator's own tests: where each kind of change applies and what it makes, and that nothing else changes.
import glob
import os
import unittest

import mutator

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def changes(text, kind):
    return [m.apply(text) for m in mutator.mutations(text) if m.kind == kind]


class Kinds(unittest.TestCase):
    def only(self, kind, body, *expected, head="void f(P* p, P* victim, int n)"):
        made = [text[len(head) + 3 : -3] for text in changes(head + " { " + body + " } ", kind)]
        self.assertEqual(made, list(expected))

    def test_drop(self):
        self.only("drop", "a(); b = 1; ++c;", "; b = 1; ++c;", "a(); ; ++c;", "a(); b = 1; ;")
        self.only("drop", "int x = 1; const auto y = g(); G* h = x; T z(1); std::vector<int> v{1};")
        self.only("drop", "return g(); throw 1;")
        self.only("drop", "for (;;) break;", "for (;;) ;")
        self.only("drop", 'INVARIANT(a(), "no");')

    def test_swap(self):
        self.only("swap", "a(); b();", "b(); a();")
        self.only("swap", "a(); int x = 1; b();")
        self.only("swap", "a(); return;")

    def test_negate(self):
        self.only("negate", "if (a && b) c();", "if (!(a && b)) c();")
        self.only("negate", "while (x) {}", "while (!(x)) {}")
        self.only("negate", "if (G* g = h()) c();", "if (G* g = h(); !g) c();")

    def test_bound(self):
        self.only("bound", "x = a < b;", "x = a <= b;")
        self.only("bound", "if (a >= b) c();", "if (a > b) c();")
        self.only("bound", "if (a == b) c();")  # zh: negate 已经做了 en: negate does that
        self.only("bound", "if (a == b && c) d();", "if (a != b && c) d();")
        self.only("bound", "x = static_cast<int>(a); std::array<G*, 4> y;")

    def test_off(self):
        self.only("off", "x = a + 1;", "x = a + 2;")
        self.only("off", "x = a % 4u;", "x = a % 5u;")

    def test_return(self):
        self.only("return", "return true;", "return false;")

    def test_weaken(self):
        self.only("weaken", "x.load(order::acquire);", "x.load(order::relaxed);")
        self.only("weaken", "fence(order::seq_cst);", "fence(order::acq_rel);", "fence(order::relaxed);")

    def test_unlock(self):
        self.only("unlock", "const sched_lock_guard hold(sched.lock); a();", "; a();")

    def test_other(self):
        self.only("other", "x = p->n;", "x = victim->n;")
        self.only("other", "x.p = n;")

    def test_a_shift_is_no_bound(self):
        self.only("bound", "return 1u << n;")

    def test_cas(self):
        self.only(
            "cas", "return q->h.compare_exchange_strong(e, e + 1, order::release, order::relaxed);",
            "return (q->h.load(order::relaxed) == e && (q->h.store(e + 1, order::release), true));",
        )

    def test_lambdas_have_statements_too(self):
        self.only("drop", "g([&] { a(); });", ";", "g([&] { ; });")

    def test_comments_strings_and_annotations_are_left_alone(self):
        self.only("off", '// 1\n x = "1"; [[gnu::noinline]] y();')
        self.only("drop", "", head="void f() REQUIRES(p->owner)")


class Runtime(unittest.TestCase):
    def test_every_function_of_the_chapters_is_reached(self):
        found = {}
        for path in glob.glob(os.path.join(ROOT, "runtime", "ch*_*", "*.cpp")):
            with open(path, encoding="utf-8") as file:
                text = file.read()
            for m in mutator.mutations(text):
                found.setdefault(m.function, set()).add(m.kind)
                self.assertNotEqual(m.apply(text), text)
        for name in ("runqput", "runqgrab", "retire", "startm", "newproc1", "gogo", "yield", "checkdead", "runqempty"):
            self.assertIn(name, found)
        self.assertEqual(set().union(*found.values()), {"drop", "swap", "negate", "bound", "off", "return", "weaken", "unlock", "other", "cas"})


if __name__ == "__main__":
    unittest.main()
