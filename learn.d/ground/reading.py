# zh: 读文本。读不成的每一种都是一句话：说出是哪个文件，该是什么，看上去是什么。学习者的文件、进度文件、
#     项目自己的文件都从这里读。
# en: Reading text. Each way in which that fails is one sentence that names the file, what it should be
#     and what it seems to be. The learner's files, the file of progress and the project's own are all
#     read here.
import codecs
import json
import os
import stat

from ground.build import shown
from ground.say import Trouble

LARGEST = 16 << 20
# zh: 长的在前：UTF-32 的开头也是 UTF-16 的。 en: The longer first: UTF-32 begins as UTF-16 does.
MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"),
)


class Unreadable(Trouble):
    """zh: 一个读不成文字的文件。 en: A file that can't be read as text."""


def raw(path):
    """zh: 文件的字节。管道、设备不去打开：那会一直等。
    en: A file's bytes. Pipes and devices are not opened: that would wait forever."""
    try:
        found = os.stat(path)
        if stat.S_ISDIR(found.st_mode):
            raise Unreadable("read_folder", path=shown(path))
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable("read_special", path=shown(path))
        if found.st_size > LARGEST:
            raise Unreadable("read_large", path=shown(path), size=f"{found.st_size:,}", most=f"{LARGEST:,}")
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        if os.path.islink(path):
            raise Unreadable("read_dangling", path=shown(path), target=os.readlink(path)) from None
        raise
    except PermissionError:
        raise Unreadable("read_denied", path=shown(path)) from None
    except OSError as error:
        raise Unreadable("read_failed", path=shown(path), text=error.strerror) from None


def text(path):
    """zh: UTF-8 的文字，开头的 BOM 不算。 en: UTF-8 text; a BOM at its beginning does not count."""
    data = raw(path)
    try:
        found = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        found = "\0"
    if "\0" not in found:
        return found.replace("\r\n", "\n").replace("\r", "\n")
    guess = seems(data)
    if guess:
        raise Unreadable("read_encoding", path=shown(path), seems=guess)
    raise Unreadable("read_binary", path=shown(path))


def seems(data):
    """zh: 像哪种编码；不像文字就是空。 en: Which encoding it seems to be; None if it isn't text."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return name
    # zh: 没有 BOM 的 UTF-16：西文的每个字母带一个零，总在同一边
    # en: UTF-16 without a BOM: each Latin letter comes with a zero, always on the same side
    zeros = [data[0::2].count(0), data[1::2].count(0)]
    if max(zeros) > max(3, len(data) // 8) and min(zeros) <= max(zeros) // 16:
        return "UTF-16"
    if b"\0" in data:
        return None
    try:
        data.decode("gb18030")
        return "GBK (GB18030)"
    except UnicodeDecodeError:
        pass
    # zh: 控制字符多的不是文字 en: text does not have many control characters
    odd = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in data)
    return "Latin-1" if odd == 0 else None


def saved(path):
    """zh: build/ 里自己存下的 JSON；坏了就说怎么办。
    en: JSON of ours in build/; when it is damaged, says what to do."""
    try:
        return json.loads(text(path))
    except (ValueError, RecursionError, FileNotFoundError):
        raise Unreadable("read_damaged", path=shown(path)) from None
