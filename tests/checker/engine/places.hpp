// zh: 一条指令在源码的哪里。 en: Where in the source an instruction is.
#pragma once

#include <string>

namespace newproc::checker {

/// zh: “函数 (文件:行)”；问的是 addr2line，慢，只在讲故事时用。
/// en: "function (file:line)"; asks addr2line, which is slow and for stories only.
std::string place_of(const void* pc);

/// zh: 一个全局变量的名字（问的是 nm，只在讲故事时用），没有名字的说它在竞技场的哪里。
/// en: A global variable's name (asks nm, for stories only); for what has none, where in the arena.
std::string global_name(const void* address);

/// zh: 函数签名里的名字；路径的末尾。 en: The name within a function's signature; a path's end.
std::string short_function(const std::string& signature);
std::string short_file(const std::string& path);

}  // namespace newproc::checker
