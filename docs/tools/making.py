# zh: 从头到尾做一遍：实录，两种语言的源，Doxygen，修整，检查。没有变的不重做。
# en: Making it from end to end: transcripts, the sources in two languages, Doxygen, the mending, the
#     checks. What has not changed is not made again.
import glob
import hashlib
import os
import shutil
import subprocess

import complete
import coverage
import documented
import exhibits
import finish
import layout
import links
import notes
import ready
import tasks
import transcripts
import twins
from records import LANGUAGES, ROOT, path_of, read, write

CONFIGURATION = {"zh": "Doxyfile", "en": "docs/Doxyfile.en"}
PATIENCE = 600


def inputs(language):
    """zh: Doxygen 的结果取决于这些文件。 en: What Doxygen's result depends on."""
    patterns = ("build/docs/ready/" + language + "/**", "Doxyfile", "docs/Doxyfile.en")
    patterns += ("chapters/spine.txt", "docs/theme/*", "docs/tools/*.py")
    for pattern in patterns:
        for path in sorted(glob.glob(path_of(pattern), recursive=True)):
            if os.path.isfile(path):
                yield path


def signature(language):
    whole = hashlib.sha256()
    for path in inputs(language):
        whole.update(os.path.relpath(path, ROOT).encode())
        with open(path, "rb") as file:
            whole.update(file.read())
    return whole.hexdigest()


def start_doxygen(language):
    folder = path_of("build/docs/next", language)
    for old in (folder, path_of("build/docs/next/xml", language)):
        shutil.rmtree(old, ignore_errors=True)
    os.makedirs(path_of("build/docs/next/xml"), exist_ok=True)
    # zh: 产物都放在 build/docs 里；独自运行 doxygen 时放在 build 里。
    # en: All products go to build/docs; doxygen run by itself puts them in build.
    settings = path_of("build/docs", language + ".doxyfile")
    write(
        settings,
        f"@INCLUDE = {CONFIGURATION[language]}\nLAYOUT_FILE = {layout.make(language)}\nOUTPUT_DIRECTORY = build/docs/next\n"
        f"GENERATE_TAGFILE = build/docs/{language}.tag\n"
        f"GENERATE_XML = YES\nXML_PROGRAMLISTING = NO\nXML_OUTPUT = xml/{language}\n"
        f"WARN_LOGFILE = build/docs/{language}.warnings\n",
    )
    with open(path_of("build/docs", language + ".log"), "w", encoding="utf-8") as log:
        return subprocess.Popen(
            ["doxygen", settings],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def doxygen(step):
    """zh: 两种语言一起跑；返回警告。 en: Both languages at once; returns the warnings."""
    running, stamps, found = {}, {}, []
    for language in LANGUAGES:
        stamps[language] = signature(language)
        stamp = path_of("build/docs", language + ".stamp")
        if os.path.exists(stamp) and read(stamp) == stamps[language]:
            continue
        if os.path.exists(stamp):
            os.remove(stamp)
        running[language] = start_doxygen(language)
    try:
        for language, process in running.items():
            code = process.wait(PATIENCE)
            said = warnings(language)
            found += said
            if code != 0 and not said:
                found.append(read(path_of("build/docs", language + ".log")).strip()[-600:])
    finally:
        for process in running.values():
            if process.poll() is None:
                process.kill()
    for language in running:
        step(language)
        # zh: 做好了才换上，正在看的人不会看见半个网站。
        # en: Put in place when ready: a reader never sees half a site.
        finish.finish(path_of("build/docs/next", language), language)
        shutil.rmtree(finish.site(language), ignore_errors=True)
        os.makedirs(path_of("build/docs/site"), exist_ok=True)
        os.replace(path_of("build/docs/next", language), finish.site(language))
        # zh: 有警告就不盖章，下次重做。 en: With warnings there is no stamp, and it is made again.
        if not warnings(language):
            write(path_of("build/docs", language + ".stamp"), stamps[language])
    return found


def warnings(language):
    path = path_of("build/docs", language + ".warnings")
    if not os.path.exists(path):
        return []
    lines = [line.replace(ROOT + "/", "") for line in read(path).splitlines() if line.strip()]
    return sorted(set(lines))


def make(step=lambda what: None):
    """zh: 返回全部问题，一行一个。 en: Returns all problems, one a line."""
    # zh: 单独从 file:// 打开根目录也有去处。 en: The root leads somewhere too, also from file://.
    write(
        path_of("build/docs/site/index.html"),
        '<!DOCTYPE html><meta charset="utf-8"><title>newproc</title>'
        "<script>location.replace((/^zh/.test(navigator.language)?'zh':'en')+'/index.html')</script>"
        '<p><a href="zh/index.html">中文</a> <a href="en/index.html">English</a></p>\n',
    )
    step("transcripts")
    faults = transcripts.make(lambda done, total, what: step("transcripts"))
    step("sources")
    faults += ready.ready()
    step("doxygen")
    faults += doxygen(step)
    step("checks")
    count, broken = links.faults()
    faults += broken + twins.faults()
    more, advice = notes.uses()
    faults += more + coverage.faults() + documented.faults() + exhibits.faults() + complete.faults()
    return list(dict.fromkeys(faults)), advice, count
