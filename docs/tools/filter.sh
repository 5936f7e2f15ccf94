#!/bin/sh
# zh: Doxygen 的 INPUT_FILTER：filter.sh zh|en 文件。./learn docs 已把每个文件的两种语言备在
#     build/docs/ready 里；那一份不比源文件旧就用它，省下几百次启动 Python。
# en: Doxygen's INPUT_FILTER: filter.sh zh|en FILE. ./learn docs has put each file's two languages
#     into build/docs/ready; if that copy is no older than the source it is used, which saves some
#     hundred starts of Python.
root=$(cd "$(dirname "$0")/../.." && pwd)
ready=$root/build/docs/ready/$1/${2#"$root"/}
if [ -f "$ready" ] && ! [ "$2" -nt "$ready" ]; then exec cat "$ready"; fi
exec python3 -S -E "$root/docs/tools/filter.py" "$1" "$2"
