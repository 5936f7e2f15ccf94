// zh: 读写锁。一个字里记着全部：写者握着没有，几个写者在等，几个读者在等，几个读者握着。每一步是一次读改写，要放行谁
//     也在这一步里认定；放行的人等在里面，所以对象还在。
//
// zh: 不变式：有人等着  =>  写者握着，或有读者握着。放的最后一个把锁直接交给等着的：读者走光了，交给一个写者；写者走
//     了，先放行等着的全部读者，否则交给下一个写者。有写者等着时，新来的读者排队，所以写者不会饿死；写者一走读者先行，
//     所以读者也不会。
//
// zh: 没有采用的设计：Go 的两个计数加一把锁加两个信号量（写者放锁分三步，中间拿到读锁的人就不能析构它）。
//
// en: The reader-writer lock. One word holds all: whether a writer has it, how many writers wait, how many readers
//     wait, how many readers have it. Each step is one read-modify-write, in which it is also settled who is let
//     go on; those still wait inside, so the object is there.
//
// en: Invariant: some wait  =>  a writer has it, or readers do. The last one to release hands it straight to those
//     that wait: when the readers are gone, to a writer; when the writer is gone, to all readers that wait, else to
//     the next writer. While a writer waits new readers queue, so writers don't starve; when a writer goes readers
//     come first, so neither do they.
//
// en: Designs not taken: Go's two counters, a lock and two semaphores (a writer releases in three steps, and one
//     that gets a read lock in between could not destroy it).
#include "ch6_parking/parking.hpp"
#include "newproc/sync.hpp"
#include "observe/fatal.hpp"

namespace newproc {
namespace {

constexpr int bits = 21;  // zh: 每个数两百万 en: two million each
constexpr std::uint64_t most = (std::uint64_t{1} << bits) - 1;
constexpr std::uint64_t reader = 1;
constexpr std::uint64_t waiting_reader = reader << bits;
constexpr std::uint64_t waiting_writer = waiting_reader << bits;
constexpr std::uint64_t writer = waiting_writer << bits;

std::uint64_t readers(std::uint64_t state) { return state & most; }
std::uint64_t waiting_readers(std::uint64_t state) { return state / waiting_reader & most; }
std::uint64_t waiting_writers(std::uint64_t state) { return state / waiting_writer & most; }

}  // namespace

void rw_mutex::renew() {
  if (rt::semafresh(readers_)) return;
  // zh: 谁也不等了；锁在交接途中的，接的人也不在了 en: none waits any more; and where it was being handed over, those it was for are gone too
  rt::semarenew(
      writers_,
      [](void* m) {
        auto* self = static_cast<rw_mutex*>(m);
        if (self->writers_.handed.load(rt::order::relaxed) != 0)
          self->state_.fetch_and(~writer, rt::order::relaxed);
      },
      this);
  rt::semarenew(
      readers_,
      [](void* m) {
        auto* self = static_cast<rw_mutex*>(m);
        self->state_.fetch_and(writer | most, rt::order::relaxed);
        self->state_.fetch_sub(self->readers_.handed.load(rt::order::relaxed), rt::order::relaxed);
      },
      this);
}

// [shared]
void rw_mutex::lock_shared() {
  rt::goroutine("rw_mutex::lock_shared");
  std::uint64_t old = state_.load(rt::order::relaxed);
  for (;;) {
    const bool free = old < waiting_writer;  // zh: 没有写者握着，也没有等着 en: no writer has it, none waits
    if (!free && !rt::semafresh(readers_)) {
      renew();
      old = state_.load(rt::order::relaxed);
      continue;
    }
    // zh: 与 unlock 的 release 配对 en: pairs with the release in unlock
    if (!rt::cas(state_, old, old + (free ? reader : waiting_reader), rt::order::acquire)) continue;
    if (!free) rt::semacquire(readers_, "sync.RWMutex.RLock");
    return;
  }
}

bool rw_mutex::try_lock_shared() {
  rt::goroutine("rw_mutex::try_lock_shared");
  if (state_.load(rt::order::relaxed) >= waiting_writer) renew();
  std::uint64_t old = state_.load(rt::order::relaxed);
  while (old < waiting_writer)
    // zh: 与 unlock 的 release 配对 en: pairs with the release in unlock
    if (rt::cas(state_, old, old + reader, rt::order::acquire)) return true;
  return false;
}

void rw_mutex::unlock_shared() {
  rt::goroutine("rw_mutex::unlock_shared");
  std::uint64_t old = state_.load(rt::order::relaxed);
  for (;;) {
    if (readers(old) == 0) rt::fatal("sync: RUnlock of unlocked RWMutex");
    if (waiting_writers(old) != 0 && !rt::semafresh(readers_)) {
      renew();
      old = state_.load(rt::order::relaxed);
      continue;
    }
    const bool pass = readers(old) == 1 && waiting_writers(old) != 0;
    const std::uint64_t next = old - reader + (pass ? writer - waiting_writer : 0);
    // zh: 与 lock 的 acquire 配对；几个读者的在这个字上连成一串 en: pairs with the acquire in lock; those of several readers form a chain on this word
    if (!rt::cas(state_, old, next, rt::order::release)) continue;
    if (pass) rt::semrelease(writers_);
    return;
  }
}
// [shared]

// [exclusive]
void rw_mutex::lock() {
  rt::goroutine("rw_mutex::lock");
  std::uint64_t old = state_.load(rt::order::relaxed);
  for (;;) {
    const bool free = old == 0;
    if (!free && !rt::semafresh(readers_)) {
      renew();
      old = state_.load(rt::order::relaxed);
      continue;
    }
    // zh: 与 unlock 和 unlock_shared 的 release 配对 en: pairs with the release in unlock, and that in unlock_shared
    if (!rt::cas(state_, old, old + (free ? writer : waiting_writer), rt::order::acquire)) continue;
    if (!free) rt::semacquire(writers_, "sync.RWMutex.Lock");
    return;
  }
}

bool rw_mutex::try_lock() {
  rt::goroutine("rw_mutex::try_lock");
  if (state_.load(rt::order::relaxed) != 0) renew();
  std::uint64_t free = 0;
  // zh: 与 unlock 和 unlock_shared 的 release 配对 en: pairs with the release in unlock, and that in unlock_shared
  return rt::cas(state_, free, writer, rt::order::acquire);
}

void rw_mutex::unlock() {
  rt::goroutine("rw_mutex::unlock");
  std::uint64_t old = state_.load(rt::order::relaxed);
  for (;;) {
    if (old < writer) rt::fatal("sync: Unlock of unlocked RWMutex");
    if (old != writer && !rt::semafresh(readers_)) {
      renew();
      old = state_.load(rt::order::relaxed);
      continue;
    }
    const std::uint64_t let_in = waiting_readers(old);
    const bool pass = let_in == 0 && waiting_writers(old) != 0;
    const std::uint64_t next = pass ? old - waiting_writer
                                    : old - writer - let_in * waiting_reader + let_in * reader;
    // zh: 与 lock 和 lock_shared 的 acquire 配对 en: pairs with the acquire in lock, and that in lock_shared
    if (!rt::cas(state_, old, next, rt::order::release)) continue;
    if (pass) rt::semrelease(writers_);
    for (std::uint64_t i = 0; i < let_in; ++i) rt::semrelease(readers_);
    return;
  }
}
// [exclusive]

}  // namespace newproc
