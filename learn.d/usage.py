# zh: 怎样叫 learn：各个命令的参数，和它们的帮助（文字在 words/help.txt 里）。
# en: How learn is called: each command's arguments, and its help (the words are in words/help.txt).
import argparse
import re

from ground import show
from ground.say import LANG, Trouble, words
from ground.spine import CHAPTERS

HELP = words("help")
OPTIONS = HELP.pop("options")[LANG]
COMMANDS = tuple(HELP)[1:]  # zh: 第一条是 ./learn 自己 en: the first is ./learn itself


class Parser(argparse.ArgumentParser):
    """zh: argparse 看得出不对，话由我们来说。 en: argparse sees what is wrong, and we say it."""

    def __init__(self, *rest, **options):
        super().__init__(*rest, add_help=False, allow_abbrev=False, **options)

    def error(self, message):
        raise argparse.ArgumentError(None, message)


def matching(pattern):
    """zh: 形状像 pattern 的参数。 en: An argument that has the form of pattern."""

    def checked(word):
        if not re.fullmatch(pattern, word):
            raise ValueError(word)
        return word

    return checked


EXERCISE = matching(r"\d+\.\d+")
NAME = matching(r"[^-]\S*")


class NumberAndName(argparse.Action):
    """zh: N.M，后面可以有一个名字。 en: N.M, and behind it a name may stand."""

    def __call__(self, parser, said, values, option=None):
        number, *name = values
        if len(name) > 1:
            raise argparse.ArgumentError(self, " ".join(values))
        try:
            setattr(said, self.dest, [EXERCISE(number), *map(NAME, name)])
        except ValueError as odd:
            raise argparse.ArgumentError(self, str(odd)) from None


def no_arguments(parser):
    pass


def chapter(parser):
    parser.add_argument("chapter", type=int, choices=CHAPTERS)


def exercise(parser):
    parser.add_argument("number", type=EXERCISE)


def ex(parser):
    one = parser.add_mutually_exclusive_group()
    one.add_argument("number", type=EXERCISE, nargs="?")
    one.add_argument("--check", type=EXERCISE, nargs="?", const=True)
    one.add_argument("--seal", type=EXERCISE)
    one.add_argument("--mutants", type=EXERCISE, nargs="?", const=True)
    one.add_argument("--wrong", nargs="+", action=NumberAndName)
    parser.add_argument("--task", action="store_true")


def grade(parser):
    parser.add_argument("--of", choices=("starters", "references", "attacks"), default="exercises")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--junit")


def test(parser):
    one = parser.add_mutually_exclusive_group()
    one.add_argument("chapter", choices=[f"ch{n}" for n in CHAPTERS], nargs="?")
    one.add_argument("--all", action="store_true")


def check(parser):
    parser.add_argument("--json", action="store_true")
    below = parser.add_subparsers(dest="what", parser_class=Parser)
    found = {what: below.add_parser(what) for what in ("museum", "matrix", "mutant", "scenario")}
    found["mutant"].add_argument("name", type=NAME)
    found["scenario"].add_argument("name", nargs="+")
    for what, sub in found.items():
        # zh: 写在后面也行；没写就不盖掉前面的 en: may stand behind too; if absent, what stood before counts
        sub.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
        if what in ("mutant", "scenario"):
            sub.add_argument("--replay")
            sub.add_argument("--full", action="store_true")


def bench(parser):
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")


def docs(parser):
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--check", action="store_true")
    one.add_argument("--twins", metavar="PAGE", type=matching(r"[a-z]\w*"), nargs="?", const=True)
    one.add_argument("--port", type=int)


def read(parser):
    parser.add_argument("language", choices=("zh", "en"))


def helping(parser):
    parser.add_argument("topic", choices=COMMANDS, nargs="?")


ARGUMENTS = {
    "": no_arguments, "ch": chapter, "ex": ex, "watch": no_arguments, "hint": exercise, "reset": exercise,
    "solution": exercise, "grade": grade, "test": test, "check": check, "bench": bench, "docs": docs,
    "read": read, "help": helping,
}


def parse(given):
    """zh: 命令行 -> 它的各项：command、help，和命令自己的参数。要帮助，就不看别的对不对。
    en: The command line -> what it says: command, help, and the command's own arguments. If help is
    wanted, nothing else need be right."""
    top = Parser()
    top.add_argument("command", nargs="?", default="")
    top.add_argument("--lang", choices=("zh", "en"))
    top.add_argument("--help", "-h", action="store_true")
    try:
        said, rest = top.parse_known_args(given)
    except argparse.ArgumentError:
        raise Trouble("bad_lang", exit_code=2) from None
    if said.command not in ARGUMENTS or (rest and not said.command):
        raise Trouble("unknown_command", exit_code=2, word=said.command or rest[0])
    if not said.help:
        parser = Parser()
        ARGUMENTS[said.command](parser)
        try:
            parser.parse_args(rest, said)
            if said.command == "ex" and said.task and not said.number:
                parser.error("--task without N.M")
        except argparse.ArgumentError:
            values = {"command": said.command, "usage": usage(said.command), "exit_code": 2}
            if not rest:
                raise Trouble("needs_argument", **values) from None
            raise Trouble("wrong_arguments", word=" ".join(rest), **values) from None
    return said


def usage(command):
    return HELP[command or "learn"]["usage"].format(
        numbers="|".join(map(str, CHAPTERS)), chapters="|".join(f"ch{n}" for n in CHAPTERS),
        commands="|".join(COMMANDS[:-1]),
    )


def help_text(command=None):
    """zh: 一个命令的帮助；不说哪个，就是全部命令。 en: The help of a command; of all without one."""
    if command is not None:
        words_of = HELP[command or "learn"]
        more = "\n".join(show.wrap(part, "") for part in words_of["more_" + LANG].split("\n"))
        return f"{usage(command)}\n  {words_of[LANG]}\n\n{more}\n\n{OPTIONS}"
    lines = [show.wrap(usage(c), "    ", "") + "\n" + show.wrap(HELP[c][LANG], "      ") for c in HELP]
    return "\n".join(lines) + "\n\n" + OPTIONS
