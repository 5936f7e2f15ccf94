# zh: 导航栏：全书的各页按读的次序，然后是参考。放进 docs/theme/layout.xml 的 navindex。
# en: The navigation: the book's pages in the order of reading, then the reference. It takes the place
#     of navindex in docs/theme/layout.xml.
import re
from xml.sax.saxutils import quoteattr

import words
from records import ORDER, path_of, read, write

REFERENCE = ("namespacelist", "classlist", "filelist")


def group(title, url, tabs):
    inside = "".join(f"      {tab}\n" for tab in tabs)
    return f'    <tab type="usergroup" url="{url}" title={title}>\n{inside}    </tab>\n'


def navigation(language):
    def title(key):
        return quoteattr(words.say(key, language))

    pages = [f'<tab type="user" url="@ref {name}" title={title("title_" + name)}/>' for name in ORDER[1:]]
    lists = [f'<tab type="{kind}" visible="yes" title={title(kind)} intro=""/>' for kind in REFERENCE]
    first = f'    <tab type="mainpage" visible="yes" title={title("title_index")}/>\n'
    whole = first + group(title("title_book"), "@ref book", pages) + group(title("reference"), "", lists)
    return f"<navindex>\n{whole}  </navindex>"


def make(language):
    """zh: 返回做好的布局文件。 en: Returns the layout file that it made."""
    there = f"build/docs/{language}.layout.xml"
    template = read(path_of("docs/theme/layout.xml"))
    write(path_of(there), re.sub(r"<navindex>.*</navindex>", lambda _: navigation(language), template, flags=re.S))
    return there
