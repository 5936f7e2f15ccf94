// zh: Clang 线程安全注解的名字。GCC 不认识它们，在那里它们是空的。
//     契约写在签名里，由编译器检查：谁必须持有哪把锁、谁必须是 P 的主人、谁必须在 g0 上。
// en: Names for Clang's thread-safety annotations. GCC does not know them; there they are empty.
//     A contract stands in the signature and the compiler checks it: who must hold which lock,
//     who must own the P, who must be on g0.
#pragma once

/// zh: 只有 Clang 看得见的属性。 en: An attribute that only Clang sees.
#if defined(__clang__)
#define NEWPROC_ANNOTATE(x) __attribute__((x))
#else
#define NEWPROC_ANNOTATE(x)
#endif

/// zh: 这个类是一种能力：一把锁，或只为编译器存在的身份。
/// en: This class is a capability: a lock, or an identity that exists for the compiler only.
#define CAPABILITY(name) NEWPROC_ANNOTATE(capability(name))
/// zh: 这个类构造时得到一种能力，析构时放下。
/// en: This class takes a capability when constructed and lets go of it when destroyed.
#define SCOPED_CAPABILITY NEWPROC_ANNOTATE(scoped_lockable)
/// zh: 持有它才可以碰这个字段。 en: Only who holds it may touch this field.
#define GUARDED_BY(...) NEWPROC_ANNOTATE(guarded_by(__VA_ARGS__))
/// zh: 调用者必须持有，返回时仍持有。 en: The caller must hold it, and still does on return.
#define REQUIRES(...) NEWPROC_ANNOTATE(requires_capability(__VA_ARGS__))
/// zh: 调用者不得持有：函数自己要拿。 en: The caller must not hold it: the function takes it.
#define EXCLUDES(...) NEWPROC_ANNOTATE(locks_excluded(__VA_ARGS__))
/// zh: 返回时持有。 en: Held on return.
#define ACQUIRE(...) NEWPROC_ANNOTATE(acquire_capability(__VA_ARGS__))
/// zh: 返回时已放下。 en: Let go of on return.
#define RELEASE(...) NEWPROC_ANNOTATE(release_capability(__VA_ARGS__))
/// zh: 声明已经持有，编译器从此相信。 en: States that it is held; the compiler believes it.
#define ASSERT_CAPABILITY(...) NEWPROC_ANNOTATE(assert_capability(__VA_ARGS__))
/// zh: 不查这个函数：它的锁在另一个函数里、另一个栈上拿或放。
/// en: Don't check this function: its lock is taken or released in another one, on another stack.
#define NO_THREAD_SAFETY_ANALYSIS NEWPROC_ANNOTATE(no_thread_safety_analysis)
