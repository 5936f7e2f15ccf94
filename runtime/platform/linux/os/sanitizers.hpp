// zh: 程序带了清洁器，而库没有：清洁器不知道换栈，会误报，会崩溃。
// en: The program has a sanitizer and the library does not: it knows nothing of switching stacks, cries
//     wolf and crashes.
#pragma once

namespace newproc::os {

/// zh: 程序带着而库没有带的清洁器，是 NEWPROC_SANITIZE 该有的值；没有这样的，nullptr。
/// en: The sanitizer that the program has and the library has not, as NEWPROC_SANITIZE wants it;
///     nullptr if there is none.
const char* missing_sanitizer();

}  // namespace newproc::os
