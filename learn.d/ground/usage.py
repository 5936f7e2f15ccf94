# zh: 每个命令的用法和帮助；文字在 words/help.txt 里。
# en: How each command is used, and its help; the words are in words/help.txt.
from ground import show
from ground.say import LANG, words
from ground.spine import CHAPTERS

HELP = words("help")
OPTIONS = HELP.pop("options")[LANG]
COMMANDS = tuple(HELP)[1:]  # zh: 第一条是 ./learn 自己 en: the first is ./learn itself


def usage(command):
    return HELP[command or "learn"]["usage"].format(
        numbers="|".join(map(str, CHAPTERS)), chapters="|".join(f"ch{n}" for n in CHAPTERS),
        commands="|".join(COMMANDS[:-1]),
    )


def help_text(command=None):
    """zh: 一个命令的帮助；不说哪个，就是全部命令。 en: The help of a command; of all without one."""
    if command is not None:
        more = HELP[command or "learn"]["more_" + LANG]
        brief = f"{usage(command)}\n  {HELP[command or 'learn'][LANG]}"
        return "\n\n".join((brief, "\n".join(show.wrap(part, "") for part in more.split("\n")), OPTIONS))
    lines = [show.wrap(usage(c), "    ", "") + "\n" + show.wrap(HELP[c][LANG], "      ") for c in HELP]
    return "\n".join(lines) + "\n\n" + OPTIONS
