// zh: 怎样把步骤说成话，两种语言。 en: How steps are put into words, in two languages.
#include "story.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "places.hpp"
#include "property.hpp"

namespace newproc::checker {
namespace {

struct phrase {
  std::string_view what, zh, en;
};
constexpr phrase phrases[] = {
    {"load", "读", "reads"},
    {"store", "写", "writes"},
    {"exchange", "交换", "exchanges"},
    {"add", "加", "adds to"},
    {"subtract", "减", "subtracts from"},
    {"or", "按位或", "ors into"},
    {"and", "按位与", "ands into"},
    {"cas", "CAS 成功：", "CAS succeeds on"},
    {"cas failed", "CAS 失败：", "CAS fails on"},
    {"fence", "内存屏障", "memory barrier"},
    {"barrier everywhere", "让每个 M 都立屏障", "raises a barrier in every M"},
    {"lock", "上锁", "locks"},
    {"unlock", "放锁", "unlocks"},
    {"futex: no longer that value", "futex：值已变，不睡", "futex: changed, does not sleep on"},
    {"futex: sleeps", "futex：睡下", "futex: sleeps on"},
    {"futex: is awake", "futex：醒来", "futex: is awake from"},
    {"futex: wakes for no reason", "futex：无故醒来", "futex: wakes for no reason from"},
    {"futex: time is up", "futex：时间到", "futex: time is up on"},
    {"futex: wakes", "futex：叫醒", "futex: wakes sleepers of"},
    {"starts a thread", "启动线程", "starts thread"},
    {"joins a thread", "等到线程结束", "joins thread"},
    {"finds a thread alive", "看到线程还没有结束", "finds still running thread"},
    {"pauses", "原地等一等", "pauses"},
    {"naps", "打盹", "naps"},
    {"yields its CPU", "让出 CPU", "yields its CPU"},
    {"is busy for ever", "从此一直忙着", "is busy from now on"},
    {"computes", "算了一阵", "computes for a while"},
    {"random", "随机数", "random number"},
    {"end", "结束", "ends"},
};

// zh: 说明写成“中文 / English”；没有斜线的两边通用。
// en: Explanations are written "Chinese / English"; without the slash they serve both.
std::string_view half(std::string_view words, language l) {
  const std::size_t at = words.find(" / ");
  if (at == words.npos) return words;
  return l == language::zh ? words.substr(0, at) : words.substr(at + 3);
}

std::string_view words_for(const char* what, language l) {
  for (const phrase& p : phrases)
    if (p.what == what) return l == language::zh ? p.zh : p.en;
  return what;
}

bool has_value(std::string_view what) {
  return what == "load" || what == "store" || what == "exchange" || what == "add" ||
         what == "subtract" || what == "or" || what == "and" || what.starts_with("cas") ||
         what == "random" || what.find("thread") != what.npos ||
         what == "futex: no longer that value";
}

// zh: 读到的写成“= 值”；改成的写成“，变成 值”。 en: What is read is "= value", what it becomes ", now value".
std::string_view between(const step& s, language l) {
  if (s.object.empty()) return " ";
  const std::string_view what = s.what;
  if (s.reads() || what == "store" || what.starts_with("futex")) return " = ";
  return l == language::zh ? "，变成 " : ", now ";
}

std::string line(const step& s, std::size_t number, language l) {
  char head[160];
  std::snprintf(head, sizeof head, "%5zu %s M%d %-4s %s (%s:%u) ", number, s.surprise ? "*" : " ",
                s.machine, s.goroutine.c_str(), short_function(s.function).c_str(),
                short_file(s.file).c_str(), s.line);
  std::string text = head;
  text += words_for(s.what, l);
  if (!s.object.empty()) text += " " + s.object;
  if (has_value(s.what)) text.append(between(s, l)).append(s.value);
  if (s.back == 0) return text;
  const std::string who = s.other_writer < 0 ? "init" : "M" + std::to_string(s.other_writer);
  const std::string where =
      short_file(s.other_where.file) + ":" + std::to_string(s.other_where.line);
  if (s.reads())
    text += l == language::zh ? "（旧值：" + who + " 已在 " + where + " 写了 " + s.other_text +
                                    "，但没有什么使它必须可见）"
                              : " (stale: " + who + " wrote " + s.other_text + " at " + where +
                                    ", but nothing makes that visible here)";
  else
    text += l == language::zh
                ? "（在修改次序里排在 " + who + " 于 " + where + " 写的 " + s.other_text +
                      " 之前：没有什么使那条写必须先到）"
                : " (in modification order before the " + s.other_text + " that " + who +
                      " wrote at " + where + ": nothing makes that one come first)";
  return text;
}

// zh: 意外的前后各几步，和末尾几步；要紧的几样：屏障，和它之后那个 M 读的几步，计数的改动，旧值所错过的那条
//     写。CHECKER_FULL：一步不折。
// en: Some steps around each surprise, and the last ones; and what matters: barriers and the loads of that
//     M after them, changes of a count, the store that a stale read missed. CHECKER_FULL: none folded.
constexpr std::size_t around = 4;
constexpr std::size_t at_the_end = 12;
constexpr std::size_t short_enough = 60;
constexpr int after_a_fence = 9;

// zh: 第 i 步没有看见的那条写是第几步；不在故事里则是步数。
// en: Which step is the store that step i did not see; the number of steps if it is not in the story.
std::size_t missed_by(const std::vector<step>& steps, std::size_t i) {
  const step& reader = steps[i];
  for (std::size_t j = i; j-- > 0;) {
    const step& s = steps[j];
    if (s.machine == reader.other_writer && s.object == reader.object &&
        s.line == reader.other_where.line && !s.reads())
      return j;
  }
  return steps.size();
}

std::vector<bool> told(const std::vector<step>& steps) {
  const bool all = steps.size() <= short_enough || std::getenv("CHECKER_FULL") != nullptr;
  std::vector<bool> shown(steps.size(), all);
  std::array<int, max_machines> looking{};
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const step& s = steps[i];
    int& looks = looking[static_cast<std::size_t>(std::max(s.machine, 0))];
    looks = s.what == std::string_view("fence") ? after_a_fence : s.reads() ? looks - 1 : 0;
    if (i + at_the_end >= steps.size() || s.matters || looks > 0) shown[i] = true;
    if (s.surprise && s.back != 0 && s.reads())
      if (const std::size_t j = missed_by(steps, i); j < steps.size()) shown[j] = true;
    if (!steps[i].surprise) continue;
    const std::size_t first = i < around ? 0 : i - around;
    for (std::size_t j = first; j < std::min(steps.size(), i + around + 1); ++j) shown[j] = true;
  }
  // zh: 只隔一两步，不值得折 en: a step or two between are not worth folding
  for (std::size_t i = 1, last = 0; i < shown.size(); ++i)
    if (shown[i]) {
      if (i - last <= 3 && shown[last])
        std::fill(shown.begin() + static_cast<long>(last), shown.begin() + static_cast<long>(i),
                  true);
      last = i;
    }
  return shown;
}

}  // namespace

