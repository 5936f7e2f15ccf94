// zh: 把 goroutine 说给人听：一个一段，只写标准错误。
// en: Describing goroutines to people: a paragraph each, on standard error alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace newproc::rt {

struct G;

/// zh: 往标准错误写，只用自己的缓冲：信号处理函数里不许分配内存，出事的那一刻也许正握着 malloc 的
///     锁。
/// en: Writes to standard error out of a buffer of its own: a signal handler must not allocate, the
///     trouble may have come while malloc's lock was held.
class report {
 public:
  /// zh: 还原函数名要分配内存，信号处理函数里只好用原名。
  /// en: To demangle a function's name allocates; a signal handler must do with the raw one.
  enum class names { demangled, raw };
  explicit report(names n = names::demangled) : names_(n) {}
  ~report() { flush(); }
  report(const report&) = delete;
  report& operator=(const report&) = delete;

  report& operator<<(std::string_view text);
  report& operator<<(std::int64_t n) { return number(n, 10); }
  /// zh: 十六进制，前面写 0x。 en: Hexadecimal, with 0x in front.
  report& hex(std::uintptr_t n) { return *this << "0x", number(static_cast<std::int64_t>(n), 16); }
  /// zh: @p pc 属于哪个函数；程序若不导出符号（-rdynamic），就写“?”。
  /// en: Which function @p pc belongs to; "?" where the program does not export its symbols
  ///     (-rdynamic).
  report& function(const void* pc);
  /// zh: @p pc 在哪个文件的哪个偏移；找不到文件就写地址。
  /// en: In which file @p pc lies and at which offset; where no file is found, its address.
  report& place(const void* pc);

 private:
  /// zh: @p base 进制，不带前缀。 en: In base @p base, without a prefix.
  report& number(std::int64_t n, int base);
  /// zh: 写出缓冲里的；满了和析构时都走到这里。
  /// en: Writes what is buffered: when full, and at the end.
  void flush();

  names names_;
  std::size_t used_ = 0;
  char buffer_[1024];
};

/// zh: @p g 的一段：编号与状态、入口、创建者、记下的祖先。
/// en: A paragraph about @p g: number and status, entry, creator, and ancestors if they were kept.
void describe(report& to, const G* g);

/// zh: 除 @p except 以外活着的，按编号。要拿 allglock，调用者不可已握着它。
/// en: Those alive but @p except, by number. Takes allglock, which the caller must not hold.
void describe_others(report& to, const G* except);

/// zh: 所有活着的 goroutine，写到标准错误。给看来已经停住的程序：信号处理函数里可以调用，不拿锁、不分配，
///     所以别的线程若正在造 goroutine，说出来的可能不全。
/// en: All goroutines alive, to standard error. For a program that seems to hang: may be called in a signal
///     handler, takes no lock and allocates nothing; so while other threads make goroutines it may not
///     tell all.
void dump_goroutines();

}  // namespace newproc::rt
