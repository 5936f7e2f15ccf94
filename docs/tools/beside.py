# zh: 各章共用的那份活，本章与前一章并排，就像 ./learn ch N 印的；计数用本章实录那几次运行的。
#     （./learn ch N 自己还会记下读者的进度，生成网站时不该记。）
# en: The work that all chapters share, this chapter beside the one before, as ./learn ch N prints it;
#     the counts are those of the runs in the chapters' transcripts. (./learn ch N itself also marks
#     the reader's progress, which building the site should not.)
import os
import sys

from records import path_of

from book import counters
from ground import show


def counts(chapter):
    path = path_of("build/docs/made/counts", f"{chapter}.{os.environ['LEARN_LANG']}")
    found = counters.kept(path)
    if not found:
        sys.exit(f"beside.py: no counts in {path}")
    return found


chapter = int(sys.argv[1])
print(counters.text("work"))
print(show.table(counters.beside(chapter, counts(chapter), counts(chapter - 1), "work")))
