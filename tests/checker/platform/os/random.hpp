// zh: 随机数是一个选择。 en: A random number is a choice.
#pragma once

#include <cstdint>

#include "engine/simulator.hpp"

namespace newproc::os {

class random {
 public:
  void seed(std::int64_t) {}
  std::uint32_t next(checker::site where = checker::site::current()) {
    return checker::the_simulator.random(where);
  }
  std::uint32_t below(std::uint32_t n, checker::site where = checker::site::current()) {
    return checker::the_simulator.random_below(n, where);
  }
};

}  // namespace newproc::os
