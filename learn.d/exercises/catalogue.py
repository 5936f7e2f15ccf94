# zh: 习题目录：读 exercises/ 里的每一道题。一道题就是一个文件夹，添一道题不必改任何代码。
# en: The catalogue of exercises: reads each one in exercises/. An exercise is a folder; to add one no
#     code is changed.
import configparser
import hashlib
import os
import re

from ground import job, reading
from ground.say import LANG, Trouble

FOLDER = os.path.join(job.ROOT, "exercises")
ANSWERS = os.path.join(job.ROOT, "answers")
KINDS = ("write", "find", "predict", "extend")
TITLE = re.compile(r"# (\d+)\.(\d+) (.+?) (★{1,4}) · (\d+) (?:points|分) · (?:about |约 )(\d+) (?:minutes|分钟)")
HINTS = {"zh": "## 提示", "en": "## Hints"}


read = reading.text


WIDE = "[\u2e80-\uffef]"


def one_line(text):
    """zh: 接成一行；汉字之间的换行不留空格。
    en: Joins lines; a break between Chinese characters leaves no space."""
    return " ".join(re.sub(rf"(?<={WIDE})\s*\n\s*(?={WIDE})", "", text).split())


class Malformed(Trouble):
    """zh: 题目不合格式，出题的人要改。 en: An exercise not in form; its author must mend it."""

    def __init__(self, what):
        super().__init__("ex_malformed", text=what)


class Task:
    """zh: 一种语言的题目：标题行、正文、三个提示。
    en: A task in one language: the title line, the text, three hints."""

    def __init__(self, path, language):
        source = read(path)
        title, _, rest = source.partition("\n")
        found = TITLE.fullmatch(title.strip())
        if not found:
            raise Malformed(f"{path}: the title must be: # 3.5 Name ★★★ · 30 points · about 25 minutes")
        self.number = f"{found[1]}.{found[2]}"
        self.title, self.stars = found[3], len(found[4])
        self.points, self.minutes = int(found[5]), int(found[6])
        self.heading = title.lstrip("# ").strip()
        body, mark, hints = rest.partition(HINTS[language] + "\n")
        self.body = body.strip()
        self.hints = [one_line(h) for h in re.split(r"^\d\. ", hints, flags=re.M)[1:]]
        if not mark or len(self.hints) != 3 or not all(self.hints):
            raise Malformed(f"{path}: needs '{HINTS[language]}' with three numbered hints")


class Exercise:
    def __init__(self, chapter, slug):
        self.chapter, self.slug = chapter, slug
        self.folder = os.path.join(FOLDER, chapter, slug)
        numbers = re.match(r"ch(\d+)_", chapter)[1], re.match(r"(\d+)_", slug)[1]
        self.id = ".".join(numbers)
        self.order = tuple(map(int, numbers))
        settings = configparser.ConfigParser(interpolation=None)
        try:
            settings.read_string(read(self.path("exercise.ini")))
        except (FileNotFoundError, configparser.Error):
            pass
        if "exercise" not in settings:
            raise Malformed(f"{self.folder}: exercise.ini with a section [exercise] is missing")
        settings = settings["exercise"]
        self.kind = settings.get("kind", "")
        if self.kind not in KINDS:
            raise Malformed(f"{self.folder}: kind must be one of {', '.join(KINDS)}")
        self.replaces = settings.get("replaces", "").split()
        self.starter = settings.get("starter", "")
        self.errands = settings.getboolean("errands", False)
        # zh: 网站上除了被替换的函数，还要折起哪一段 en: what the site folds besides the functions replaced
        self.folds = settings.get("folds", "").split("; ")
        self.drives = settings.getboolean("drive", bool(self.replaces))
        self.tasks = {lang: Task(self.path(f"task.{lang}.md"), lang) for lang in ("zh", "en")}
        zh, en = self.tasks["zh"], self.tasks["en"]
        for key in ("number", "stars", "points", "minutes"):
            if getattr(zh, key) != getattr(en, key):
                raise Malformed(f"{self.folder}: zh and en differ in {key}")
        if zh.number != self.id:
            raise Malformed(f"{self.folder}: the title says {zh.number}")
        self.stars, self.points, self.minutes = en.stars, en.points, en.minutes

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def has(self, name):
        return os.path.exists(self.path(name))

    @property
    def task(self):
        return self.tasks["zh" if LANG == "zh" else "en"]

    @property
    def ending(self):
        return ".txt" if self.kind == "predict" else ".cpp"

    @property
    def start(self):
        """zh: 起点，归项目。 en: The starter; it is the project's."""
        return self.path("exercise" + self.ending)

    @property
    def file(self):
        """zh: 学习者改的那一个文件。 en: The one file that the learner edits."""
        return os.path.join(ANSWERS, self.chapter, self.slug + self.ending)

    @property
    def platforms(self):
        """zh: test.cpp 在真的平台上，check.cpp 在检查器里。
        en: test.cpp is for the real platform, check.cpp for the checker's."""
        return [p for p, name in (("real", "test.cpp"), ("checked", "check.cpp")) if self.has(name)]

    @property
    def right(self):
        """zh: 正确答案，错答案是对它的补丁。 en: The right answer, which the wrong ones are patches of."""
        return self.path("solution.cpp" if self.has("solution.cpp") else "right.cpp")

    def fingerprint(self):
        """zh: 学习者不该碰的文件的散列。 en: A hash over the files that are not the learner's."""
        digest = hashlib.sha256()
        for where, _, names in sorted(os.walk(self.folder)):
            for name in sorted(names):
                path = os.path.join(where, name)
                if not name.startswith("."):
                    with open(path, "rb") as file:
                        digest.update(path.encode() + b"\0" + file.read())
        return digest.hexdigest()


def everything(chapter=None):
    found = []
    for folder in sorted(os.listdir(FOLDER)):
        if not re.match(r"ch\d+_\w+$", folder) or chapter not in (None, int(folder[2:].split("_")[0])):
            continue
        for slug in os.listdir(os.path.join(FOLDER, folder)):
            if re.match(r"\d+_\w+$", slug):
                found.append(Exercise(folder, slug))
    return sorted(found, key=lambda e: e.order)


def find(number):
    for exercise in everything(int(number.split(".")[0])):
        if exercise.id == number:
            return exercise
    raise Trouble("no_exercise", exit_code=2, id=number)
