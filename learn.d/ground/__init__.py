# zh: 人人站在上面的：信号、运行程序、构建、说话、排版、进度、锁、读文件、书的骨架。它不用别的房间。
# en: What all else stands on: signals, running programs, building, speaking, layout, progress, the
#     lock, reading files, the book's skeleton. It uses no other room.
