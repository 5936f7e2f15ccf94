// zh: 检查点 6：停得下来的 goroutine。
// en: Checkpoint 6: goroutines that can park.
#include <string>

#include "newproc/newproc.hpp"
#include "report.hpp"

namespace {

using newproc::chapters::say;

// [own]
// zh: 素数筛：一串 goroutine，各挡住一个素数的倍数，余下的从没有缓冲的通道传给下一个。几乎每一步都是一次停下和一次放
//     行。
// en: The prime sieve: a chain of goroutines, each of which stops the multiples of one prime and passes the rest
//     on by a channel without a buffer. Nearly every step is one parking and one letting go on.
void own() {
  constexpr int primes = 200;
  newproc::chan<int> numbers = newproc::make_chan<int>();
  newproc::go([numbers] {
    for (int n = 2;; ++n) numbers.send(n);
  });
  int last = 0;
  for (int i = 0; i < primes; ++i) {
    last = *numbers.recv();
    newproc::chan<int> rest = newproc::make_chan<int>();
    newproc::go([numbers, rest, prime = last] {
      for (const int n : numbers)
        if (n % prime != 0) rest.send(n);
    });
    numbers = rest;
  }
  const std::string n = std::to_string(primes), p = std::to_string(last);
  say("  第 " + n + " 个素数是 " + p + "\n", "  prime number " + n + " is " + p + "\n");
}
// [own]

}  // namespace

int main(int argc, char** argv) {
  return newproc::chapters::checkpoint_main(argc, argv, {6, "ch6_parking", own});
}
