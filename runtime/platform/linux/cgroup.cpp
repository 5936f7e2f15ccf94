// zh: cgroup 的 CPU 配额。两个文件合起来才找得到它：/proc/self/cgroup 说我们在哪个 cgroup 里，
//     /proc/self/mountinfo 说那棵树挂在哪里。v1 与 v2 并存时，cpu 控制器在哪一边，就看哪一边。
//
// zh: 挂上来的可能只是子树（容器里常常如此）：挂载点就是那个子树的根，我们的路径要先减去它。不在子树
//     里的，这个挂载看不见。
//
// zh: 每一层都可以有自己的配额，内核每一层都执行，所以取最小的。Go 1.25 只看最末一层：父层管得更紧时，
//     它的 P 就多了（Go issue 81180）。
//
// zh: 没有采用的设计：只读 /sys/fs/cgroup 下的固定路径，那只对根和挂好命名空间的容器成立。
//
// en: The cgroup's CPU quota. It takes two files to find it: /proc/self/cgroup says in which cgroup
//     we are, /proc/self/mountinfo where that tree is mounted. Where v1 and v2 are both there, the
//     one that has the cpu controller counts.
//
// en: What is mounted may be a subtree only (it often is in containers): the mount point is that
//     subtree's root, which must first be taken off our path. Outside the subtree we can't be seen
//     through this mount.
//
// en: Each level may have a quota of its own, and the kernel enforces every one: so the least
//     counts. Go 1.25 reads the last level only and has too many Ps where a parent is tighter (Go
//     issue 81180).
//
// en: Designs not taken: fixed paths below /sys/fs/cgroup, which hold for the root only and for
//     containers with a namespace of their own.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <string_view>

#include "os/cpu.hpp"

namespace newproc::os {
namespace {

/// zh: 整个文件；读不了则为空。 en: The whole file; empty if it can't be read.
std::string contents(const std::string& path) {
  std::string text;
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return text;
  char part[4096];
  for (;;) {
    const ssize_t n = ::read(fd, part, sizeof part);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    text.append(part, static_cast<std::size_t>(n));
  }
  ::close(fd);
  return text;
}

/// zh: 切下第一个 @p end 之前的；没有 @p end 就是全部。
/// en: Cuts off what stands before the first @p end; without @p end that is all.
std::string_view cut(std::string_view& text, char end) {
  const std::string_view head = text.substr(0, text.find(end));
  text.remove_prefix(std::min(text.size(), head.size() + 1));
  return head;
}

/// zh: 逗号隔开的 @p list 里有 cpu 吗？ en: Is cpu in @p list, whose words are apart by commas?
bool has_cpu(std::string_view list) {
  while (!list.empty())
    if (cut(list, ',') == "cpu") return true;
  return false;
}

/// zh: mountinfo 把空格之类写成反斜杠和三位八进制数。
/// en: mountinfo writes blanks and the like as a backslash and three octal digits.
std::string unescaped(std::string_view text) {
  const auto digit = [&text](std::size_t i) {
    return i < text.size() && text[i] >= '0' && text[i] <= '7' ? text[i] - '0' : -1;
  };
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int a = digit(i + 1), b = digit(i + 2), c = digit(i + 3);
    const bool escape = text[i] == '\\' && a >= 0 && b >= 0 && c >= 0;
    plain += escape ? static_cast<char>(a * 64 + b * 8 + c) : text[i];
    if (escape) i += 3;
  }
  return plain;
}

/// zh: 我们所在的、管 CPU 的 cgroup；path 为空：没有。
/// en: The cgroup that we are in and that controls CPUs; none if path is empty.
struct membership {
  bool v1 = false;
  std::string_view path;
};

/// zh: @p text 是 /proc/self/cgroup，每行“号:控制器:路径”；v2 的号是 0。
/// en: @p text is /proc/self/cgroup, with lines "number:controllers:path"; v2 has number 0.
membership our_cgroup(std::string_view text) {
  membership ours;
  while (!text.empty()) {
    std::string_view line = cut(text, '\n');
    const std::string_view id = cut(line, ':');
    const std::string_view controllers = cut(line, ':');
    if (id == "0") ours.path = line;
    if (id != "0" && has_cpu(controllers)) return {.v1 = true, .path = line};
  }
  return ours;
}

/// zh: 切下一个正整数；“max”、-1、读不懂的都是 0。
/// en: Cuts off a positive integer; "max", -1 and what does not parse are 0.
double number(std::string_view& text) {
  std::int64_t value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value).ptr;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  while (text.starts_with(' ')) text.remove_prefix(1);
  return static_cast<double>(std::max<std::int64_t>(value, 0));
}

/// zh: 文件夹 @p at 这一层的配额；没有则 0。
/// en: The quota of this level, the folder @p at; 0 where there is none.
double quota_at(const std::string& at, bool v1) {
  const std::string quota_text = contents(at + (v1 ? "/cpu.cfs_quota_us" : "/cpu.max"));
  const std::string period_text = v1 ? contents(at + "/cpu.cfs_period_us") : std::string();
  std::string_view rest = quota_text, period_rest = period_text;
  const double quota = number(rest);
  const double period = number(v1 ? period_rest : rest);
  return period > 0 ? quota / period : 0;
}

/// zh: 两个配额里较小的；0 是没有。 en: The lesser of two quotas; 0 is none.
double lesser(double a, double b) { return a == 0 || b == 0 ? a + b : std::min(a, b); }

/// zh: 从 @p mount 下的 @p path 起，一层层往上，直到挂载点。
/// en: From @p path below @p mount upwards, level by level, to the mount point.
double least_quota(const std::string& mount, std::string_view path, bool v1) {
  double least = quota_at(mount + std::string(path), v1);
  while (!path.empty()) {
    path = path.substr(0, path.rfind('/'));
    least = lesser(least, quota_at(mount + std::string(path), v1));
  }
  return least;
}

}  // namespace

double cgroup_quota(const std::string& root) {
  const std::string cgroups = contents(root + "/proc/self/cgroup");
  const membership ours = our_cgroup(cgroups);
  const std::string mounts = contents(root + "/proc/self/mountinfo");
  double least = 0;
  for (std::string_view text = mounts; !ours.path.empty() && !text.empty();) {
    // zh: 号 父号 设备 根 挂载点 选项 ... - 类型 来源 选项
    // en: number parent device root mount-point options ... - type source options
    std::string_view line = cut(text, '\n');
    for (int skipped = 0; skipped < 3; ++skipped) cut(line, ' ');
    std::string top = unescaped(cut(line, ' '));
    const std::string where = unescaped(cut(line, ' '));
    while (!line.empty() && cut(line, ' ') != "-") {
    }
    const std::string_view type = cut(line, ' ');
    cut(line, ' ');
    if (type != (ours.v1 ? "cgroup" : "cgroup2") || (ours.v1 && !has_cpu(line))) continue;

    if (top == "/") top.clear();
    std::string_view below = ours.path;
    if (!below.starts_with(top)) continue;
    below.remove_prefix(top.size());
    if (below == "/") below = {};
    // zh: 以 /.. 开头的在命名空间之外 en: what begins with /.. is outside our namespace
    if (!(below.empty() || below.starts_with('/')) || below.starts_with("/..")) continue;
    least = lesser(least, least_quota(root + where, below, ours.v1));
  }
  return least;
}

}  // namespace newproc::os
