// zh: 答案不必写就有的头文件，预编译好：标准库的一部分，和整个运行时的接缝。
// en: The headers that an answer has without writing them, precompiled: a part of the standard
//     library, and all the seams of the runtime.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ch1_entry/entry.hpp"
#include "ch2_goroutine/goroutine.hpp"
#include "ch3_runqueue/runqueue.hpp"
#include "ch4_machine/machine.hpp"
#include "ch5_spinning/spinning.hpp"
#include "model/gmp.hpp"
#include "newproc/newproc.hpp"
#include "observe/fatal.hpp"
