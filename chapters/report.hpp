// zh: 每个检查点都一样的部分：文档的程序、各章共用的一份活、以及数字的打印。
// en: What every checkpoint has in common: the document's program, a piece of work that all
//     chapters share, and the printing of numbers.
#pragma once

#include <string_view>

namespace newproc::chapters {

/// zh: 一章的检查点：编号，名字，和展示本章带来什么的程序（在 run 里运行，自己打印）。
/// en: A chapter's checkpoint: its number, its name, and the program that shows what the chapter
///     brought (runs inside run and prints by itself).
struct checkpoint {
  int number;
  std::string_view name;
  void (*own)();
};

/// zh: 检查点程序的 main。--json：每个程序一行计数；--lang zh|en：语言。
/// en: A checkpoint program's main. --json: a line of counts per program; --lang zh|en: the
///     language.
/// @return zh: 退出码；参数不对是 2 en: the exit code; 2 for wrong arguments
int checkpoint_main(int argc, char** argv, const checkpoint& c);

/// zh: 打印中文或英文，看 --lang。 en: Prints the Chinese or the English, as --lang says.
void say(std::string_view zh, std::string_view en);

}  // namespace newproc::chapters
