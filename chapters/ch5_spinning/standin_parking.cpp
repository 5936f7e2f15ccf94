// zh: 第 6 章的替身：没有通道，没有锁；停得下的只有睡眠者，那是时钟的事。
// en: The stand-in for chapter 6: no channels, no locks; only sleepers park, and the clock sees to them.
#include "ch6_parking/parking.hpp"

namespace newproc::rt {

void parkingend() {}

}  // namespace newproc::rt
