// zh: 一次失败的故事：编了号的步骤，围着意外讲，其余折起来。
// en: The story of a failure: numbered steps, told around the surprises, the rest folded.
#pragma once

#include <string>
#include <string_view>

#include "explore.hpp"

namespace newproc::checker {

enum class language { zh, en };

/// zh: LANG 以 zh 开头就是中文。 en: Chinese if LANG begins with zh.
language spoken();

std::string tell(const report& r, language l = spoken());

/// zh: 同样的步骤，每行一个 JSON 对象，一步不折。
/// en: The same steps, a JSON object a line, none folded.
std::string json_lines(const report& r);

/// zh: 一个 JSON 字符串。 en: A JSON string.
std::string quoted(std::string_view text);

}  // namespace newproc::checker
