# zh: 公开的每个符号、运行时的每个函数，两种语言的网站里都要有说明。构造、析构、运算符和删掉的函数除外：
#     它们做什么，语言已经说了。公开的函数还要有一个例子（@snippet）。
# en: Each public symbol and each function of the runtime must be explained in both sites. Except
#     constructors, destructors, operators and deleted functions: the language tells what they do. A
#     public function must have an example as well (@snippet).
import glob
import os
import re
import xml.etree.ElementTree as xml

from records import LANGUAGES, path_of

PUBLIC = "newproc/"
UNTOLD = re.compile(r"^(operator\W|~)")


def members(language):
    """zh: Doxygen 认得的成员。 en: The members that Doxygen knows."""
    for path in sorted(glob.glob(path_of("build/docs/next/xml", language, "*.xml"))):
        yield from xml.parse(path).getroot().iter("memberdef")


def told(member):
    return any("".join(member.find(p + "description").itertext()).strip() for p in ("brief", "detailed"))


def wanted(member):
    """zh: 该有说明吗？ en: Must it be explained?"""
    name, definition = member.findtext("name"), member.findtext("definition") or ""
    file = member.find("location").get("file")
    if not os.path.exists(path_of("runtime", file)):
        return False
    if member.get("kind") != "function":
        return file.startswith(PUBLIC) and member.get("prot") == "public" and "::rt::" not in definition
    constructor = re.search(rf"\b{re.escape(name)}(<.*>)?::{re.escape(name)}$", definition)
    deleted = (member.findtext("argsstring") or "").endswith("=delete")
    return not (UNTOLD.match(name) or constructor or deleted)


def lacks_example(member):
    """zh: newproc 里直接的函数，却没有例子。 en: A function right in newproc, and no example."""
    direct = re.search(r"\bnewproc::\w+$", member.findtext("definition") or "")
    public = member.get("kind") == "function" and member.find("location").get("file").startswith(PUBLIC)
    shown = member.find("detaileddescription//programlisting/codeline")
    return bool(direct and public and shown is None)


def faults():
    found = set()
    for language in LANGUAGES:
        known = list(members(language))
        if not known:
            found.add(f"build/docs/next/xml/{language}: Doxygen left nothing to look at")
        for member in known:
            place, name = member.find("location"), member.findtext("name")
            where = f"runtime/{place.get('file')}:{place.get('line')}: {name}"
            if wanted(member) and not told(member):
                found.add(f"{where} is not explained ({language})")
            if lacks_example(member):
                found.add(f"{where} has no example ({language})")
    return sorted(found)
