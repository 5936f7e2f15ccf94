// zh: 每种大小、每种对齐的闭包，各有各的位置；最后真的跑起来。
// en: Closures of every size and alignment, each in its place; in the end they really run.
#include <unistd.h>

#include <cstring>
#include <memory>

#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"
#include "death.hpp"
#include "exercise.hpp"
#include "newproc/newproc.hpp"
#include "support.hpp"

namespace newproc::exercise {
namespace {

using rt::funcval;
using rt::G;
using rt::P;

constexpr std::size_t frame_align = 16;

std::uintptr_t number(const void* pointer) { return reinterpret_cast<std::uintptr_t>(pointer); }
funcval of(std::size_t size, std::size_t align) { return {size, align, nullptr}; }
words sizes(std::size_t size, std::size_t align) {
  return words{"（大小 ", " (size "} + size + words{"，对齐 ", ", alignment "} + align +
         words{"）", ")"};
}

P* my_p() {
  P* p = rt::getg()->m->p;
  p->owner.held();
  return p;
}

// zh: 不在 run 里试：run 自己也要用它造主 goroutine。
// en: Not tried within run, which needs it itself, to make the main goroutine.
TEST_CASE("what fits lives inside the G and wants no stack") {
  const std::pair<std::size_t, std::size_t> fits[] = {{1, 1}, {8, 8}, {63, 1}, {64, 8}, {64, 64}};
  for (const auto& [size, align] : fits) {
    P p;
    p.owner.held();
    G g;
    rt::place_closure(&p, &g, of(size, align));
    const bool inside = g.sched.ctxt == g.closure.data();
    must(inside && g.stack.hi == nullptr,
         words{"放得下的闭包该住在 g->closure 里，不要栈",
               "a closure that fits must live in g->closure, without a stack"} +
             sizes(size, align));
  }
}

TEST_CASE("what does not fit gets a stack and lies on it") {
  run({.procs = 1}, [] {
    const auto g = std::make_unique<G>();
    rt::place_closure(my_p(), g.get(), of(65, 1));
    must(g->sched.ctxt != g->closure.data(),
         {"65 个字节在 G 里放不下，你却让闭包住在那里",
          "65 bytes do not fit into the G, and your closure lives there"});
    must(g->stack.hi != nullptr && number(g->sched.ctxt) >= number(g->stack.lo) &&
             number(g->sched.ctxt) + 65 <= number(g->stack.hi),
         {"放不下的闭包该在 g 的栈上：先用 stackalloc 给它一个",
          "a closure that does not fit must be on g's stack: get it one with stackalloc first"});
    rt::stackfree(my_p(), g.get());
  });
}

TEST_CASE("what wants more alignment than the G has does not fit") {
  run({.procs = 1}, [] {
    const auto g = std::make_unique<G>();
    rt::place_closure(my_p(), g.get(), of(8, 128));
    must(g->stack.hi != nullptr, {"只有 8 个字节，可是要对齐到 128：G 只对齐到 64，放不下",
                                  "it has just 8 bytes, but wants an alignment of 128; a G is "
                                  "aligned to 64, so it does not "
                                  "fit"});
    rt::stackfree(my_p(), g.get());
  });
}

// zh: 这个 G 放在一个恰好的地址，它的 closure 因此在 128 的倍数上；该问的却是类型许诺了什么。
// en: This G is put where its closure happens to be at a multiple of 128; but it is what the type promises
//     that counts.
TEST_CASE("a G that happens to lie well does not promise more") {
  run({.procs = 1}, [] {
    constexpr std::size_t align = 128;
    const auto room = std::make_unique<std::byte[]>(2 * align + sizeof(G));
    std::byte* at = room.get() + align - number(room.get()) % align;
    G* g = ::new (static_cast<void*>(at)) G;
    if (number(g->closure.data()) % align != 0) {
      g->~G();
      g = ::new (static_cast<void*>(at + rt::cache_line)) G;
    }
    rt::place_closure(my_p(), g, of(8, align));
    must(g->stack.hi != nullptr,
         {"这个 G 的 closure 恰好在 128 的倍数上，你就把要对齐到 128 的闭包放了进去；别的 G "
          "未必如此，放得"
          "下放不下，只看许诺的 64",
          "this G's closure happens to lie at a multiple of 128, and you put a closure in there "
          "that wants "
          "just that; other Gs need not lie so: what fits is decided by the 64 that are promised"});
    rt::stackfree(my_p(), g);
    g->~G();
  });
}

// zh: 栈顶可以是任何地址。 en: A stack's top may be any address.
TEST_CASE("on the stack the closure is aligned, and so is the first frame below it") {
  constexpr std::size_t room = 32 * 1024;
  const auto bytes = std::make_unique<std::byte[]>(room);
  for (const std::size_t align : {1, 2, 8, 16, 64, 256, 4096})
    for (const std::size_t size : {1, 7, 65, 72, 1000, 4096})
      for (const std::size_t odd : {0, 1, 8, 24, 100}) {
        G g;
        g.stack.lo = bytes.get();
        g.stack.hi = bytes.get() + room - odd;
        g.sched.ctxt = g.stktopsp = bytes.get();
        rt::place_on_stack(&g, of(size, align));
        const std::uintptr_t closure = number(g.sched.ctxt), top = number(g.stack.hi);
        const std::uintptr_t frame = number(g.stktopsp);
        must(closure + size <= top,
             words{"闭包越过了栈顶", "the closure reaches beyond the top of the stack"} +
                 sizes(size, align));
        must(closure % align == 0,
             words{"闭包没有按它要求的对齐", "the closure is not aligned as it demands"} +
                 sizes(size, align));
        must(closure + size + align > top,
             words{"闭包本可以离栈顶更近：浪费了栈",
                   "the closure could be nearer to the top: stack is wasted"} +
                 sizes(size, align));
        must(frame <= closure, words{"第一帧压在闭包上：stktopsp 该在闭包之下",
                                     "the first frame lies on the closure: stktopsp must be below "
                                     "it"} +
                                   sizes(size, align));
        must(frame % frame_align == 0,
             words{"第一帧没有对齐到 16 字节", "the first frame is not aligned to 16 bytes"} +
                 sizes(size, align));
        must(closure - frame < frame_align,
             words{"第一帧本可以紧挨着闭包：浪费了栈",
                   "the first frame could be right below the closure: stack is wasted"} +
                 sizes(size, align));
      }
}

TEST_CASE("what is too large is fatal") {
  const std::string said = "fatal error: newproc: function arguments too large for new goroutine\n";
  const auto place = [](std::size_t size, std::size_t align) {
    return test::in_child([=] {
      const auto bytes = std::make_unique<std::byte[]>(2 * rt::closure_maximum);
      G g;
      g.stack.lo = bytes.get();
      g.stack.hi = bytes.get() + 2 * rt::closure_maximum;
      rt::place_on_stack(&g, of(size, align));
    });
  };
  constexpr std::size_t align = 16;
  must(place(rt::closure_maximum - align, align).exit_code == 0,
       {"大小加对齐恰好是 closure_maximum，还放得下",
        "size and alignment together are just closure_maximum: that still fits"});
  must(place(rt::closure_maximum - align + 1, align).error == said,
       {"大小加对齐超过 closure_maximum，该是致命错误：newproc: function arguments too large for "
        "new "
        "goroutine",
        "size and alignment together exceed closure_maximum; that must be fatal: newproc: function "
        "arguments too large for new goroutine"});
  must(place(8, 2 * rt::closure_maximum).error == said,
       {"对齐本身就比 closure_maximum 大：从它减去对齐会绕回，变成一个很大的数；这也该是致命错误",
        "the alignment by itself is larger than closure_maximum: to subtract it from that wraps "
        "around "
        "and gives a large number; this must be fatal too"});
}

template <std::size_t Size, std::size_t Align>
void send_off(std::atomic<int>& wrong) {
  struct alignas(Align) cargo {
    std::array<unsigned char, Size> bytes;
  };
  cargo c;
  c.bytes.fill(static_cast<unsigned char>(Size + Align));
  go([c, &wrong] {
    yield();
    const volatile std::uintptr_t address = number(&c);
    wrong += address % Align != 0;
    for (const unsigned char b : c.bytes) wrong += b != static_cast<unsigned char>(Size + Align);
  });
}

TEST_CASE("goroutines of all these closures run on two Ps") {
  const test::ending e = test::in_child([] {
    std::atomic<int> wrong{0};
    run({.procs = 2}, [&wrong] {
      for (int i = 0; i < 50; ++i) {
        send_off<1, 1>(wrong);
        send_off<56, 8>(wrong);
        send_off<57, 1>(wrong);
        send_off<200, 8>(wrong);
        send_off<64, 128>(wrong);
        send_off<3000, 1024>(wrong);
        test::until_alone();
      }
    });
    return wrong.load() == 0 ? 0 : 1;
  });
  must(e.exit_code == 0,
       {"真的跑起来时，闭包里的内容变了，或没有对齐",
        "when they really ran, what a closure held had changed, or was not aligned"});
}

}  // namespace
}  // namespace newproc::exercise
