// zh: 生成器的界面；答案实现它。 en: The generator's interface; the answer implements it.
#pragma once

#include <cstdint>
#include <functional>

namespace newproc::rt {

/// zh: 一段代码，一次给出一个值；每给一个就停在那里，等下一次 next。只在 goroutine 里使用。
/// en: A piece of code that gives one value at a time and stops there until the next next. To be used
///     in goroutines only.
class generator {
 public:
  using function = std::function<void(generator&)>;

  explicit generator(function body);
  /// zh: 没跑完的 body 停在 give 里，在这里展开它。
  /// en: A body that is not done has stopped in give: it is unwound here.
  ~generator();
  generator(const generator&) = delete;
  generator& operator=(const generator&) = delete;

  /// zh: 让 body 跑到它的下一个 give，值放进 @p value；body 结束了则返回 false。body 抛出的异常从这里出来。
  /// en: Lets body run to its next give and puts that into @p value; false when body has ended. What
  ///     body throws comes out here.
  bool next(std::int64_t& value);

  /// zh: 只由 body 调用：交出一个值，停在这里。 en: Called by body only: gives a value and stops here.
  void give(std::int64_t value);

 private:
  struct state;
  state* state_;
};

}  // namespace newproc::rt
