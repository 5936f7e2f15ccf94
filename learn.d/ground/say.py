# zh: 说给人看的话，中文和英文。文字在 learn.d/words 里：翻译的人改那里，不必懂 Python。
# en: What is said to people, Chinese and English. The words are in learn.d/words: a translator edits
#     those and need not know Python.
import os
import sys

from ground.records import ROOT, load

# zh: ./learn 定下的语言；不经过它，就看环境 en: the language that ./learn chose; without it, the environment's
CHOICES = map(os.environ.get, ("LEARN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
LANG = "zh" if next(filter(None, CHOICES), "").startswith("zh") else "en"


def words(name):
    """zh: 一个文件里的话：{键: 记录}。 en: The words of a file: {key: record}."""
    path = os.path.join(ROOT, "learn.d", "words", name + ".txt")
    return {record["key"]: record for record in load(path)}


MESSAGES = words("trouble") | words("results") | words("exercises") | words("bench")


class Trouble(Exception):
    """zh: 一句话说清的失败。 en: A failure told in one sentence."""

    def __init__(self, key, exit_code=1, **values):
        super().__init__(key)
        self.key, self.exit_code, self.values = key, exit_code, values


def in_language(key, language, **values):
    said = MESSAGES[key][language]
    if said.startswith('"') and said.endswith('"'):
        said = said[1:-1]
    return said.format(**values)


def text(key, **values):
    return in_language(key, LANG, **values)


def both(key, **values):
    """zh: 两种语言的一句话。 en: A sentence in both languages."""
    return in_language(key, "zh", **values), in_language(key, "en", **values)


def say(key, **values):
    """zh: 路上的话，走标准错误。 en: What is said on the way goes to standard error."""
    print(text(key, **values), file=sys.stderr, flush=True)


def seconds(duration):
    if duration < 60:
        return text("seconds", n=f"{duration:.1f}")
    minutes, rest = divmod(round(duration), 60)
    return text("minutes", minutes=minutes, n=rest)
