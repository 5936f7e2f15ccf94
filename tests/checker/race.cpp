// zh: 判断用 happened 时钟：seq_cst 屏障不算同步。
// en: The judgement uses the clock `happened`: a seq_cst fence does not count as synchronisation.
#include "race.hpp"

#include "machine.hpp"
#include "places.hpp"

namespace newproc::checker {
namespace {

void refresh(race_record& r) {
  if (r.epoch == the_machine.epoch()) return;
  r = {};
  r.epoch = the_machine.epoch();
}

[[noreturn]] void race(const race_record& r, const char* mine, const char* other, int machine,
                       const void* my_pc, const void* other_pc) {
  std::string words = std::string(mine) + " of ";
  words += the_machine.names.object != nullptr ? the_machine.names.object(&r) : "a plain field";
  words += " at " + place_of(my_pc) + " is not ordered after the " + other + " by M" +
           std::to_string(machine) + " at " + place_of(other_pc);
  the_machine.fail("data race", words);
}

}  // namespace

[[gnu::noinline]] void reads(race_record& r) {
  const observer* who = the_machine.current();
  if (who == nullptr) return;
  refresh(r);
  const auto me = static_cast<std::size_t>(who->id);
  const void* pc = __builtin_return_address(0);
  const clock& known = who->now.happened;
  if (r.writer != nobody && r.writer != who->id &&
      known.at[static_cast<std::size_t>(r.writer)] < r.written)
    race(r, "the read", "write", r.writer, pc, r.write_pc);
  r.read[me] = known.at[me];
  r.read_pc[me] = pc;
}

[[gnu::noinline]] void writes(race_record& r) {
  const observer* who = the_machine.current();
  if (who == nullptr) return;
  refresh(r);
  const void* pc = __builtin_return_address(0);
  const clock& known = who->now.happened;
  if (r.writer != nobody && r.writer != who->id &&
      known.at[static_cast<std::size_t>(r.writer)] < r.written)
    race(r, "the write", "write", r.writer, pc, r.write_pc);
  for (int i = 0; i < max_machines; ++i) {
    const auto other = static_cast<std::size_t>(i);
    if (i != who->id && known.at[other] < r.read[other])
      race(r, "the write", "read", i, pc, r.read_pc[other]);
  }
  r.writer = who->id;
  r.written = known.at[static_cast<std::size_t>(who->id)];
  r.write_pc = pc;
}

}  // namespace newproc::checker
