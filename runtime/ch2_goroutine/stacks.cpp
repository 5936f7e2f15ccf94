// zh: 栈的仓库。
// en: The store of stacks.
#include "ch2_goroutine/stacks.hpp"

#include "os/die.hpp"
#include "tunables.hpp"

namespace newproc::rt {

void stack_pool::start(os::guard_mode mode) {
  const os::lock_guard hold(lock_);
  mode_ = mode;
  budget_ = mode == os::guard_mode::protect ? os::protect_budget() : 0;
  unguarded_ = 0;
  taken_ = 0;
}

stack_slot stack_pool::take(std::size_t bytes) {
  const std::size_t stride = bytes + os::page_bytes;
  const os::lock_guard hold(lock_);
  if (regions_.empty() || used_ == stacks_per_region) {
    const std::size_t region_bytes = stride * stacks_per_region;
    std::byte* start = os::reserve(region_bytes);
    if (start == nullptr) return {};
    regions_.push_back({start, region_bytes});
    used_ = 0;
  }
  std::byte* start = regions_.back().start + stride * used_++;
  guard(start);
  return {start + stack_guard, start + bytes, taken_++};
}

void stack_pool::guard(std::byte* start) {
  const bool may = mode_ != os::guard_mode::protect || budget_ > 0;
  if (may && os::guard(start, stack_guard, mode_)) {
    if (mode_ == os::guard_mode::protect) --budget_;
    return;
  }
  if (unguarded_++ != 0) return;
  os::write_error(
      "newproc: 映射数到了上限，之后的 goroutine 栈没有护栏；请调大 vm.max_map_count\n"
      "newproc: out of memory mappings: further goroutine stacks have no guard page; raise "
      "vm.max_map_count\n");
}

void stack_pool::release_all() {
  const os::lock_guard hold(lock_);
  for (const region& r : regions_) os::release(r.start, r.bytes);
  regions_.clear();
  used_ = 0;
}

}  // namespace newproc::rt
