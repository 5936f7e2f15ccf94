// zh: 结论从哪条路出去。只有 harness/ 自己包含它。
// en: The way by which a verdict leaves. Included by harness/ alone.
#pragma once

#include <string>
#include <string_view>

namespace newproc::exercise {

/// zh: 把一行事件交给评分的进程；没有评分的进程（有人直接运行），就写到标准错误。
/// en: Gives a line to the grading process; if there is none (the program is run directly) it
///     goes to standard error.
void send(std::string_view json);

/// zh: 一个 JSON 字符串。 en: A JSON string.
std::string json_string(std::string_view text);

}  // namespace newproc::exercise
