# zh: 更细的改法各在哪里、改成什么。 en: Where each of the finer kinds of change applies and what it makes.
import unittest

import finer
import mutator


class Kinds(unittest.TestCase):
    def only(self, kind, body, *expected):
        head = "int f(P* p, int n)"
        text = head + " { " + body + " } "
        made = [m.apply(text)[len(head) + 3 : -3] for m in finer.mutations(text) if m.kind == kind]
        self.assertEqual(made, list(expected))

    def test_half(self):
        self.only("half", "x = a && b;", "x = true && b;", "x = a && true;")
        self.only("half", "x = a || b;", "x = false || b;", "x = a || false;")
        self.only("half", "x = a ? b : c;", "x = b;", "x = c;")

    def test_always_and_never(self):
        self.only("always", "if (a) b();", "if (true) b();")
        self.only("always", "if (x.compare_exchange_strong(a, b)) c();", "if (x.compare_exchange_strong(a, b), true) c();")
        self.only("never", "if (a) b(); c();", "; c();")

    def test_once(self):
        self.only("once", "for (;;) { a(); }", "for (;;) { a(); break; }")
        self.only("once", "while (a) b();", "if (a) b();")

    def test_first_and_last(self):
        self.only("first", "for (int i = 0; i < n; ++i) a(i);", "for (int i = 1; i < n; ++i) a(i);")
        self.only("last", "for (int i = 0; i < n; ++i) a(i);", "for (int i = 0; i + 1 < n; ++i) a(i);")

    def test_twice(self):
        self.only("twice", "const int h = p->head.load(order::acquire); a(h);",
                  "const int h = p->head.load(order::acquire); a((p->head.load(order::acquire)));")

    def test_apart(self):
        self.only("apart", "x.fetch_add(1, order::acq_rel);",
                  "[&] { const auto newproc_old = x.load(order::relaxed); x.store(newproc_old + (1), "
                  "order::acq_rel == order::acq_rel ? order::release : order::acq_rel); return newproc_old; }();")

    def test_apart_keeps_the_operation(self):
        for operation, value in (("fetch_sub", "newproc_old - (1)"), ("exchange", "1")):
            self.only("apart", f"x.{operation}(1, order::seq_cst);",
                      f"[&] {{ const auto newproc_old = x.load(order::relaxed); x.store({value}, "
                      "order::seq_cst == order::acq_rel ? order::release : order::seq_cst); return newproc_old; }();")

    def test_rmw(self):
        self.only("rmw", "fence(order::seq_cst);",
                  "{ os::atomic<int> newproc_own{0}; newproc_own.fetch_add(1, order::seq_cst); }")

    def test_constant(self):
        self.only("constant", "return n;", "return 1;", "return {};")
        self.only("constant", "return 1;", "return {};")
        self.only("constant", "return true;")

    def test_sign(self):
        self.only("sign", "x = a + b;", "x = a - b;")
        self.only("sign", "x = -a;")
        self.only("sign", "++x;", "--x;")

    def test_before(self):
        self.only("before", "g(); if (a) return 0; b();", "g(); b(); if (a) return 0;")

    def test_it_has_the_kinds_of_the_other_too(self):
        text = "int f(int n) { if (n < 2 && n > 0) g(); h(); return n + 1; } "
        self.assertLess({m.apply(text) for m in mutator.mutations(text)}, {m.apply(text) for m in finer.mutations(text)})


if __name__ == "__main__":
    unittest.main()
