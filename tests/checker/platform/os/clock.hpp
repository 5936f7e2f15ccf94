// zh: 虚拟的时钟：人人都不能动的时候才走。
// en: The virtual clock: it moves when nobody else can.
#pragma once

#include <cstdint>

#include "engine/simulator.hpp"

namespace newproc::os {

inline std::int64_t nanotime() { return checker::the_simulator.now(); }

}  // namespace newproc::os
