// zh: 一次失败的故事：编了号的步骤，围着意外讲，其余折起来。
// en: The story of a failure: numbered steps, told around the surprises, the rest folded.
#pragma once

#include <string>
#include <string_view>

#include "explore.hpp"
#include "observe/json.hpp"

namespace newproc::checker {

enum class language { zh, en };

/// zh: LANG 以 zh 开头就是中文。 en: Chinese if LANG begins with zh.
language spoken();

std::string tell(const report& r, language l = spoken());

/// zh: 写进一个字符串。 en: Writes into a string.
struct into_text {
  std::string* text;
  void operator()(std::string_view piece) const { *text += piece; }
};
using writer = json::writer<into_text>;

/// zh: 同样的步骤，写成 JSON，一步不折。 en: The same steps as JSON, none folded.
void write_steps(writer& out, const report& r);

}  // namespace newproc::checker
