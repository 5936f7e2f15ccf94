// zh: newproc_bench 行 P数 [次数]：量一行，打印一行 JSON。由 run.py 调用，也可以单独用，
//     比如配合 perf。
// en: newproc_bench ROW PROCS [ITERATIONS]: measures one row, prints one line of JSON. run.py calls
//     it; it also serves alone, with perf for instance.
#include <charconv>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "bench.hpp"
#include "newproc/newproc.hpp"

namespace {

struct row {
  std::string_view name;
  bench::result (*measure)(std::int64_t iterations);
  std::int64_t iterations;
};

constexpr row rows[] = {
    {"spawn", bench::spawn, 1000},
    {"yield", bench::yield, 1'000'000},
    {"tree", bench::tree, 19},
    {"parked", bench::parked, 1000},
    {"wake_idle", bench::wake_idle, 200},
    {"wake_active", bench::wake_active, 2000},
    {"idle_cpu", bench::idle_cpu, 1000},
    {"cas", bench::cas, 10'000'000},
    {"switch", bench::stack_switch, 10'000'000},
    {"page", bench::page, 20'000},
};

const row* find_row(std::string_view name) {
  for (const row& r : rows)
    if (r.name == name) return &r;
  return nullptr;
}

// zh: 大于零的整数，否则 0。 en: An integer above zero, else 0.
std::int64_t positive(const char* text) {
  std::int64_t value = 0;
  const char* end = text + std::strlen(text);
  const auto [rest, error] = std::from_chars(text, end, value);
  return error == std::errc{} && rest == end && value > 0 ? value : 0;
}

int usage() {
  std::fputs("用法：newproc_bench 行 P数 [次数]\nusage: newproc_bench ROW PROCS [ITERATIONS]\n  ",
             stderr);
  for (const row& r : rows)
    std::fprintf(stderr, " %.*s", static_cast<int>(r.name.size()), r.name.data());
  std::fputs("\n", stderr);
  return 2;
}

void print(const char* key, const std::optional<double>& value) {
  if (value) std::printf(", \"%s\": %.4g", key, *value);
}

}  // namespace

int main(int count, char** words) {
  if (count != 3 && count != 4) return usage();
  const row* r = find_row(words[1]);
  const auto procs = static_cast<int>(positive(words[2]));
  const std::int64_t iterations = count == 4     ? positive(words[3])
                                  : r != nullptr ? r->iterations
                                                 : 0;
  if (r == nullptr || procs == 0 || iterations == 0) return usage();

  bench::result measured;
  newproc::run({.procs = procs}, [&] { measured = r->measure(iterations); });

  std::printf("{\"row\": \"%s\", \"procs\": %d", words[1], procs);
  print("ns", measured.ns);
  print("bytes", measured.bytes);
  print("percent", measured.percent);
  std::printf("}\n");
  return 0;
}
