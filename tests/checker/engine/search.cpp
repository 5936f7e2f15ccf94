// zh: 五种选法：系统的、PCT、POS、全随机的、重演的。
// en: Five ways to choose: systematic, PCT, POS, all at random, replayed.
#include "search.hpp"

#include <cstdio>

namespace newproc::checker {
namespace {

// zh: 重演或回溯时，同一个选择换了形状：被检查的代码或检查器有隐藏的状态。立刻停下。
// en: On replay or when backtracking a choice has another shape: the code under test, or the
//     checker, has hidden state. Stop at once.
[[noreturn]] void other_shape(std::size_t index, choice_kind kind, int options,
                              choice_kind was_kind, int was_options) {
  std::fprintf(stderr,
               "checker: 第 %zu 个选择变了形状：现在是 %c/%d，原来是 %c/%d\n"
               "checker: choice %zu has another shape: now %c/%d, before %c/%d\n",
               index, static_cast<char>(kind), options, static_cast<char>(was_kind), was_options,
               index, static_cast<char>(kind), options, static_cast<char>(was_kind), was_options);
  std::abort();
}

constexpr std::uint64_t one_in_store =
    8;  // zh: 随机搜索多久读一次旧值 en: how often it reads stale
constexpr std::uint64_t one_in_odd = 16;  // zh: 其他怪事 en: other oddities

}  // namespace

void search::systematic(int surprises) {
  how_ = strategy::systematic;
  tape_.clear();
  limit_ = surprises;
  bounded_ = false;
}

void search::randomly(strategy how, std::uint64_t seed, int depth) {
  how_ = how;
  tape_.clear();
  limit_ = unbounded;
  random_ = mix(seed, 7) | 1;
  depth_ = depth;
}

void search::begin() {
  position_ = 0;
  used_ = 0;
  shape_ = 0;
  steps_ = 0;
  next_pinned_ = 0;
  if (how_ == strategy::systematic) return;
  tape_.clear();
  if (!by_priority()) return;
  lowest_ = 0;
  for (auto& p : priorities_) p = new_priority();
  change_points_.clear();
  if (how_ == strategy::pos) return;
  for (int i = 1; i < depth_; ++i)
    change_points_.push_back(1 + static_cast<long>(draw() % static_cast<std::uint64_t>(longest_)));
}

bool search::advance() {
  longest_ = std::max(longest_, steps_);
  if (how_ == strategy::replay) return false;
  if (how_ != strategy::systematic) return true;
  tape_.resize(position_);
  for (; !tape_.empty(); tape_.pop_back()) {
    choice& last = tape_.back();
    if (last.taken + 1 >= last.options) continue;
    if (last.costly && last.taken == 0 && last.left == 0) {
      bounded_ = true;
      continue;
    }
    ++last.taken;
    return true;
  }
  return false;
}

int search::choose(choice_kind kind, int options, bool costly) {
  if (options == 1) return 0;
  if (position_ == tape_.size()) {
    const int taken = decide(kind, options, {});
    tape_.push_back({kind, static_cast<std::uint8_t>(options), static_cast<std::uint8_t>(taken),
                     costly, static_cast<std::uint16_t>(left())});
  }
  const choice& c = tape_[position_];
  if (c.kind != kind || c.options != options)
    other_shape(position_, kind, options, c.kind, c.options);
  ++position_;
  shape_ = mix(shape_, static_cast<std::uint64_t>(kind) * 256 + c.options);
  if (c.costly && c.taken != 0) ++used_;
  return c.taken;
}

int search::choose_machine(std::span<const int> able) {
  if (able.size() > 1 && position_ == tape_.size() && by_priority()) {
    const int taken = decide(choice_kind::machine, static_cast<int>(able.size()), able);
    tape_.push_back({choice_kind::machine, static_cast<std::uint8_t>(able.size()),
                     static_cast<std::uint8_t>(taken), true, 0});
  }
  return choose(choice_kind::machine, static_cast<int>(able.size()), true);
}

int search::decide(choice_kind kind, int options, std::span<const int> able) {
  switch (how_) {
    case strategy::systematic:
      return 0;
    case strategy::replay: {
      if (next_pinned_ == pinned_.size() || pinned_[next_pinned_].index != position_) return 0;
      const pinned& p = pinned_[next_pinned_++];
      if (p.kind != kind || p.options != options)
        other_shape(position_, kind, options, p.kind, p.options);
      return p.taken;
    }
    case strategy::pct:
    case strategy::pos:
      if (!able.empty()) {
        std::size_t best = 0;
        for (std::size_t i = 1; i < able.size(); ++i)
          if (priorities_[static_cast<std::size_t>(able[i])] >
              priorities_[static_cast<std::size_t>(able[best])])
            best = i;
        return static_cast<int>(best);
      }
      break;
    case strategy::random:
      if (kind == choice_kind::machine)
        return static_cast<int>(draw() % static_cast<std::uint64_t>(options));
      break;
  }
  if (draw() % (kind == choice_kind::load ? one_in_store : one_in_odd) != 0 &&
      kind != choice_kind::waiter && kind != choice_kind::random)
    return 0;
  return static_cast<int>(draw() % static_cast<std::uint64_t>(options));
}

bool search::seen_before(std::uint64_t signature) {
  if (how_ != strategy::systematic || position_ < tape_.size()) return false;
  return states_.seen(signature, left());
}

void search::stepped(int machine) {
  ++steps_;
  if (how_ != strategy::pct) return;
  for (const long point : change_points_)
    if (point == steps_) gave_way(machine);
}

void search::performs(int machine, std::uint32_t rivals) {
  if (how_ != strategy::pos) return;
  rivals |= 1u << machine;
  for (std::size_t i = 0; i < priorities_.size(); ++i)
    if ((rivals >> i & 1) != 0) priorities_[i] = new_priority();
}

std::int64_t search::new_priority() { return 1 + static_cast<std::int64_t>(draw() % 1'000'000); }

std::uint64_t search::draw() {
  random_ ^= random_ << 13;
  random_ ^= random_ >> 7;
  random_ ^= random_ << 17;
  return (random_ * 0x2545f4914f6cdd1du) >> 16;
}

// zh: 只写出不寻常的选择：“17:m3=1”是第 17 个选择，三个 M 里选 1 号。末尾是总数和全部形状的散列，
//     重演到头时核对。
// en: Only the choices that are not boring are written: "17:m3=1" is choice 17, number 1 of three
//     Ms. At the end stand the count and a hash of all shapes, compared when the replay is over.
std::string search::schedule() const {
  std::string text;
  for (std::size_t i = 0; i < position_; ++i) {
    const choice& c = tape_[i];
    if (c.taken == 0) continue;
    text += std::to_string(i) + ":" + static_cast<char>(c.kind) + std::to_string(c.options) + "=" +
            std::to_string(c.taken) + " ";
  }
  char end[64];
  std::snprintf(end, sizeof end, "end=%zu,%016llx", position_,
                static_cast<unsigned long long>(shape_));
  return text + end;
}

void search::replay(std::string_view schedule) {
  how_ = strategy::replay;
  limit_ = unbounded;
  tape_.clear();
  pinned_.clear();
  const std::string text(schedule);
  for (const char* at = text.c_str(); *at != '\0';) {
    std::size_t index = 0;
    char kind = 0;
    int options = 0, taken = 0, length = 0;
    if (std::sscanf(at, "%zu:%c%d=%d %n", &index, &kind, &options, &taken, &length) != 4) break;
    pinned_.push_back({index, static_cast<choice_kind>(kind), options, taken});
    at += length;
  }
}

}  // namespace newproc::checker