language spoken() {
  for (const char* name : {"NEWPROC_LANG", "LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0')
      return std::strncmp(value, "zh", 2) == 0 ? language::zh : language::en;
  return language::en;
}

std::string tell(const report& r, language l) {
  const bool zh = l == language::zh;
  std::string text = zh ? "不成立的性质：" : "property that failed: ";
  const property failed = property_named(r.property);
  text += zh ? failed.zh : failed.en;
  text += zh ? "：" : ": ";
  text += half(r.words, l);
  text += zh ? "\n意外（打 * 的步骤）：" : "\nsurprises (steps marked *): ";
  text += std::to_string(r.surprises) + "\n";
  if (!r.opening.empty()) {
    text += zh ? "开头：" : "at the start: ";
    text += half(r.opening, l);
    text += "\n";
  }
  const std::vector<bool> shown = told(r.trace);
  std::size_t folded = 0;
  const auto unfold = [&] {
    if (folded != 0)
      text += zh ? "        …… 照常的 " + std::to_string(folded) + " 步\n"
                 : "        ... " + std::to_string(folded) + " boring steps\n";
    folded = 0;
  };
  for (std::size_t i = 0; i < r.trace.size(); ++i) {
    if (!shown[i]) {
      ++folded;
      continue;
    }
    unfold();
    text += line(r.trace[i], i + 1, l);
    if (const step& s = r.trace[i];
        s.surprise && s.back == 0 && i > 0 && s.machine != r.trace[i - 1].machine)
      text += zh ? "（没有轮到它，它先走了）" : " (out of turn)";
    text += "\n";
  }
  unfold();
  return text + (zh ? "重演：" : "replay: ") + r.schedule + "\n";
}

void write_steps(writer& out, const report& r) {
  out.array();
  for (std::size_t i = 0; i < r.trace.size(); ++i) {
    const step& s = r.trace[i];
    out.object().field("step", i + 1).field("m", s.machine).field("g", s.goroutine);
    out.field("what", s.what).field("object", s.object).field("value", s.value);
    out.field("surprise", s.surprise).field("stale", s.reads() ? s.back : 0);
    out.field("placed", s.reads() ? 0 : s.back);
    out.field("function", short_function(s.function)).field("file", short_file(s.file));
    out.field("line", s.line).end_object();
  }
  out.end_array();
}

}  // namespace newproc::checker
