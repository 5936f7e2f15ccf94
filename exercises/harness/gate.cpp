// zh: 大门：在学习者的任何代码（包括静态构造函数）之前运行，取走口令，锁上门窗。
//
// zh: 学习者的代码与测试住在同一个地址空间，所以这里能做的是：
//     - 口令（nonce）由评分的进程经一个套接字交来，在 .preinit_array 里就读走：那时还没有一个构造函
//       数跑过。没有口令的结论不算数，所以提前 exit(0)、伪造的输出、往每个描述符里写，都得不到分。
//       套接字不同于管道，不能经 /proc/self/fd 重新打开来读。
//     - 资源的上限，在这里设：CPU、地址空间、文件大小、描述符。
//     - 以 root 运行时先变成 nobody：RLIMIT_NPROC 管不住 root，root 也写得了一切。
//     - seccomp：不许写文件、不许 exec、不许杀评分的进程、不许放宽上限。
//     做不到的：一个在内存里翻找口令、再照着本文件伪造结论的程序。它写得出来，已经不是在做习题了。
//
// en: The gate: runs before any of the learner's code, static constructors included; takes the
//     password and locks the doors.
//
// en: The learner's code shares its address space with the tests, so what can be done is this:
//     - The grading process hands over a nonce through a socket, and it is read in .preinit_array,
//       before any constructor has run. A verdict without it does not count, so an early exit(0),
//       fake output and writing to every descriptor earn nothing. Unlike a pipe, a socket can't be
//       opened again for reading through /proc/self/fd.
//     - Limits are set here: CPU time, address space, file size, descriptors.
//     - Run by root it first becomes nobody: RLIMIT_NPROC does not bind root, and root may write
//       everything.
//     - seccomp: no writing of files, no exec, no killing of the grading process, no raising of
//       limits.
//     What can't be done: stop a program that searches memory for the nonce and forges a verdict by
//     this file. A learner who can write that is no longer doing the exercise.
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "judge.hpp"

namespace newproc::exercise {
namespace {

constexpr rlim_t cpu_seconds = 20;
constexpr rlim_t address_space = rlim_t{4} << 30;  // zh: 栈的预留不占内存 en: reserved, not used
constexpr rlim_t file_bytes = 1 << 20;
constexpr rlim_t descriptors = 64;
constexpr rlim_t processes = 256;  // zh: 只在变成 nobody 之后才有用 en: of use to nobody only
constexpr uid_t nobody = 65534;

constexpr std::size_t nonce_bytes = 32;
int verdict_fd = -1;
char nonce[nonce_bytes + 1];

void limit(decltype(RLIMIT_CPU) what, rlim_t n) {
  const rlimit bound{n, n};
  ::setrlimit(what, &bound);
}

// zh: 一小段 BPF：逐条写下规则，最后放行。 en: A little BPF: one rule after another, then allow.
class filter {
 public:
  static constexpr std::uint32_t number = offsetof(seccomp_data, nr);
  static constexpr std::uint32_t argument(int i) {
    return static_cast<std::uint32_t>(offsetof(seccomp_data, args) + 8 * static_cast<unsigned>(i));
  }
  /// zh: 不许调用 @p call。 en: Forbids @p call.
  void forbid(long call) {
    load(number);
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1);
    refuse();
  }
  /// zh: 参数 @p i 满足 @p test（BPF_JSET、BPF_JEQ、BPF_JGE）就不许。
  /// en: Forbids it if argument @p i passes @p test (BPF_JSET, BPF_JEQ, BPF_JGE).
  void forbid_if(long call, int i, std::uint16_t test, std::uint32_t value) {
    load(number);
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 3);
    load(argument(i));
    add(static_cast<std::uint16_t>(BPF_JMP | test | BPF_K), value, 0, 1);
    refuse();
  }
  void install() {
    add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
    sock_fprog program{n_, code_};
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
  }

 private:
  void load(std::uint32_t at) { add(BPF_LD | BPF_W | BPF_ABS, at, 0, 0); }
  void refuse() { add(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM, 0, 0); }
  void add(int op, std::uint32_t k, std::uint8_t yes, std::uint8_t no) {
    code_[n_++] = {static_cast<std::uint16_t>(op), yes, no, k};
  }
  sock_filter code_[256];
  unsigned short n_ = 0;
};

