// zh: Clang 线程安全注解的名字。GCC 不认识它们，在那里它们是空的。
//     契约写在签名里，由编译器检查：谁必须持有哪把锁、谁必须是 P 的主人、谁必须在 g0 上。
// en: Names for Clang's thread-safety annotations. GCC does not know them; there they are empty.
//     A contract stands in the signature and the compiler checks it: who must hold which lock,
//     who must own the P, who must be on g0.
#pragma once

#if defined(__clang__)
#define NEWPROC_ANNOTATE(x) __attribute__((x))
#else
#define NEWPROC_ANNOTATE(x)
#endif

#define CAPABILITY(name) NEWPROC_ANNOTATE(capability(name))
#define SCOPED_CAPABILITY NEWPROC_ANNOTATE(scoped_lockable)
#define GUARDED_BY(...) NEWPROC_ANNOTATE(guarded_by(__VA_ARGS__))
#define REQUIRES(...) NEWPROC_ANNOTATE(requires_capability(__VA_ARGS__))
#define EXCLUDES(...) NEWPROC_ANNOTATE(locks_excluded(__VA_ARGS__))
#define ACQUIRE(...) NEWPROC_ANNOTATE(acquire_capability(__VA_ARGS__))
#define RELEASE(...) NEWPROC_ANNOTATE(release_capability(__VA_ARGS__))
#define ASSERT_CAPABILITY(...) NEWPROC_ANNOTATE(assert_capability(__VA_ARGS__))
#define NO_THREAD_SAFETY_ANALYSIS NEWPROC_ANNOTATE(no_thread_safety_analysis)
