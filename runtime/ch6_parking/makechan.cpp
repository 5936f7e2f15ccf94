// zh: 通道的生与死。
//
// zh: 通道由句柄数着：最后一个引用走了，缓冲和里面的元素就没有了，通道本身留着给下一个 makechan。为什么不还给系统：
//     放锁不是一瞬间的事。锁字写成 0 之后，放锁的 M 还要看一眼有没有人在等；而锁一放，别人就可以收走值、放掉最后一个引
//     用。那一眼看到的，必须还是一把锁。
//
// zh: 句柄可以比一次运行长命。运行结束时还等着的 G 都不在了，它们的 sudog 要从通道里取下来。
//
// en: The life and death of channels.
//
// en: Handles count a channel: when the last reference is gone its buffer and the elements inside are gone too,
//     the channel itself is kept for the next makechan. Why it is not given back: releasing a lock takes more
//     than a moment. After the lock word has become 0, the M that releases looks whether another waits; but as
//     soon as it is released another may take the value and drop the last reference. What that look meets must
//     still be a lock.
//
// en: Handles may outlive a run. The Gs that wait when a run ends are gone, and their sudogs must come off the
//     channels.
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "ch6_parking/inside.hpp"
#include "ch6_parking/parking.hpp"
#include "ch6_parking/waitq.hpp"
#include "model/immortal.hpp"
#include "newproc/go.hpp"

namespace newproc::rt {
namespace {

/// zh: 通道的仓库，比每一次运行都长命。 en: The store of channels; it outlives every run.
struct hchan_store {
  os::mutex lock;
  std::vector<std::unique_ptr<hchan[]>> slabs GUARDED_BY(lock);
  hchan* unused GUARDED_BY(lock) = nullptr;
};
[[gnu::init_priority(built_first)]] immortal<hchan_store> store;

hchan* new_hchan() {
  const os::lock_guard hold(store->lock);
  if (store->unused == nullptr) {
    auto made = std::make_unique<hchan[]>(hchans_per_slab);
    for (std::size_t i = hchans_per_slab; i-- > 0;) {
      made[i].link = store->unused;
      store->unused = &made[i];
    }
    store->slabs.push_back(std::move(made));
  }
  hchan* c = store->unused;
  store->unused = c->link;
  return c;
}

constexpr std::size_t most_bytes = std::size_t{1} << 47;  // Go: malloc.go, maxAlloc

/// zh: @p capacity 个 @p type 的地方，尚未构造；放不下则 panic。
/// en: Room for @p capacity of @p type, nothing constructed; panics if there is none.
std::byte* new_buffer(const chantype& type, std::size_t capacity) {
  if (capacity == 0) return nullptr;
  void* room = nullptr;
  if (capacity <= most_bytes / type.size)
    room = ::operator new(capacity * type.size, std::align_val_t{type.align}, std::nothrow);
  if (room == nullptr) panic("makechan: size out of range");
  return static_cast<std::byte*>(room);
}

}  // namespace

// [makechan]
hchan* makechan(const chantype& type, std::size_t capacity) {
  std::byte* buf = new_buffer(type, capacity);
  hchan* c = new_hchan();
  c->buf = buf;
  c->type = &type;
  c->dataqsiz = capacity;
  c->refs.store(1, order::relaxed);
  return c;
}
// [makechan]

void chanretain(hchan* c) {
  if (c != nullptr) c->refs.fetch_add(1, order::relaxed);
}

// [chanrelease]
namespace {

/// zh: 还在缓冲里的元素析构，缓冲还掉。 en: The elements still in the buffer are destroyed, the buffer is given back.
void free_buffer(hchan* c, std::byte* buf, std::size_t capacity) {
  if (c->type->destroy != nullptr) {
    std::size_t i = c->recvx;
    for (std::size_t n = c->qcount.load(order::relaxed); n > 0; --n, i = i + 1 == capacity ? 0 : i + 1)
      c->type->destroy(buf + i * c->type->size);
  }
  ::operator delete(buf, std::align_val_t{c->type->align});
}

}  // namespace

void chanrelease(hchan* c) NO_THREAD_SAFETY_ANALYSIS {
  // zh: 减一与减一配对：最后走的看得见别人做过的一切 en: each pairs with the others: the last to go sees all that the others did
  if (c == nullptr || c->refs.fetch_sub(1, order::acq_rel) != 1) return;
  // zh: 还等着的再也等不到什么，可是还停着：别再指着我们 en: those that wait still, for nothing now, stay parked: they must not point at us
  c->lock.real().lock();
  for (waitq* q : {&c->recvq, &c->sendq})
    while (sudog* sg = head(*q)) {
      dequeueSudoG(*q, sg);
      sg->c = nullptr;
    }
  std::byte* buf = std::exchange(c->buf, nullptr);
  const std::size_t capacity = std::exchange(c->dataqsiz, 0);
  c->lock.real().unlock();
  if (buf != nullptr) free_buffer(c, buf, capacity);
  c->sendx = 0;
  c->recvx = 0;
  c->qcount.store(0, order::relaxed);
  c->closed.store(false, order::relaxed);
  const os::lock_guard hold(store->lock);
  c->link = store->unused;
  store->unused = c;
}
// [chanrelease]

std::size_t chanlen(const hchan* c) {
  return c == nullptr ? 0 : c->qcount.load(order::relaxed);
}

std::size_t chancap(const hchan* c) { return c == nullptr ? 0 : c->dataqsiz; }

// [parkingend]
void parkingend() {
  {
    const os::lock_guard hold(sched.allglock);
    for (G* g : sched.allgs)
      for (sudog* sg = g->waiting; sg != nullptr; sg = sg->waitlink)
        if (hchan* c = sg->c; c != nullptr) dequeueSudoG(sg->sends ? c->sendq : c->recvq, sg);
  }
  free_sudogs();
}
// [parkingend]

}  // namespace newproc::rt
