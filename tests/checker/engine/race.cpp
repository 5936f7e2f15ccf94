// zh: 判断用 happened 时钟：seq_cst 屏障不算同步。
// en: The judgement uses the clock `happened`: a seq_cst fence does not count as synchronisation.
#include "race.hpp"

#include "places.hpp"
#include "simulator.hpp"

namespace newproc::checker {
namespace {

void refresh(race_record& r) {
  if (r.epoch == the_simulator.epoch()) return;
  r = {};
  r.epoch = the_simulator.epoch();
}

struct access {
  bool write;
  int machine;
  const void* pc;
};

[[noreturn]] void race(const race_record& r, access mine, access other) {
  const std::string what =
      the_simulator.names.object != nullptr ? the_simulator.names.object(&r) : "a plain field";
  // zh: 程序不带调试信息就不知道在哪里（习题的测试）。
  // en: Where is not known if the program has no debug information (the tests of exercises).
  const auto told = [](access a, const char* of, const char* at, const char* w, const char* rd) {
    const std::string place = place_of(a.pc);
    return "M" + std::to_string(a.machine) + of + (a.write ? w : rd) +
           (place == "?" ? "" : at + place);
  };
  the_simulator.fail(
      "data race", what + "：" + told(mine, " 的", "，在 ", "写", "读") + "，与 " +
                       told(other, " 的", "，在 ", "写", "读") + "，谁也不先于谁 / " + what + ": " +
                       told(mine, "'s ", " at ", "write", "read") + " and " +
                       told(other, "'s ", " at ", "write", "read") + " are not ordered");
}

}  // namespace

[[gnu::noinline]] void reads(race_record& r) {
  const observer* who = the_simulator.current();
  if (who == nullptr) return;
  refresh(r);
  const auto me = static_cast<std::size_t>(who->id);
  const void* pc = __builtin_return_address(0);
  const clock& known = who->now.happened;
  if (r.writer != nobody && r.writer != who->id &&
      known.at[static_cast<std::size_t>(r.writer)] < r.written)
    race(r, {false, who->id, pc}, {true, r.writer, r.write_pc});
  r.read[me] = known.at[me];
  r.read_pc[me] = pc;
}

[[gnu::noinline]] void writes(race_record& r) {
  const observer* who = the_simulator.current();
  if (who == nullptr) return;
  refresh(r);
  const void* pc = __builtin_return_address(0);
  const clock& known = who->now.happened;
  if (r.writer != nobody && r.writer != who->id &&
      known.at[static_cast<std::size_t>(r.writer)] < r.written)
    race(r, {true, who->id, pc}, {true, r.writer, r.write_pc});
  for (int i = 0; i < max_machines; ++i) {
    const auto other = static_cast<std::size_t>(i);
    if (i != who->id && known.at[other] < r.read[other])
      race(r, {true, who->id, pc}, {false, i, r.read_pc[other]});
  }
  r.writer = who->id;
  r.written = known.at[static_cast<std::size_t>(who->id)];
  r.write_pc = pc;
}

}  // namespace newproc::checker
