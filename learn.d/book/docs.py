# zh: docs：生成两种语言的网站，提供或检查它。怎样生成在 docs/tools 里，这里是它与 learn 之间的一层。
# en: docs: builds the site in two languages, serves or checks it. How it is built is in docs/tools;
#     this is the layer between that and learn.
import functools
import http.server
import os
import shutil
import sys
import time

from ground import build, job, lock, show, signals
from ground.say import LANG, Trouble, say, seconds, text

SITE = os.path.join(job.ROOT, "build", "docs", "site")
BROWSER = os.path.join(job.ROOT, "build", "docs", "browser")
SHOTS = "build/docs/screenshots"
PORT = 8087
STEPS = ("transcripts", "sources", "doxygen", "zh", "en", "checks")


def tools():
    """zh: docs/tools 里的模块。 en: The modules in docs/tools."""
    folder = os.path.join(job.ROOT, "docs", "tools")
    if folder not in sys.path:
        sys.path.append(folder)
    import making
    import transcripts
    import twins

    return making, transcripts, twins


def run(said):
    if said.twins:
        changed = tools()[2].refresh(*([] if said.twins is True else [said.twins]))
        print(text("docs_twins", n=len(changed), files=" ".join(changed)))
        return 0
    for tool in ("doxygen", "dot"):
        if not shutil.which(tool):
            raise Trouble("docs_tool", tool=tool)
    began = time.monotonic()
    with lock.holding():
        faults = make(began)
    if said.check:
        return check(faults, began)
    serve(PORT if said.port is None else said.port)
    return 1 if faults else 0


def make(began):
    making, transcripts, _ = tools()
    build.build("default", transcripts.targets())
    with show.Progress(text("docs_doxygen")) as line:

        def step(what):
            line.title = text("docs_" + what)
            line.step(STEPS.index(what) + 1, len(STEPS))

        faults, advice, links = making.make(step)
    for fault in faults:
        print("  " + fault)
    if advice:
        say("docs_advice", n=len(advice))
    if faults:
        say("docs_faults", n=len(faults))
    say("docs_built", links=links, seconds=seconds(time.monotonic() - began))
    return faults


# --- zh: 提供 en: serving


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def end_headers(self):
        # zh: 重新生成之后，刷新就看见新的。 en: After a rebuild a reload shows the new one.
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


def server(port):
    handler = functools.partial(Quiet, directory=SITE)
    try:
        return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except (OSError, OverflowError) as error:
        raise Trouble("docs_port", port=port, text=getattr(error, "strerror", error)) from None


def serve(port):
    with server(port) as serving:
        print(text("docs_serving", address=f"http://127.0.0.1:{serving.server_port}/{LANG}/"))
        try:
            serving.serve_forever()
        except signals.Stop as stop:
            if stop.number != 2:
                raise
            print(file=sys.stderr)


# --- zh: 检查 en: checking


def check(faults, began):
    if faults:
        raise Trouble("docs_faults", n=len(faults))
    missing = next((tool for tool in ("node", "npm", "chromium") if not shutil.which(tool)), None)
    if missing:
        raise Trouble("docs_no_browser", tool=missing)
    if not browser():
        raise Trouble("docs_browser_failed", shots=SHOTS)
    print(text("docs_passed", seconds=seconds(time.monotonic() - began), shots=SHOTS))
    return 0


def playwright():
    """zh: 按 package-lock.json 取来，放在 build 里。 en: Fetched as package-lock.json says, into build."""
    os.makedirs(BROWSER, exist_ok=True)
    current = True
    for name in ("package.json", "package-lock.json", "site_test.mjs"):
        source = os.path.join(job.ROOT, "tests", "docs", name)
        there = os.path.join(BROWSER, name)
        with open(source, "rb") as file:
            wanted = file.read()
        if os.path.exists(there):
            with open(there, "rb") as file:
                if file.read() == wanted:
                    continue
        current = current and name == "site_test.mjs"
        shutil.copyfile(source, there)
    if current and os.path.isdir(os.path.join(BROWSER, "node_modules", "playwright-core")):
        return
    log = build.log_of("npm")
    say("docs_fetching", log=build.shown(log))
    argv = ["npm", "ci", "--prefix", BROWSER, "--ignore-scripts", "--no-audit", "--no-fund"]
    if job.lines(argv, log, lambda line: None) != 0:
        raise Trouble("docs_npm", log=build.shown(log))


def browser():
    playwright()
    say("docs_browser")
    argv = ["node", os.path.join(BROWSER, "site_test.mjs"), SITE, os.path.join(job.ROOT, SHOTS)]
    making = tools()[0]
    exercises = [making.tasks.name(e) for e in making.tasks.everything()]
    argv += [shutil.which("chromium"), *making.layout.ORDER, *exercises]
    return job.passed_through(argv) == 0
