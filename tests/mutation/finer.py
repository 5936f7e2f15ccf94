# zh: 更细的改法，给习题的测试用：一个学习者写得出的错，比检查运行时用的（mutator.py）多几种。
#         half 条件只剩一半    always、never 条件总成立、这一句总不做    half 也管 ?: 只剩一支    once 不再重试
#         first、last 头一个、末一个不看    twice 再读一遍    apart 读改写拆成先读后写    rmw 屏障换成一次读改写
#         constant 返回另一个常数    sign 加减互换    swap 声明也可对调    before 一句提到条件之前
# en: Finer changes, for exercises' tests: mistakes that a learner may make, some more kinds than for the
#     runtime (mutator.py).
#         half of a condition, or one branch of ?:    always, never a condition that always holds, a
#         statement never done    once no retry    first, last one is not looked at    twice read again
#         apart a read-modify-write as a read and a write    rmw in place of a fence    constant another
#         one returned    sign plus and minus exchanged    swap declarations too    before a statement
#         stands before the condition
import re

from mutator import CLOSING, DECLARES, NO_DECLARATION, Source

READ = re.compile(r"(?:const\s+)?[\w:]+\s*[*&]?\s*(?:const\s+)?(\w+) = (.*(?:\.load\(|->load\(|size\(|status\().*);", re.S)
RMW = {"fetch_add": "+", "fetch_sub": "-"}
SIGN = {"++": "--", "--": "++", "+=": "-=", "-=": "+=", "+": "-", "-": "+"}
LOOPS = ("for", "while", "do")


