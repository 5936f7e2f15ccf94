// zh: 同步类型里的字和字段。公开的头文件不认得平台，可是检查器要看见它们：所以单独一个文件，检查器换上自己的。
// en: The words and fields inside the sync types. Public headers know no platform, yet the checker must see
//     these: hence a file of their own, which the checker replaces by its own.
#pragma once

#include <atomic>

namespace newproc::rt {

/// zh: 谁都可以碰的字。 en: A word that anybody may touch.
template <class T>
using word = std::atomic<T>;

/// zh: 由锁保护的字段。 en: A field that a lock protects.
template <class T>
using field = T;

}  // namespace newproc::rt
