// zh: 系统一时不肯给线程：等一等再试。链接时，运行时要的 pthread_create 和 nanosleep 换成了这里的；
//     不停顿，只记下要停多久。
// en: The system refuses a thread for a moment: wait and try again. When linking, the pthread_create
//     and the nanosleep that the runtime wants become those here; there is no pause, only its length
//     is noted.
#include <doctest/doctest.h>
#include <pthread.h>
#include <time.h>

#include <atomic>
#include <cerrno>
#include <mutex>
#include <vector>

#include "death.hpp"
#include "newproc/newproc.hpp"
#include "os/thread.hpp"

namespace {

// zh: 还要拒绝几次，用哪个 errno；拒绝时才记账。
// en: How often to refuse yet, and with which errno; the account is kept only while refusing.
std::atomic<int> refusals{0}, attempts{0};
int refusal = EAGAIN;
std::mutex lock;
std::vector<long> pauses;

}  // namespace

extern "C" {
// NOLINTBEGIN
int __real_pthread_create(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
int __real_nanosleep(const timespec*, timespec*);

int __wrap_pthread_create(pthread_t* thread, const pthread_attr_t* how, void* (*f)(void*),
                          void* arg) {
  if (refusals.load() == 0) return __real_pthread_create(thread, how, f, arg);
  attempts.fetch_add(1);
  refusals.fetch_sub(1);
  return refusal;
}

int __wrap_nanosleep(const timespec* wanted, timespec* rest) {
  if (attempts.load() == 0) return __real_nanosleep(wanted, rest);
  const std::lock_guard hold(lock);
  pauses.push_back(wanted->tv_sec * 1'000'000'000 + wanted->tv_nsec);
  return 0;
}
// NOLINTEND
}

namespace newproc::test {
namespace {

constexpr int give_up_after = 20;

int start_a_thread(int refused, int with = EAGAIN) {
  refusal = with;
  attempts.store(0);
  pauses.clear();
  refusals.store(refused);
  os::thread t;
  const int error = t.start([](void*) {}, nullptr);
  if (error == 0) t.join();
  refusals.store(0);
  return error;
}

TEST_CASE("a thread that is refused for a moment is asked for again, after growing pauses") {
  for (const int refused : {1, 2, give_up_after - 1}) {
    CAPTURE(refused);
    CHECK(start_a_thread(refused) == 0);
    CHECK(attempts.load() == refused);
    REQUIRE(pauses.size() == static_cast<std::size_t>(refused));
    for (std::size_t i = 0; i < pauses.size(); ++i)
      CHECK(pauses[i] == 1'000'000 * static_cast<long>(i + 1));
  }
}

TEST_CASE("a thread that is refused again and again is given up") {
  CHECK(start_a_thread(1000) == EAGAIN);
  CHECK(attempts.load() == give_up_after);
}

TEST_CASE("an error that no pause can mend is not tried again") {
  CHECK(start_a_thread(1000, EPERM) == EPERM);
  CHECK(attempts.load() == 1);
  CHECK(pauses.empty());
}

int run_with(int refused) {
  refusal = EAGAIN;
  refusals.store(refused);
  return run({.procs = 2}, [] {
    lock_os_thread();  // zh: 要模板线程 en: wants the template thread
    bool ran = false;
    go([&ran] { ran = true; });
    while (num_goroutine() > 1) yield();
    return ran ? 0 : 1;
  });
}

TEST_CASE("a run outlives a system that refuses threads for a moment") {
  const ending e = in_child([] { return run_with(give_up_after - 1); });
  CAPTURE(e.error);
  CHECK(e.exit_code == 0);
  CHECK(e.error.empty());
}

TEST_CASE("a run whose threads are refused again and again ends and tells it") {
  const ending e = in_child([] { return run_with(1000); });
  CHECK(e.exit_code == 2);
  const std::string first = e.head(1);
  CHECK(first.starts_with("runtime: failed to create new OS thread (have "));
  CHECK(first.ends_with(" already; errno=11)\n"));
  CHECK(e.head(3).substr(first.size()) ==
        "runtime: may need to increase max user processes (ulimit -u)\n"
        "fatal error: newosproc\n");
}

}  // namespace
}  // namespace newproc::test
