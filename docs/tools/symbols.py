# zh: 名字在哪里：从 Doxygen 的 tag 文件读出每个名字的网址。正文里反引号中的名字靠它成为链接。
# en: Where a name is: reads each name's address from Doxygen's tag file. By it the names in backticks
#     become links.
import functools
import re
import xml.etree.ElementTree as xml

from records import path_of

# zh: 内存序的名字不是我们的函数 en: the names of memory orders are no functions of ours
ORDERS = {"relaxed", "acquire", "release", "acq_rel", "seq_cst"}
KINDS = {"function", "variable", "typedef", "enumeration", "enumvalue", "define"}


@functools.cache
def everything(language):
    """zh: （全名，种类，网址，源文件）。 en: (qualified name, kind, address, source file)."""
    found, root = [], xml.parse(path_of("build/docs", language + ".tag")).getroot()
    for compound in root.findall("compound"):
        kind, scope = compound.get("kind"), compound.findtext("name")
        if kind in ("struct", "class", "union"):
            found.append((scope, kind, compound.findtext("filename"), ""))
        if kind not in ("struct", "class", "union", "namespace", "file"):
            continue
        for member in compound.findall("member"):
            if member.get("kind") not in KINDS:
                continue
            name = member.findtext("name")
            # zh: 文件下面又列一遍的命名空间成员不要，宏要。
            # en: A file lists the namespace's members again: not those, but macros.
            if kind == "file" and member.get("kind") != "define":
                continue
            full = name if kind == "file" else f"{scope}::{name}"
            anchor = member.findtext("anchorfile") + "#" + member.findtext("anchor")
            found.append((full, member.get("kind"), anchor, ""))
            for value in member.findall("enumvalue"):
                there = value.get("file") + "#" + value.get("anchor")
                found.append((f"{scope}::{value.text}", "enumvalue", there, ""))
    return found


@functools.cache
def addresses(language):
    """zh: 名字（全名、rt 之下的、最后一段）-> 网址；不唯一的不给。
    en: Name (qualified, below rt, last part) -> address; what is not unique is left out."""
    several = {}
    for full, _, address, _ in everything(language):
        inner = re.sub(r"^newproc::(rt::)?", "", full)
        # zh: 匿名命名空间、模板参数不出现在正文里。 en: Not written in texts: anonymous namespaces.
        inner = re.sub(r"anonymous_namespace\{[^}]*\}::", "", inner)
        parts = inner.split("::")
        names = {full, inner, "::".join(parts[-2:]), ".".join(parts[-2:])}
        # zh: fn 这样的短名字，正文里说的多半是别的 en: a short name such as fn mostly means another
        names |= {parts[-1]} if len(parts[-1]) > 2 else set()
        for name in names:
            several.setdefault(name, set()).add(address)
    table = {name: there.pop() for name, there in several.items() if len(there) == 1}
    # zh: 同名时，rt 之下直接的那个优先（newm 是函数，不是某处的字段）。
    # en: Of equal names the one right below rt comes first (newm is the function, not some field).
    for scope in ("newproc::", "newproc::rt::"):
        for full, kind, address, _ in everything(language):
            if full.startswith(scope) and "::" not in full[len(scope) :] and kind != "variable":
                table[full[len(scope) :]] = address
    return table


def address(name, language):
    """zh: 正文里写的一个名字：`runqput`、`runqput()`、`P::runnext`、`sched.nmspinning`。
    en: A name as texts write it."""
    if name in ORDERS:
        return None
    name = re.sub(r"\(.*\)$", "", name)
    table = addresses(language)
    if name.startswith("sched."):
        name = "schedt::" + name[6:]
    return table.get(name) or table.get(name.replace("->", "::").replace(".", "::"))
