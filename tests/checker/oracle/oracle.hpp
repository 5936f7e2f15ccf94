// zh: 内存模型的裁判：按 C++20 的公理，数出一个小程序的全部执行。
//
// zh: 检查器的模型是“操作式”的：一步一步走，每一步看得见哪些写。这里的是“公理式”的：先猜出整张图，
//     谁读到谁的写（rf），每个变量的写按什么次序（mo），再看这张图有没有公理禁止的环。两者没有一行
//     共同的代码，也不是看着对方写的；它们若处处一致，就不像是错在同一处。
//
// zh: 公理取自 RC11（Lahav、Vafeiadis、Kang、Hur、Dreyer：Repairing Sequential Consistency in C/C++11，
//     PLDI 2017），C++20 的 seq_cst 就是照它改的（P0668）；释放序列按 C++20（P0982）。与 C++20 的条文
//     有两处不同：RC11 没有 load buffering；还有 LWG 3941，见 litmus.cpp 的 SB+rfis。
//
// en: The memory model's judge: by the axioms of C++20 it counts all executions of a small program.
//
// en: The checker's model is operational: it goes step by step and says which stores each step can
//     see. This one is axiomatic: guess the whole graph, who reads whose store (rf) and in which
//     order each variable was written (mo), then look for a cycle that an axiom forbids. The two
//     share no line of code and neither was written with the other in sight. Where they always
//     agree, it is not likely that both are wrong in one and the same place.
//
// en: The axioms are RC11's (Lahav, Vafeiadis, Kang, Hur, Dreyer: Repairing Sequential Consistency in
//     C/C++11, PLDI 2017), after which C++20 changed its seq_cst (P0668). Release sequences are
//     C++20's (P0982). Two things differ from C++20's letter: RC11 has no load buffering, and there
//     is LWG 3941, see SB+rfis in litmus.cpp.
#pragma once

#include <atomic>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "relation.hpp"

namespace newproc::oracle {

using order = std::memory_order;

enum class kind { load, store, exchange, fetch_add, fence };

struct operation {
  kind what;
  order how;
  int location = 0;
  int value = 0;  // zh: 写入或加上的 en: what is written or added
};

/// zh: 每个线程是一串操作，没有分支；变量的初值是 0。
/// en: A thread is a row of operations without branches. Variables begin as 0.
using thread = std::vector<operation>;
using program = std::vector<thread>;

/// zh: 结局：每个读（线程依次，线程之内依次）读到的值，然后是每个变量最后的值。
/// en: An outcome: what each read got, thread by thread in program order, then each variable's last
///     value.
using outcome = std::vector<int>;

constexpr bool reads(kind k) { return k != kind::store && k != kind::fence; }
constexpr bool writes(kind k) { return k != kind::load && k != kind::fence; }
int locations(const program& p);
/// zh: 程序的文字，线程之间用 | 隔开。 en: The program as text, with | between threads.
std::string text(const program& p);
std::string text(const outcome& o);
std::string text(const std::set<outcome>& all);

/// zh: 一次执行的图。一个 RMW 是一个既读又写的事件。
/// en: The graph of an execution. A read-modify-write is one event, both a read and a write.
struct execution {
  event_set reads = 0, writes = 0, fences = 0;
  event_set acquire = 0, release = 0, seq_cst = 0;  // zh: 至少有这么强 en: at least so strong
  relation sb;                                      // sequenced before
  relation same_location;                           // zh: 屏障没有位置 en: fences have none
  relation rf, mo;  // zh: 猜的：读自；修改次序 en: guessed: reads-from, modification order
  relation rb, eco, sw, hb, psc;  // zh: 由上面几个推出 en: derived from those above
};

/// zh: 推出 rb 至 psc；全部公理都成立吗？（axioms.cpp）
/// en: Derives rb to psc; do all axioms hold? (axioms.cpp)
bool consistent(execution& g);

/// zh: 另加的公理：只在完整的图上问。 en: An axiom in addition, asked of complete graphs only.
using axiom = std::function<bool(const execution&)>;

struct answer {
  long executions = 0;  // zh: 相容的图有几张 en: how many graphs are consistent
  std::set<outcome> outcomes;
};

/// zh: @p p 的全部执行；给了 @p also 就只算也满足它的。
/// en: All executions of @p p, or those that satisfy @p also as well.
answer enumerate(const program& p, const axiom& also = nullptr);

}  // namespace newproc::oracle
