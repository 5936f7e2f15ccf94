// zh: 第 1 章的里间：只给本章的源文件和测试。
// en: Chapter 1's inside: for the chapter's own sources, and for tests.
#pragma once

namespace newproc::rt {

/// zh: 正被捕获的异常离开了 goroutine 的函数：panic，退出码 2。
/// en: The exception being caught left the goroutine's function: a panic, exit code 2.
[[noreturn]] void fatal_uncaught();

}  // namespace newproc::rt
