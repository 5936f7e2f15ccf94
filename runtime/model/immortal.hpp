// zh: 全局对象：程序启动时构造，从不析构。
//
// zh: main 返回或有人调用 exit 时，静态对象一个个析构，而别的 M 还在跑：它们会用到已经没有了的栈、
//     G、锁。所以运行时的全局对象都住在这里，析构是平凡的，编译器不会替它登记；tests/install 查库里
//     的符号，一个也不许有。
//
// zh: 构造在程序自己的静态初始化之前（built_first）：那里就可以 run。
//
// zh: 没有采用的设计：析构函数为空的 union（GCC 照样登记一次空的析构）；new 出来再不释放（每次访问
//     多走一步指针，地址也不再是常量）。
//
// en: Global objects: built when the program starts, never destroyed.
//
// en: When main returns or exit is called, static objects are destroyed one by one while other Ms
//     still run: they would use stacks, Gs and locks that are gone. So the runtime's global objects
//     live in one of these, whose destructor is trivial, so that the compiler registers none;
//     tests/install looks at the library's symbols and finds not a single one.
//
// en: They are built before the program's own static initialisers (built_first): run may be called
//     there.
//
// en: Designs not taken: a union with an empty destructor (GCC registers the empty one all the
//     same); a `new` that is never deleted (one more pointer to follow at each access, and the
//     address is no constant any more).
#pragma once

#include <cstddef>
#include <new>

namespace newproc::rt {

/// zh: 数越小越早；100 以下归编译器。写在定义上：[[gnu::init_priority(built_first)]]。
/// en: The lower, the earlier; up to 100 belong to the compiler. Stands at the definition:
///     [[gnu::init_priority(built_first)]].
inline constexpr int built_first = 101;

/// zh: 一个 T，用起来像指向它的指针。 en: A T, used like a pointer to it.
template <class T>
class immortal {
 public:
  immortal() { ::new (static_cast<void*>(room_)) T; }
  immortal(const immortal&) = delete;
  immortal& operator=(const immortal&) = delete;
  T* operator->() { return std::launder(reinterpret_cast<T*>(room_)); }
  T& operator*() { return *operator->(); }

 private:
  alignas(T) std::byte room_[sizeof(T)];
};

}  // namespace newproc::rt
