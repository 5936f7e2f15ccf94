# zh: 书的骨架：chapters/spine.txt 里的各章。
# en: The book's skeleton: the chapters of chapters/spine.txt.
import os
import re

from ground.records import ROOT, load


class Chapter:
    def __init__(self, record):
        self.key = record["key"]
        self.number = int(re.match(r"ch(\d+)_", self.key)[1])
        self.title = {"zh": record["zh"], "en": record["en"]}
        self.changed = {"zh": record["changed_zh"], "en": record["changed_en"]}

    def heading(self, language):
        """zh: 书里的标题，带着号码。 en: The title as the book has it, with its number."""
        title = self.title[language]
        return f"第 {self.number} 章 {title}" if language == "zh" else f"{self.number} {title}"


# zh: 号码 -> 章，按次序 en: number -> chapter, in their order
CHAPTERS = {c.number: c for c in map(Chapter, load(os.path.join(ROOT, "chapters", "spine.txt")))}
