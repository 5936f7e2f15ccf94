// zh: 检查器的字和字段：每次碰都是一步，也查数据竞争。
// en: The checker's words and fields: each touch is a step, and races are looked for.
#pragma once

#include "os/atomic.hpp"

namespace newproc::rt {

template <class T>
using word = os::atomic<T>;
template <class T>
using field = os::var<T>;

}  // namespace newproc::rt