class Finer(Source):
    # --- zh: 语句 en: statements

    def block(self, brace):
        i, before = brace + 1, None
        while i < self.pair[brace]:
            first = i
            i = self.statement(i)
            plain = self.at(i - 1) == ";" and self.at(first) not in ("if", *LOOPS, "return", "throw", "break", "continue")
            now = (first, i - 1) if plain else None
            if before and now:
                self.add("swap", before[0], now[1], self.words(*now) + " " + self.words(*before))
                self.read_again(*before, self.pair[brace])
            elif before and self.at(first) in ("if", "while", "return", "for"):
                self.read_again(*before, self.pair[brace])
                if self.at(first) == "if":
                    self.add("swap", before[0], i - 1, self.words(first, i - 1) + " " + self.words(*before))
            elif now and before is None and first > brace + 1 and self.at(last_start(self, brace, first)) == "if":
                start = last_start(self, brace, first)
                self.add("before", start, now[1], self.words(*now) + " " + self.words(start, first - 1))
            before = now

    def read_again(self, first, last, end):
        """zh: 读到的值存着，后来用它的地方却再读一遍。
        en: The value read is kept, and where it is used it is read again."""
        found = READ.fullmatch(self.words(first, last))
        if not found:
            return
        for i in range(last + 1, end):
            if self.at(i) == found[1] and self.at(i - 1) not in (".", "->", "::"):
                self.add("twice", i, i, f"({found[2]})")

    def statement(self, i):
        word, end = self.at(i), super().statement(i)
        if word in ("if", "while"):
            opening = i + 1 + (self.at(i + 1) == "constexpr")
            closing = self.pair[opening]
            if self.at(end - 1) == ";" or self.at(end - 1) == "}":
                self.add("never", i, end - 1, ";")
            inside = self.words(opening + 1, closing - 1)
            if word == "if" and not re.match(r"(?:const )?[\w:]+(?:<.*>)?[ *&]+\[?\w+.* = ", inside):
                self.add("always", opening, closing, f"({inside}, true)" if self.effects(opening, closing) else "(true)")
        if word in LOOPS:
            self.loop(word, i, end)
        return end

    def effects(self, first, last):
        return any(self.at(k).startswith(("compare_exchange", "fetch_", "exchange")) for k in range(first, last))

    def loop(self, word, i, end):
        body = i + 1 if word == "do" else self.pair[i + 1] + 1
        if self.at(body) == "{":
            self.add("once", self.pair[body], self.pair[body], "break; }")
        elif word == "while" and self.at(body) != ";":
            self.add("once", i, i, "if")
        if word == "do":
            return
        inside = self.words(i + 2, self.pair[i + 1] - 1)
        whole = self.words(body, end - 1)
        ranged = re.fullmatch(r"[^;]*?[^:;]:(?!:)[^;]*", inside)
        if word == "for" and ranged:
            guard = "if (newproc_first) newproc_first = false; else "
            self.add("first", i, end - 1, f"for (bool newproc_first = true; {inside}) {guard}{{ {whole} }}")
        counted = re.fullmatch(r"(.*?) = 0; (\w+) < (.*); \+\+(\w+)", inside, re.S)
        if word == "for" and counted:
            self.add("last", i, end - 1, f"for ({counted[1]} = 0; {counted[2]} + 1 < {counted[3]}; ++{counted[2]}) {whole}")
            self.add("first", i, end - 1, f"for ({counted[1]} = 1; {counted[2]} < {counted[3]}; ++{counted[2]}) {whole}")

    def simple(self, first, last):
        super().simple(first, last)
        words = self.words(first, last)
        if not self.moves(first, last) and words not in ("break;", "continue;"):
            given = re.fullmatch(r"return (.+);", words, re.S)
            if given and given[1] not in ("true", "false"):
                for other in ("{}", "1"):
                    if (other, given[1]) not in (("{}", "0"), ("{}", "nullptr"), ("{}", "{}"), ("1", "1")):
                        self.add("constant", first, last, f"return {other};")
        for i in range(first, last):
            self.read_modify_write(i, first, last)
            self.sign(i, first)
        if re.fullmatch(r"(?:os::|platform::)?fence\(.*\);", words):
            self.add("rmw", first, last, "{ os::atomic<int> newproc_own{0}; newproc_own.fetch_add(1, order::seq_cst); }")

    def sign(self, i, first):
        if self.at(i) not in SIGN:
            return
        if self.at(i) in ("+", "-") and not (self.at(i - 1)[-1:].isalnum() or self.at(i - 1) in (")", "]")):
            return
        self.add("sign", i, i, SIGN[self.at(i)])

    def owner(self, i):
        """zh: 从哪个记号起是 x.f( 里的 x。 en: The token at which x of x.f( begins."""
        begin = i - 1
        while begin > 0 and (self.at(begin) in (".", "->", "::", "]", ")") or self.tokens[begin].kind == "name"):
            if self.at(begin) in ("return", "if", "while", "else"):
                break
            begin = (self.pair[begin] if self.at(begin) in ("]", ")") else begin) - 1
        return begin + 1

    def read_modify_write(self, i, first, last):
        if self.at(i) not in ("fetch_add", "fetch_sub", "exchange") or self.at(i - 1) not in (".", "->"):
            return
        closing = self.pair[i + 1]
        inside = self.text[self.tokens[i + 1].end : self.tokens[closing].start]
        given, _, order = inside.rpartition(",")
        begin = self.owner(i)
        if not given or begin < first:
            return
        to = self.words(begin, i - 1)
        new = f"newproc_old {RMW[self.at(i)]} ({given})" if self.at(i) in RMW else given
        self.add("apart", begin, closing, (
            f"[&] {{ const auto newproc_old = {to}load(order::relaxed); {to}store({new},{order} == order::acq_rel ? "
            f"order::release :{order}); return newproc_old; }}()"
        ))

    # --- zh: 条件 en: conditions

    def expression(self, first, last, leave=()):
        super().expression(first, last, leave)
        self.halves(first, last)

    def halves(self, first, last):
        """zh: a && b 只剩 a 或只剩 b，a ? b : c 只剩一支；嵌着的也算。
        en: a && b without a or without b, one branch of a ? b : c; nested ones too."""
        for i in range(first, last):
            if self.at(i) in ("&&", "||") and self.at(i - 1) != "(" and self.at(i - 1) != "auto":
                left, right = self.side(i, -1), self.side(i, 1)
                if self.words(left, i - 1).split(" ")[0] in ("const", "auto"):
                    continue
                neutral = "true" if self.at(i) == "&&" else "false"
                self.add("half", left, i - 1, neutral)
                self.add("half", i + 1, right, neutral)
            elif self.at(i) == "?":
                colon = next((k for k in range(i, last) if self.at(k) == ":"), None)
                if colon is None:
                    continue
                left, right = self.side(i, -1), self.side(colon, 1)
                self.add("half", left, right, self.words(i + 1, colon - 1))
                self.add("half", left, right, self.words(colon + 1, right))

    def side(self, i, step):
        """zh: 这个运算的左边或右边到哪里为止。 en: Where the left or right side of this operator ends."""
        stops = (";", ",", "&&", "||", "?", ":", "=", "return", "+=", "-=") if self.at(i) != "?" else (";", ",", "=", "return", "?", ":", "+=", "-=")
        brackets = set(CLOSING.values()) if step < 0 else set(CLOSING)
        k = i + step
        while 0 <= k < len(self.tokens):
            mark = self.at(k)
            if mark in brackets:
                k = self.pair[k]
            elif mark in stops or mark in CLOSING or mark in CLOSING.values():
                break
            k += step
        return k - step


def last_start(source, brace, first):
    """zh: 这一句前面那一句从哪里起。 en: Where the statement before this one begins."""
    i, start = brace + 1, brace + 1
    found = len(source.found)
    while i < first:
        start = i
        i = source.statement(i)
    del source.found[found:]
    return start


def mutations(text):
    found, seen = [], set()
    for m in Finer(text).mutations():
        key = (m.start, m.end, " ".join(m.new.split()))
        if key not in seen and m.apply(text) != text:
            seen.add(key)
            found.append(m)
    return found
