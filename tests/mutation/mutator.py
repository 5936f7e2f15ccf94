# zh: 变异：把一份 C++ 源码里的一处改成人会犯的错。只认记号（token）和语句，不认类型；造出来编译不过的，由用它的人
#     丢掉。每种改法一个名字：
#         drop 少一句    swap 两句对调    negate 条件取反    bound 差一个等号    off 常数差一
#         return 返回另一个真假    weaken 内存序减弱    unlock 不上锁    other 用了同类型的另一个参数
#         cas CAS 换成先读后写
# en: Mutation: changes one place of a C++ source into a mistake that people make. It knows tokens and
#     statements, but no types; what does not compile is thrown away by the caller. Each kind of change has a
#     name:
#         drop a statement is missing    swap two are exchanged    negate a condition    bound an equals
#         sign more or less    off a constant by one    return the other truth value    weaken a memory order
#         unlock no lock is taken    other another parameter of the same type    cas a load and a store in
#         place of a compare-exchange
import dataclasses
import re

TOKEN = re.compile(
    r'(?P<space>\s+|//[^\n]*|/\*.*?\*/|^\s*#[^\n]*)|(?P<string>R"\((?:.|\n)*?\)"|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])+\')'
    r"|(?P<number>\d[\w'.]*)|(?P<name>[A-Za-z_]\w*)|(?P<mark><=>|->\*|<<=|<<|>>=|\.\.\.|::|->|\+\+|--|&&|\|\||[<>=!+\-*/%&|^]=|[^\w\s])",
    re.M | re.S,
)
CLOSING = {"(": ")", "{": "}", "[": "]"}
DECLARES = re.compile(
    r"(?:const|constexpr|static|auto|thread_local|using|typedef|struct|class|enum)\b"
    r"|(?:[A-Za-z_]\w*::)*[A-Za-z_]\w*(?:<[^;]*?>)?(?:\s*[*&]+\s*|\s+)[A-Za-z_]\w*\s*(?:[=;({\[]|$)"
)
NO_DECLARATION = re.compile(r"(?:return|throw|delete|goto|co_\w+|new|else|case)\b")
LOCKS = re.compile(r"const\s+[\w:]*guard\s+\w+\(")
WEAKER = {"seq_cst": "acq_rel", "acq_rel": "relaxed", "acquire": "relaxed", "release": "relaxed"}
JUMPS = ("return", "if", "while", "else", "co_return")
TEMPLATES = re.compile(r"\w+_cast|\w+_ptr|make_\w+|is_\w+|span|array|vector|tuple|pair|atomic|var|numeric_limits|exchange|function|kept")
BOUNDS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}


@dataclasses.dataclass(frozen=True)
class Mutation:
    """zh: text[start:end] 换成 new；body 是它所在的函数体，连同花括号；returns：这个函数返回值。
    en: text[start:end] becomes new; body: the body of the function it is in, with its braces; returns: that
    function returns a value."""

    kind: str
    function: str
    line: int
    start: int
    end: int
    new: str
    body: tuple = (0, 0)
    returns: bool = False

    def apply(self, text):
        return text[: self.start] + self.new + text[self.end :]

    def shown(self, text):
        """zh: 人看的一行：改前 -> 改后。 en: A line for people: before -> after."""
        before, after = (" ".join(part.split()) for part in (text[self.start : self.end], self.new))
        return f"{self.line} {self.function} {self.kind}: {before} -> {after or '(nothing)'}"


@dataclasses.dataclass
class Token:
    kind: str
    text: str
    start: int
    end: int


