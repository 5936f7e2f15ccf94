# zh: 一个函数的反汇编，像文档那样：disassembly.py 程序 函数。地址写成离开头多远，名字去掉模板参数，末尾的
#     填充不要；这样代码不变，输出就不变。
# en: A function's disassembly, as the document shows it: disassembly.py PROGRAM FUNCTION. Addresses are
#     distances from its start, names lose their template arguments, the padding at the end is left out;
#     so while the code is the same, the output is.
import re
import subprocess
import sys


def short(name):
    """zh: 去掉模板参数和参数表。 en: Without template arguments and parameters."""
    name = re.sub(r"\(anonymous namespace\)::|\{lambda\([^)]*\)#\d+\}|::_FUN", "", name)
    before = None
    while before != name:
        before, name = name, re.sub(r"<[^<>]*>|\([^()]*\)", "", name)
    return re.sub(r":{3,}", "::", name).strip(": ")


def lines(program, function):
    listing = subprocess.run(
        ["objdump", "-d", "-C", "--no-show-raw-insn", program],
        capture_output=True,
        text=True,
        check=True,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
    ).stdout
    start = re.search(rf"^([0-9a-f]+) <([^\n]*\b{re.escape(function)}\(\))>:\n", listing, re.M)
    if not start:
        sys.exit(f"no function {function} in {program}")
    base = int(start[1], 16)
    yield f"{short(start[2])}:"
    for line in listing[start.end() :].split("\n\n")[0].splitlines():
        address, _, code = line.strip().partition(":")
        if not re.fullmatch("[0-9a-f]+", address):
            break
        code = re.sub(r"\s+", " ", code).strip()
        told = re.search(r"[0-9a-fx-]+(?:\(%rip\))?(?: +# [0-9a-f]+)? <(.*)>$", code)
        if told:
            # zh: 跳转的目标和取地址的对象，只留名字 en: of targets and addresses only the name
            inside = re.fullmatch(rf"{re.escape(start[2])}\+(0x[0-9a-f]+)", told[1])
            rest = re.sub(r"^.*?\(%rip\)|^[0-9a-f]+ <.*>$", "", code[told.start() :])
            rest = re.sub(r" +# .*$", "", rest)
            code = code[: told.start()] + (f"+{inside[1]}" if inside else short(told[1])) + rest
        mnemonic, _, operands = code.partition(" ")
        yield f"  +0x{int(address, 16) - base:02x}  {mnemonic:<7}{operands}".rstrip()


def trimmed(found):
    padding = re.compile(r"\+0x[0-9a-f]+  (nop\w?|data16|cs|xchg +%ax,%ax|int3)\b")
    while found and padding.search(found[-1]):
        found.pop()
    return found


if __name__ == "__main__":
    print("\n".join(trimmed(list(lines(*sys.argv[1:])))))
