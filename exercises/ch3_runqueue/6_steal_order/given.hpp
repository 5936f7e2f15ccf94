// zh: 一次走访：从哪里开始，怎样到下一个。 en: One walk: where it begins, how it gets to the next.
#pragma once

#include <cstdint>

namespace newproc::rt {

/// zh: 走到哪里了。三个数怎样用，由你决定；别的地方什么也不许记。
/// en: How far a walk has come. What the three numbers mean is up to you; nothing may be remembered
///     anywhere else.
struct walk {
  std::uint32_t a = 0, b = 0, c = 0;
};

/// zh: @p random 决定的一种次序。 en: The order that @p random decides.
/// @pre 1 <= count <= 1024
walk order_of(std::uint32_t count, std::uint32_t random);

/// zh: 下一个要看的 P，0 到 count - 1。一次走访恰好问 count 次。
/// en: The next P to look at, 0 to count - 1. A walk is asked exactly count times.
std::uint32_t next_of(walk& w);

}  // namespace newproc::rt
