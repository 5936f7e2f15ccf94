// zh: 随机数的种子是固定的，所以每次评判都一样。
// en: The random numbers have a fixed seed, so every judgement is the same.
#include "given.hpp"

#include <algorithm>
#include <random>

#include "exercise.hpp"

namespace newproc::exercise {
namespace {

constexpr std::uint32_t most = 64;
constexpr std::uint32_t some[] = {1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 30, 61, 64};
constexpr int each = 100;

std::vector<std::uint32_t> whole(std::uint32_t count, std::uint32_t random) {
  std::vector<std::uint32_t> visited;
  rt::walk w = rt::order_of(count, random);
  for (std::uint32_t i = 0; i < count; ++i) visited.push_back(rt::next_of(w));
  return visited;
}

words among(std::uint32_t count) {
  return words{"", "among "} + count + words{" 个 P 里，", " Ps, "};
}

// zh: 话只在需要时才造：这里要问几十万次。
// en: The words are made only when they are needed: this is asked a hundred thousand times.
void each_once(const std::vector<std::uint32_t>& visited) {
  const auto count = static_cast<std::uint32_t>(visited.size());
  std::vector<int> times(count);
  for (const std::uint32_t p : visited) {
    if (p >= count)
      must(false, among(count) +
                      words{"你走到了并不存在的 P ", "you visit one that does not exist: P "} + p);
    if (++times[p] != 1)
      must(false, among(count) + words{"P ", "P "} + p +
                      words{" 去了两次，就有一个没有去",
                            " is visited twice, and so another is not at all"});
  }
}

TEST_CASE("each P is visited exactly once whatever the random number") {
  std::mt19937 numbers(1);
  for (std::uint32_t count = 1; count <= most; ++count) {
    for (std::uint32_t random = 0; random < 3 * count; ++random) each_once(whole(count, random));
    for (int i = 0; i < 20; ++i) each_once(whole(count, static_cast<std::uint32_t>(numbers())));
  }
  for (const std::uint32_t random : {0u, 1u, 0x7fffffffu, 0xffffffffu})
    each_once(whole(1000, random));
}

TEST_CASE("two walks at once do not disturb each other") {
  std::mt19937 numbers(2);
  for (const std::uint32_t count : {5u, 12u, 64u}) {
    const auto random = static_cast<std::uint32_t>(numbers());
    const std::vector<std::uint32_t> alone = whole(count, random);
    rt::walk w = rt::order_of(count, random);
    std::vector<std::uint32_t> visited;
    for (std::uint32_t i = 0; i < count; ++i) {
      visited.push_back(rt::next_of(w));
      rt::walk other = rt::order_of(count, static_cast<std::uint32_t>(numbers()));
      rt::next_of(other);
    }
    must(visited == alone,
         {"两个 M 同时各走各的，你的走访却乱了：除了 walk 里的三个数，什么也不许记",
          "two Ms walk at the same time, and your walks get mixed up: nothing may be remembered "
          "but the three numbers in walk"});
  }
}

TEST_CASE("each P has the same chance to be the first") {
  std::mt19937 numbers(3);
  for (const std::uint32_t count : some) {
    std::vector<int> times(count);
    for (std::uint32_t i = 0; i < each * count; ++i) {
      rt::walk w = rt::order_of(count, static_cast<std::uint32_t>(numbers()));
      ++times[rt::next_of(w)];
    }
    for (std::uint32_t p = 0; p < count; ++p)
      must(times[p] > each / 2 && times[p] < 2 * each,
           among(count) +
               words{"每个该有差不多 100 次排在最前，P ",
                     "each should come first about 100 times, and P "} +
               p + words{" 的次数是 ", " does so many times: "} + times[p]);
  }
}

TEST_CASE("who is first does not decide who is second") {
  std::mt19937 numbers(4);
  for (const std::uint32_t count : some) {
    if (count < 3) continue;
    // zh: 以 P 0 打头的走访，第二个是谁。 en: Of the walks that begin at P 0: who is second.
    std::vector<int> seconds(count);
    for (std::uint32_t i = 0; i < each * count; ++i) {
      rt::walk w = rt::order_of(count, static_cast<std::uint32_t>(numbers()));
      if (rt::next_of(w) == 0) ++seconds[rt::next_of(w)];
    }
    const auto different =
        std::count_if(seconds.begin(), seconds.end(), [](int n) { return n > 0; });
    must(different >= 2,
         among(count) +
             words{"从 P 0 开始的走访，第二个总是同一个：窃取者们会一个跟着一个，挤在一起",
                   "all walks that begin at P 0 go on to the same one: thieves will "
                   "follow each other in a crowd"});
  }
}

}  // namespace
}  // namespace newproc::exercise
