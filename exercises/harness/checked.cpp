#include "checked.hpp"

#include <cstdlib>

#include "engine/story.hpp"

namespace newproc::exercise {
namespace {

// zh: 故事的末行是给 ./learn check 重演的，习题用不着。
// en: A story's last line is for ./learn check to replay; an exercise has no use for it.
std::string story(const checker::report& r, checker::language l) {
  std::string text = checker::tell(r, l);
  text.pop_back();
  text.erase(text.rfind('\n') + 1);
  return text;
}

checker::report look(const scenario& s, effort e) {
  // zh: 学习者的代码也许刚改过环境。 en: The learner's code may just have changed the environment.
  for (const char* name : {"CHECKER_EXECUTIONS", "CHECKER_REPLAY", "CHECKER_SEED", "CHECKER_REPORT",
                           "CHECKER_THOROUGH"})
    ::unsetenv(name);
  checker::report r = checker::explore(s, e);
  if (!r.ok()) must(false, {story(r, checker::language::zh), story(r, checker::language::en)});
  return r;
}

}  // namespace

void must_be_proved(const scenario& s, effort e) {
  const checker::report r = look(s, e);
  const std::string n = std::to_string(r.executions);
  must(r.result == checker::verdict::proved,
       {s.name() + "：走了 " + n + " 次执行，没有走完",
        s.name() + ": did not end within " + n + " executions"});
  note({s.name() + "：证明了，走过 " + n + " 次执行，每一种交错都在其中。",
        s.name() + ": proved, in " + n + " executions; every interleaving is among them."});
}

void must_hold(const scenario& s, effort e) {
  const checker::report r = look(s, e);
  if (r.result == checker::verdict::proved) return must_be_proved(s, e);
  const std::string n = std::to_string(r.executions), k = std::to_string(r.surprises);
  note({s.name() + "：" + n + " 次执行没有失败，意外不超过 " + k + " 个的都走过了。",
        s.name() + ": no failure in " + n + " executions; all with at most " + k +
            (r.surprises == 1 ? " surprise" : " surprises") + " were walked."});
}

}  // namespace newproc::exercise
