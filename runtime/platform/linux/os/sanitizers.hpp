// zh: 清洁器要知道的，和我们要知道它的：程序带了清洁器而库没有，它不知道换栈，会误报，会崩溃。
// en: What sanitizers must know, and what we must know of them: if the program has one and the library
//     does not, it knows nothing of switching stacks, cries wolf and crashes.
#pragma once

#include <cstddef>

namespace newproc::os {

/// zh: 程序带着而库没有带的清洁器，是 NEWPROC_SANITIZE 该有的值；没有这样的，nullptr。
/// en: The sanitizer that the program has and the library has not, as NEWPROC_SANITIZE wants it;
///     nullptr if there is none.
const char* missing_sanitizer();

/// zh: 找泄漏的清洁器把 [start, start+bytes) 里的指针也算数；没有它，什么也不做。
/// en: The sanitizer that searches for leaks counts the pointers in [start, start+bytes) too; without
///     one this does nothing.
void search_for_pointers(std::byte* start, std::size_t bytes);
/// zh: 不再算数；参数须与 search_for_pointers 时相同。
/// en: No more; the arguments must be as with search_for_pointers.
void search_no_more(std::byte* start, std::size_t bytes);

/// zh: 找泄漏的会读遍映射着的内存：碰到 /proc/self/maps 里看不出的护栏，它就崩溃。
/// en: Whether one searches for leaks: it reads all memory that is mapped, and crashes at a guard that
///     /proc/self/maps does not show.
bool reads_all_memory();

}  // namespace newproc::os
