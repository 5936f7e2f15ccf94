// zh: 数据竞争：同一个普通字段的两次访问，至少一次是写，谁也不先行发生于谁。
// en: Data races: two accesses to one plain field, at least one of them a write, neither of which
//     happens before the other.
#pragma once

#include "basics.hpp"

namespace newproc::checker {

/// zh: 一个普通字段的访问史：最后一次写，和各 M 最后一次读。
/// en: A plain field's record: the last write, and each M's last read.
struct race_record {
  std::uint32_t epoch = 0;
  int writer = nobody;
  std::uint32_t written = 0;
  std::array<std::uint32_t, max_machines> read{};
  const void* write_pc = nullptr;
  std::array<const void*, max_machines> read_pc{};
};

/// zh: 记下当前 M 的一次读或写；若与先前的访问竞争，这次执行失败。
/// en: Notes a read or write by the current M; if it races with an earlier access the execution
///     fails.
void reads(race_record& r);
void writes(race_record& r);

}  // namespace newproc::checker
