# zh: 补丁：一份源码的错版本，只写与它不同的行。博物馆的变异体和习题的错答案都这样存：
#     头（每行“字段: 文字”），空一行，然后是 git diff 的各块。
# en: Patches: a wrong version of a source, of which only the lines that differ are written down. The
#     museum's mutants and the exercises' wrong answers are kept so: a head ("field: text", a line
#     each), a blank line, then the hunks as git diff writes them.
import os
import re

from ground.records import ROOT


class Wrong(Exception):
    """zh: 补丁写错了，或已经过时。 en: A patch is written wrongly, or out of date."""


def read(path):
    """zh: CRLF 算作 LF，开头的 BOM 不算。 en: CRLF counts as LF, a BOM at the beginning not at all."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            return file.read()
    except UnicodeDecodeError:
        raise Wrong(f"{os.path.relpath(path, ROOT)} is not in UTF-8") from None


def comment(line):
    return line.lstrip().startswith("//")


def change(text, hunk):
    """zh: 在 text 里照 hunk 改。上下文不看行号，也不看只是注释的行：改一句注释，补丁照样能用。它必须恰好
    出现一次，否则补丁就过时了。
    en: Changes text by a hunk. Neither line numbers nor lines that are only comments count as context:
    a sentence can be mended and the patch still holds. The context must occur exactly once, or the
    patch is out of date."""
    lines = text.split("\n")
    code = [i for i, line in enumerate(lines) if not comment(line)]
    old = [line[1:] for line in hunk if line[0] != "+" and not comment(line[1:])]
    found = [k for k in range(len(code) - len(old) + 1)
             if all(lines[code[k + n]] == line for n, line in enumerate(old))]
    if len(found) != 1:
        raise Wrong(f"the context occurs {len(found)} times:\n" + "\n".join(old))
    at = iter(code[found[0]:])
    removed, added, here = set(), {}, code[found[0]]
    for line in hunk:
        if line[0] == "+":
            added.setdefault(here, []).append(line[1:])
        elif not comment(line[1:]):
            here = next(at)
            if line[0] == "-":
                removed.add(here)
            here += 1
        elif line[0] == "-" and line[1:] in lines[here:]:
            removed.add(lines.index(line[1:], here))
    result = []
    for i, line in enumerate([*lines, None]):
        result += added.get(i, [])
        if line is not None and i not in removed:
            result.append(line)
    return "\n".join(result)


def hunk_lines(hunk):
    """zh: 一块里的行。编辑器会删掉行末的空格，所以空行也是一行上下文。
    en: The lines of a hunk. Editors strip trailing blanks, so an empty line is a line of context too."""
    lines = [line or " " for line in hunk.rstrip("\n").split("\n")]
    return [line for line in lines if line[0] in " -+"]


def apply(patch, root=ROOT):
    """zh: 各块 -> {文件: 改过的文字}。 en: Hunks -> {file: changed text}."""
    changed = {}
    for part in re.split(r"^--- a/", patch, flags=re.M)[1:]:
        path = part.split("\n", 1)[0].strip()
        try:
            text = changed.get(path) or read(os.path.join(root, path))
        except FileNotFoundError:
            raise Wrong(f"there is no {path}") from None
        for hunk in re.split(r"^@@.*\n", part, flags=re.M)[1:]:
            try:
                text = change(text, hunk_lines(hunk))
            except Wrong as wrong:
                raise Wrong(f"{path}: {wrong}") from None
            changed[path] = text
    if not changed:
        raise Wrong("the patch changes nothing")
    return changed


class Patch:
    """zh: 一个补丁文件。 en: A patch file."""

    def __init__(self, path, needed):
        self.path = os.path.relpath(path, ROOT)
        head, _, self.hunks = read(path).partition("\n\n")
        odd = [line for line in head.split("\n") if not re.match(r"\w+: ", line)]
        if odd:
            raise Wrong(f"{self.path}: the head has a line that is no field: {odd[0]}")
        self.fields = dict(line.split(": ", 1) for line in head.split("\n"))
        lacking = [key for key in needed if not self.fields.get(key, "").strip()]
        if lacking:
            raise Wrong(f"{self.path} lacks {', '.join(lacking)}")

    def changed(self):
        """zh: {文件: 改过的文字} en: {file: changed text}"""
        try:
            return apply(self.hunks)
        except Wrong as wrong:
            raise Wrong(f"{self.path}: {wrong}") from None