void lock_the_doors() {
  filter f;
  for (const long call : {
#ifdef SYS_creat  // zh: 较新的体系结构没有这些旧调用 en: newer architectures lack these old calls
           SYS_creat,
           SYS_unlink,
           SYS_rename,
           SYS_mkdir,
           SYS_rmdir,
           SYS_link,
           SYS_symlink,
           SYS_chmod,
           SYS_chown,
           SYS_mknod,
#endif
           SYS_unlinkat,
           SYS_renameat2,
           SYS_mkdirat,
           SYS_linkat,
           SYS_symlinkat,
           SYS_fchmodat,
           SYS_fchownat,
           SYS_mknodat,
           SYS_truncate,
           SYS_execve,
           SYS_execveat,
           SYS_ptrace,
           SYS_process_vm_readv,
           SYS_process_vm_writev,
           SYS_setrlimit,
           SYS_openat2,
           SYS_tkill,
           SYS_pidfd_open,
           SYS_io_uring_setup,
           SYS_setpgid,
           SYS_setsid,
           SYS_utimensat})
    f.forbid(call);
#ifdef SYS_renameat
  f.forbid(SYS_renameat);
#endif
  constexpr std::uint32_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
  f.forbid_if(SYS_openat, 2, BPF_JSET, writing);
#ifdef SYS_open
  f.forbid_if(SYS_open, 1, BPF_JSET, writing);
#endif
  // zh: prlimit64 的第三个参数不空，就是要改上限。
  // en: prlimit64 with a third argument wants to change a limit.
  f.forbid_if(SYS_prlimit64, 2, BPF_JSET, 0xffffffffu);
  const auto grader = static_cast<std::uint32_t>(::getppid());
  f.forbid_if(SYS_kill, 0, BPF_JEQ, grader);
  f.forbid_if(SYS_kill, 0, BPF_JGE, 0x80000000u);  // zh: 负的是一群 en: negative: many at once
  f.forbid_if(SYS_tgkill, 0, BPF_JEQ, grader);
  f.install();
}

// zh: libc 的 environ 此刻还没有准备好。 en: At this moment libc's environ is not ready yet.
const char* variable(char** environment, std::string_view name) {
  for (; *environment != nullptr; ++environment)
    if (const std::string_view text(*environment); text.starts_with(name))
      return *environment + name.size();
  return nullptr;
}

void enter(int, char**, char** environment) {
  const char* fd = variable(environment, "NEWPROC_VERDICT_FD=");
  if (fd == nullptr) return;
  verdict_fd = std::atoi(fd);
  if (::recv(verdict_fd, nonce, nonce_bytes, MSG_WAITALL) != nonce_bytes) ::_exit(125);

  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  limit(RLIMIT_CPU, cpu_seconds);
  limit(RLIMIT_AS, address_space);
  limit(RLIMIT_FSIZE, file_bytes);
  limit(RLIMIT_NOFILE, descriptors);
  limit(RLIMIT_CORE, 0);
  if (::geteuid() == 0) {
    limit(RLIMIT_NPROC, processes);
    if (::syscall(SYS_setgroups, 0, nullptr) != 0 || ::setresgid(nobody, nobody, nobody) != 0 ||
        ::setresuid(nobody, nobody, nobody) != 0)
      ::_exit(126);
    ::prctl(PR_SET_DUMPABLE, 1);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // zh: 换用户会清掉它 en: cleared by changing the user
  }
  lock_the_doors();
}

}  // namespace

void send(std::string_view json) {
  std::string line(json);
  line += '\n';
  if (verdict_fd < 0) {
    if (::write(2, line.data(), line.size()) < 0) return;
    return;
  }
  line.insert(0, std::string(nonce) + " ");
  for (std::size_t sent = 0; sent < line.size();) {
    const ssize_t n = ::send(verdict_fd, line.data() + sent, line.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) ::_exit(127);
    sent += static_cast<std::size_t>(n);
  }
}

}  // namespace newproc::exercise

// zh: 链接时排在最前的对象文件，所以它的这一格也在最前。
// en: The first object to be linked, so that its entry here is the first too.
[[gnu::section(".preinit_array"),
  gnu::used]] static void (*const the_gate)(int, char**, char**) = newproc::exercise::enter;
