// zh: 习题 1.5：生成器。 en: Exercise 1.5: a generator.
#include "given.hpp"

namespace newproc::rt {

struct generator::state {
  function body;
};

generator::generator(function body) : state_(new state{std::move(body)}) {}

generator::~generator() { delete state_; }

bool generator::next([[maybe_unused]] std::int64_t& value) {
  // TODO zh: 给 body 一个自己的 goroutine，直接换过去，等它 give。
  //      en: Give body a goroutine of its own, change straight to it, and wait for its give.
  return false;
}

void generator::give([[maybe_unused]] std::int64_t value) {
  // TODO zh: 放下值，直接换回调用 next 的那个 goroutine。
  //      en: Leave the value and change straight back to the goroutine that called next.
}

}  // namespace newproc::rt
