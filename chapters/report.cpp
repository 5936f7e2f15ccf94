// zh: 跑两份每章都一样的程序，再跑本章自己的，各自计数。
// en: Runs the two programs that every chapter shares, then the chapter's own, each with its
//     counts.
#include "report.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "model/gmp.hpp"
#include "newproc/newproc.hpp"
#include "observe/json.hpp"

namespace newproc::chapters {
namespace {

using namespace std::chrono_literals;

bool chinese = false;
std::FILE* counts = nullptr;

// [document]
// zh: 文档的程序：go 一个函数，睡一秒。 en: The document's program: go a function, sleep a second.
void document() {
  go([] { say("goroutine 在跑\n", "a goroutine runs\n"); });
  sleep(1s);
}
// [document]

// [work]
// zh: 各章共用的活：两百次脉冲，每次十六个短短的 goroutine，然后歇一毫秒。
//     歇着的时候线程可以睡下，于是叫醒、白叫、空转的代价都看得见。
// en: The work that all chapters share: two hundred pulses of sixteen short goroutines each, then a
//     rest of a millisecond. In the rest threads may sleep, so that the price of waking, of waking
//     in vain and of idling shows.
void work() {
  constexpr int pulses = 200, burst = 16;
  for (int pulse = 0; pulse < pulses; ++pulse) {
    std::atomic<int> left{burst};
    for (int i = 0; i < burst; ++i)
      go([&left] {
        for (int spin = 0; spin < 100'000; ++spin) asm volatile("");
        left.fetch_sub(1, std::memory_order_release);
      });
    while (left.load(std::memory_order_acquire) != 0) yield();
    sleep(1ms);
  }
}
// [work]

std::int64_t cpu_us() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto us = [](const timeval& t) { return t.tv_sec * std::int64_t{1'000'000} + t.tv_usec; };
  return us(usage.ru_utime) + us(usage.ru_stime);
}

void write_counts(int chapter, const char* program, const rt::statistics& s, std::int64_t wall,
                  std::int64_t cpu) {
  json::writer out(
      [](std::string_view piece) { std::fwrite(piece.data(), 1, piece.size(), counts); });
  out.object().field("checkpoint", chapter).field("program", program);
  out.field("threads", s.threads).field("runs", s.runs).field("wakes", s.wakes);
  out.field("useless_wakes", s.useless_wakes).field("parks", s.parks).field("steals", s.steals);
  out.field("locks", s.locks).field("wall_us", wall).field("cpu_us", cpu);
  out.end_object().end_line();
}

void print_text(const rt::statistics& s, std::int64_t wall, std::int64_t cpu) {
  const auto line = [](const char* zh, const char* en, std::uint64_t n) {
    std::printf("  %10" PRIu64 "  %s\n", n, chinese ? zh : en);
  };
  line("个线程", "threads", s.threads);
  line("次运行 goroutine", "goroutine runs", s.runs);
  line("次叫醒", "wake-ups", s.wakes);
  line("次白叫（醒来没活）", "useless wake-ups (nothing to do)", s.useless_wakes);
  line("次窃取", "steals", s.steals);
  line("次拿全局锁", "takings of the global lock", s.locks);
  line("微秒 CPU 时间", "us of CPU time", static_cast<std::uint64_t>(cpu));
  line("微秒", "us in all", static_cast<std::uint64_t>(wall));
}

struct program {
  const char *name, *zh, *en;
  void (*main)();
};

// zh: 用八个 P：两个核也看得出叫醒的多少。 en: Eight Ps: even two cores show how much is woken.
void measure(int chapter, const program& p) {
  say("\n" + std::string(p.zh) + "\n", "\n" + std::string(p.en) + "\n");
  const auto start = std::chrono::steady_clock::now();
  const std::int64_t cpu_before = cpu_us();
  run(options{.procs = 8}, p.main);
  const std::int64_t cpu = cpu_us() - cpu_before;
  const auto wall = std::chrono::duration_cast<std::chrono::microseconds>(
                        std::chrono::steady_clock::now() - start)
                        .count();
  const rt::statistics s = rt::count_all();
  print_text(s, wall, cpu);
  if (counts != nullptr) write_counts(chapter, p.name, s, wall, cpu);
}

int wrong_arguments(const char* program) {
  std::fprintf(stderr, "%s: [--counts FILE] [--lang zh|en] {document|work|own}...\n", program);
  return 2;
}

}  // namespace

void say(std::string_view zh, std::string_view en) {
  const std::string_view text = chinese ? zh : en;
  std::fwrite(text.data(), 1, text.size(), stdout);
}

int checkpoint_main(int argc, char** argv, const checkpoint& c) {
  const char* lang = std::getenv("LANG");
  chinese = lang != nullptr && std::strncmp(lang, "zh", 2) == 0;
  const char* file = nullptr;
  std::vector<std::string_view> chosen;
  for (int i = 1; i < argc; ++i) {
    const std::string_view arg = argv[i];
    const std::string_view value = i + 1 < argc ? argv[i + 1] : "";
    if (arg == "--counts" && !value.empty()) {
      file = argv[++i];
    } else if (arg == "--lang" && (value == "zh" || value == "en")) {
      chinese = value == "zh";
      ++i;
    } else if (arg == "document" || arg == "work" || arg == "own") {
      chosen.push_back(arg);
    } else {
      return wrong_arguments(argv[0]);
    }
  }
  if (file != nullptr && (counts = std::fopen(file, "w")) == nullptr) {
    std::perror(file);
    return 1;
  }
  const std::string number = std::to_string(c.number);
  say("检查点 " + number + "：" + std::string(c.name) + "\n",
      "Checkpoint " + number + ": " + std::string(c.name) + "\n");
  const program all[] = {
      {"document", "文档的程序：", "The document's program:", document},
      {"work", "各章共用的活：两百次脉冲，每次十六个短 goroutine",
       "The work that all chapters share: 200 pulses of 16 short goroutines", work},
      {"own", "本章带来的：", "What this chapter brought:", c.own},
  };
  for (const program& p : all)
    if (chosen.empty() || std::find(chosen.begin(), chosen.end(), p.name) != chosen.end())
      measure(c.number, p);
  if (counts != nullptr && std::fclose(counts) != 0) {
    std::perror(file);
    return 1;
  }
  return 0;
}

}  // namespace newproc::chapters
