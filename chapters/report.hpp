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

/// zh: 检查点程序的 main。--lang zh|en：语言；--counts FILE：计数另写进这个文件，每个程序一行 JSON；
///     document、work、own：只跑说到的程序，不说就都跑。
/// en: A checkpoint program's main. --lang zh|en: the language; --counts FILE: writes the counts to
///     that file too, a line of JSON per program; document, work, own: runs only the programs named,
///     all if none is.
/// @return zh: 退出码；参数不对是 2，文件写不进是 1
///         en: the exit code; 2 for wrong arguments, 1 for a file that can't be written
int checkpoint_main(int argc, char** argv, const checkpoint& c);

/// zh: 打印中文或英文，看 --lang。 en: Prints the Chinese or the English, as --lang says.
void say(std::string_view zh, std::string_view en);

}  // namespace newproc::chapters
