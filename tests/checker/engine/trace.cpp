// zh: 一步留下什么给故事：哪个 M、碰了什么、值是多少、有没有意外、错过了哪条写。
// en: What a step leaves for the story: which M, what it touched, the value, whether it was a surprise,
//     which store it missed.
#include "arena.hpp"
#include "simulator.hpp"

namespace newproc::checker {

// zh: 地址每次运行都不同，所以说它在哪里。 en: Addresses differ from run to run: tell where it is.
std::string simulator::text_of(const void* address, std::uint64_t value) const {
  if (address != nullptr && names.value != nullptr)
    if (std::string text = names.value(address, value); !text.empty()) return text;
  const std::string place = arena::place_of(reinterpret_cast<const void*>(value));
  return place.empty() ? std::to_string(static_cast<std::int64_t>(value)) : place;
}

void simulator::note(const char* what, const void* address, std::uint64_t value, site where,
                     int back) {
  if (!tracing_ || !running_) return;
  const bool before = arena::use(false);
  running_ = false;  // zh: 起名字的人只看，不留脚印 en: naming only looks and leaves no trace
  step s;
  s.machine = current_;
  if (names.goroutine != nullptr) s.goroutine = names.goroutine(self().word);
  s.what = what;
  if (address != nullptr && names.object != nullptr) s.object = names.object(address);
  s.value = text_of(address, value);
  s.matters = names.matters != nullptr && !s.reads() && names.matters(s.object);
  s.back = back;
  s.surprise = search_->surprises() > surprises_told_;
  surprises_told_ = search_->surprises();
  if (back != 0) {
    // zh: 读：最新的那条；写：紧排在它后面的那条 en: of a load the newest, of a store the one right behind
    const location& l = history(*static_cast<const cell*>(address));
    const store_record& other = s.reads() ? l.newest() : l.at(back - 1);
    s.other_text = text_of(address, other.value);
    s.other_writer = other.writer;
    s.other_where = other.where;
  }
  s.function = where.function;
  s.file = where.file;
  s.line = where.line;
  trace_.push_back(std::move(s));
  running_ = true;
  arena::use(before);
}

}  // namespace newproc::checker
