# zh: Doxygen 的 INPUT_FILTER：filter.py zh|en 文件，把那种语言的一份写到标准输出。
# en: Doxygen's INPUT_FILTER: filter.py zh|en FILE writes that language's version to standard output.
import sys

import page
import source


def main(language, path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if path.endswith(".md"):
        return page.expand(text, path, language)
    return source.lead(source.translate(text, language))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(main(sys.argv[1], sys.argv[2]))