class Source:
    def __init__(self, text):
        self.text = text
        self.tokens = [Token(m.lastgroup, m[0], m.start(), m.end()) for m in TOKEN.finditer(text) if m.lastgroup != "space"]
        self.pair = self.pairs()
        self.found = []
        self.function, self.parameters, self.angles = "", {}, set()
        self.around, self.returns = (0, 0), False

    def pairs(self):
        """zh: 每个括号的另一半在哪里。 en: Where each bracket's other half is."""
        open_ones, pair = [], {}
        for i, token in enumerate(self.tokens):
            if token.text in CLOSING:
                open_ones.append(i)
            elif token.text in CLOSING.values() and open_ones:
                pair[open_ones[-1]] = i
                pair[i] = open_ones.pop()
        return pair

    def at(self, i):
        return self.tokens[i].text if 0 <= i < len(self.tokens) else ""

    def words(self, first, last):
        return self.text[self.tokens[first].start : self.tokens[last].end]

    def add(self, kind, first, last, new):
        start, end = self.tokens[first].start, self.tokens[last].end
        line = self.text.count("\n", 0, start) + 1
        self.found.append(Mutation(kind, self.function, line, start, end, new, self.around, self.returns))

    # --- zh: 函数 en: functions

    def mutations(self):
        self.outside(0, len(self.tokens))
        return sorted(set(self.found), key=lambda m: (m.start, m.end, m.kind, m.new))

    def outside(self, i, end):
        """zh: 名字空间和类里：找函数体。 en: In namespaces and classes: looks for bodies of functions."""
        first = i
        while i < end:
            mark = self.at(i)
            if mark == "{":
                head = [self.at(k) for k in range(first, i)]
                if {"namespace", "struct", "class", "union", "extern"} & set(head) and "=" not in head and head[-1:] != [")"]:
                    self.outside(i + 1, self.pair[i])
                elif "(" in head and "enum" not in head and "=" not in head[: head.index("(")]:
                    self.body(first, first + head.index("("), i)
                i = first = self.pair[i] + 1
            elif mark in ("(", "["):
                i = self.pair[i] + 1
            elif mark == ";":
                i = first = i + 1
            else:
                i += 1

    def body(self, first, opening, brace):
        self.function = self.at(opening - 1)
        self.around = self.tokens[brace].start, self.tokens[self.pair[brace]].end
        self.returns = self.gives_a_value(first, opening - 1)
        self.parameters = self.same_type(opening)
        self.block(brace)
        self.others(brace)
        self.function, self.parameters = "", {}

    def gives_a_value(self, first, name):
        """zh: 构造函数、析构函数和 void 函数不返回值。
        en: Constructors, destructors and void functions return none."""
        words = [self.at(i) for i in range(first, name) if self.at(i) not in ("static", "inline", "explicit", "virtual")]
        if not words or self.at(name - 1) in ("~", "::") and len(words) < 3:
            return False
        return "void" not in words or self.at(words.index("void") + first + 1) == "*"

    def same_type(self, opening):
        """zh: {参数: 同类型的下一个参数} en: {parameter: the next one of its type}"""
        by_type, inside = {}, self.text[self.tokens[opening].end : self.tokens[self.pair[opening]].start]
        for parameter in re.split(r",(?![^<(]*[>)])", inside):
            if found := re.fullmatch(r"\s*(.*?[\s*&])(\w+)\s*(?:=.*)?", parameter, re.S):
                by_type.setdefault(" ".join(found[1].split()), []).append(found[2])
        return {n: names[(k + 1) % len(names)] for names in by_type.values() if len(names) > 1 for k, n in enumerate(names)}

    def others(self, brace):
        for i in range(brace + 1, self.pair[brace]):
            other = self.parameters.get(self.at(i))
            if other and self.at(i - 1) not in (".", "->", "::") and self.tokens[i].kind == "name":
                self.add("other", i, i, other)

    # --- zh: 语句 en: statements

    def block(self, brace):
        i, before = brace + 1, None
        while i < self.pair[brace]:
            first = i
            i = self.statement(i)
            now = (first, i - 1) if self.at(i - 1) == ";" and self.moves(first, i - 1) else None
            if before and now:
                self.add("swap", before[0], now[1], self.words(*now) + " " + self.words(*before))
            before = now

    def statement(self, i):
        """zh: 从第 i 个记号开始的一句；返回它后面。 en: The statement at token i; returns what follows it."""
        word = self.at(i)
        if word == "[" and self.at(i + 1) == "[":
            return self.statement(self.pair[i] + 1)
        if word == "{":
            self.block(i)
            return self.pair[i] + 1
        if word in ("case", "default"):
            while self.at(i) != ":":
                i += 1
            return i + 1
        if word in ("if", "while", "for", "switch"):
            opening = i + 1 + (self.at(i + 1) == "constexpr")
            closing = self.pair[opening]
            self.condition(word, opening, closing)
            i = self.statement(closing + 1)
            if word == "if" and self.at(i) == "else":
                i = self.statement(i + 1)
            return i
        if word == "else" or word == "do":
            return self.statement(i + 1)
        if word == "try":
            self.block(i + 1)
            i = self.pair[i + 1] + 1
            while self.at(i) == "catch":
                brace = self.pair[i + 1] + 1
                self.block(brace)
                i = self.pair[brace] + 1
            return i
        last = i
        while self.at(last) != ";":
            last = self.pair[last] + 1 if self.at(last) in CLOSING else last + 1
        self.simple(i, last)
        return last + 1

    def moves(self, first, last):
        """zh: 不是声明，也不是跳走。 en: Neither a declaration nor a jump."""
        words = self.words(first, last)
        jump = re.match(r"(return|throw|break|continue|goto|static_assert|using)\b", words)
        return not jump and (bool(NO_DECLARATION.match(words)) or not DECLARES.match(words))

    def simple(self, first, last):
        words = self.words(first, last)
        if LOCKS.match(words):
            self.add("unlock", first, last, ";")
        elif self.moves(first, last) or words in ("break;", "continue;"):
            if not re.match(r"(INVARIANT|THROW_UNLESS|static_assert)\b", words):
                self.add("drop", first, last, ";")
        if words in ("return true;", "return false;"):
            self.add("return", first, last, "return false;" if "true" in words else "return true;")
        self.expression(first, last)

    def condition(self, word, opening, closing):
        inside = self.words(opening + 1, closing - 1)
        if word in ("if", "while"):
            first, semicolon, test = inside.rpartition(";")
            declared = re.fullmatch(r"(?:const )?[\w:]+(?:<.*>)?[ *&]+(\w+) = .*", test, re.S)
            if not declared:
                self.add("negate", opening, closing, f"({first}{semicolon}{' ' * bool(semicolon)}!({test.strip()}))")
            elif word == "if" and not semicolon:
                self.add("negate", opening, closing, f"({inside}; !{declared[1]})")
        # zh: 整个条件取反已经有了 en: the whole condition is negated already
        whole = word in ("if", "while") and not {"&&", "||"} & {self.at(i) for i in range(opening, closing)}
        self.expression(opening + 1, closing - 1, ("==", "!=") if whole else ())

    def expression(self, first, last, leave=()):
        i = first
        while i <= last:
            token = self.tokens[i]
            if token.text == "[" and not re.match(r"[\w\])]", self.at(i - 1)[-1:] or " "):
                i = self.closure(i, last)
                continue
            if token.text in BOUNDS and token.text not in leave and not self.template(i):
                self.add("bound", i, i, BOUNDS[token.text])
            elif token.kind == "number" and re.fullmatch(r"\d+u?", token.text) and self.at(i - 1) not in ("[[",):
                self.add("off", i, i, str(int(token.text.rstrip("u")) + 1) + ("u" if token.text.endswith("u") else ""))
            elif token.text in WEAKER and self.at(i - 1) == "::" and self.at(i - 2) == "order":
                self.add("weaken", i, i, WEAKER[token.text])
                if WEAKER[token.text] != "relaxed":
                    self.add("weaken", i, i, "relaxed")
            elif token.text == "compare_exchange_strong":
                self.compare_exchange(i)
            i += 1

    def template(self, i):
        """zh: 这个尖括号属于模板吗：左边的跟在类型名后面，右边的是它的另一半。
        en: Is this angle bracket a template's: a left one after a type's name, a right one that closes it?"""
        if self.at(i) == "<" and TEMPLATES.fullmatch(self.at(i - 1)):
            depth = 0
            for k in range(i, len(self.tokens)):
                depth += {"<": 1, ">": -1}.get(self.at(k), 0)
                if depth == 0:
                    self.angles |= {i, k}
                    break
        return i in self.angles

    def compare_exchange(self, i):
        """zh: x.compare_exchange_strong(e, v, ...) 换成先读、再写。 en: Becomes a load, then a store."""
        begin = i - 1
        while self.at(begin - 1) not in JUMPS and self.tokens[begin - 1].kind in ("name", "number") or self.at(begin - 1) in (".", "->", "::", "]", ")"):
            begin = self.pair[begin - 1] if self.at(begin - 1) in ("]", ")") else begin - 1
        owner = self.words(begin, i - 1) if begin < i - 1 else ""
        inside = self.text[self.tokens[i + 1].end : self.tokens[self.pair[i + 1]].start]
        parts = [part.strip() for part in re.split(r",(?![^(]*\))", inside)]
        if len(parts) < 3:
            return
        new = (f"({owner}load(order::relaxed) == {parts[0]} && ({owner}store({parts[1]}, {parts[2]}), true))")
        self.add("cas", begin, self.pair[i + 1], new)

    def closure(self, i, last):
        """zh: lambda：它的身子也是语句。 en: A lambda: its body has statements too."""
        i = self.pair[i] + 1
        while i <= last and self.at(i) != "{" and self.at(i) not in (";", ",", ")"):
            i = self.pair[i] + 1 if self.at(i) == "(" else i + 1
        if self.at(i) != "{":
            return i
        self.block(i)
        return self.pair[i] + 1


def mutations(text):
    return Source(text).mutations()
