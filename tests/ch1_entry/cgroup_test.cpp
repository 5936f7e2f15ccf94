// zh: cgroup 的 CPU 配额：在一棵假的文件树里找到它；又怎样化为 P 的个数。
// en: The cgroup's CPU quota: found in a tree of fake files; and what number of Ps it makes.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "observe/settings.hpp"
#include "os/cpu.hpp"
#include "world/world.hpp"

namespace newproc::test {
namespace {

// zh: 一棵假的文件树，析构时删掉。 en: A tree of fake files, deleted in the end.
class machine {
 public:
  machine() {
    char name[] = "/tmp/newproc-cgroup-XXXXXX";
    REQUIRE(::mkdtemp(name) != nullptr);
    root_ = name;
  }
  ~machine() { std::filesystem::remove_all(root_); }
  machine(const machine&) = delete;
  machine& operator=(const machine&) = delete;

  machine& file(const std::string& path, const std::string& text) {
    const std::filesystem::path whole = root_ + path;
    std::filesystem::create_directories(whole.parent_path());
    std::ofstream(whole) << text;
    return *this;
  }
  machine& we_are_in(const std::string& cgroups) { return file("/proc/self/cgroup", cgroups); }
  machine& mounted(const std::string& mounts) {
    return file("/proc/self/mountinfo",
                "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/root rw\n"
                "23 22 0:21 / /sys rw,nosuid shared:7 master:3 - sysfs sysfs rw\n" +
                    mounts);
  }
  machine& v2(const std::string& folder, const std::string& cpu_max) {
    return file(folder + "/cpu.max", cpu_max + "\n");
  }
  machine& v1(const std::string& folder, const std::string& quota, const std::string& period) {
    file(folder + "/cpu.cfs_quota_us", quota + "\n");
    return file(folder + "/cpu.cfs_period_us", period + "\n");
  }
  [[nodiscard]] double quota() const { return os::cgroup_quota(root_); }

 private:
  std::string root_;
};

const std::string v2_mount = "30 23 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw\n";
const std::string v1_mount =
    "35 23 0:30 / /sys/fs/cgroup/memory rw shared:15 - cgroup cgroup rw,memory\n"
    "36 23 0:31 / /sys/fs/cgroup/cpu,cpuacct rw shared:16 - cgroup cgroup rw,cpu,cpuacct\n"
    "37 23 0:32 / /sys/fs/cgroup/cpuset rw shared:17 - cgroup cgroup rw,cpuset\n";
const std::string cpu_folder = "/sys/fs/cgroup/cpu,cpuacct";

TEST_CASE("cgroup v2: the quota of the cgroup that we are in") {
  machine m;
  m.we_are_in("0::/user.slice/job\n").mounted(v2_mount);
  m.v2("/sys/fs/cgroup/user.slice", "max 100000");
  m.v2("/sys/fs/cgroup/user.slice/job", "300000 100000");
  CHECK(m.quota() == 3);
}

TEST_CASE("cgroup v2: of all levels the least quota counts") {
  machine m;
  m.we_are_in("0::/a/b/c\n").mounted(v2_mount);
  m.v2("/sys/fs/cgroup/a", "500000 100000");
  m.v2("/sys/fs/cgroup/a/b", "150000 100000");
  m.v2("/sys/fs/cgroup/a/b/c", "400000 100000");
  CHECK(m.quota() == 1.5);
  m.v2("/sys/fs/cgroup/a", "100000 100000");
  CHECK(m.quota() == 1);
  m.v2("/sys/fs/cgroup/a", "max 100000").v2("/sys/fs/cgroup/a/b", "max 100000");
  CHECK(m.quota() == 4);
}

TEST_CASE("cgroup v2: a level without a cpu controller has no quota and hides none above it") {
  machine m;
  m.we_are_in("0::/a/b/c\n").mounted(v2_mount);
  CHECK(m.quota() == 0);
  m.v2("/sys/fs/cgroup/a", "200000 100000");
  CHECK(m.quota() == 2);
}

TEST_CASE("cgroup v2: a container with a namespace of its own sees its cgroup as the root") {
  machine m;
  m.we_are_in("0::/\n").mounted(v2_mount).v2("/sys/fs/cgroup", "250000 100000");
  CHECK(m.quota() == 2.5);
}

TEST_CASE("cgroup v2: the quota of a neighbour is not ours") {
  machine m;
  m.we_are_in("0::/job\n").mounted(v2_mount);
  m.v2("/sys/fs/cgroup/job2", "100000 100000").v2("/sys/fs/cgroup/jo", "100000 100000");
  CHECK(m.quota() == 0);
}

TEST_CASE("cgroup v1: quota and period are files of their own") {
  machine m;
  m.we_are_in("9:memory:/m\n4:cpu,cpuacct:/batch/job\n1:name=systemd:/\n").mounted(v1_mount);
  m.v1(cpu_folder + "/batch/job", "600000", "200000");
  CHECK(m.quota() == 3);
  m.v1(cpu_folder + "/batch", "100000", "50000");
  CHECK(m.quota() == 2);
  m.v1(cpu_folder + "/batch", "-1", "50000");
  CHECK(m.quota() == 3);
  m.v1(cpu_folder + "/batch/job", "-1", "200000");
  CHECK(m.quota() == 0);
}

TEST_CASE("cgroup v1: cpuset and cpuacct are not cpu") {
  machine m;
  m.we_are_in("5:cpuset:/a\n4:cpuacct:/a\n")
      .mounted(
          "37 23 0:32 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n"
          "38 23 0:33 / /sys/fs/cgroup/cpuacct rw - cgroup cgroup rw,cpuacct\n");
  m.v1("/sys/fs/cgroup/cpuset/a", "100000", "100000");
  m.v1("/sys/fs/cgroup/cpuacct/a", "100000", "100000");
  CHECK(m.quota() == 0);
}

TEST_CASE("cgroup v1: a mount of a subtree, as containers have it") {
  machine m;
  m.we_are_in("4:cpu,cpuacct:/docker/abc/inner\n")
      .mounted(
          "36 23 0:31 /docker/abc /sys/fs/cgroup/cpu rw master:9 - cgroup cgroup rw,cpu,cpuacct\n");
  m.v1("/sys/fs/cgroup/cpu", "300000", "100000");
  CHECK(m.quota() == 3);
  m.v1("/sys/fs/cgroup/cpu/inner", "150000", "100000");
  CHECK(m.quota() == 1.5);
}

TEST_CASE("a mount in which our cgroup is not to be seen says nothing about it") {
  machine m;
  m.mounted("36 23 0:31 /docker/abc /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
  m.v2("/sys/fs/cgroup", "100000 100000").v2("/sys/fs/cgroup/d", "100000 100000");
  for (const char* path : {"/docker/xyz", "/docker/abcd", "/docker", "/"})
    CHECK(m.we_are_in("0::" + std::string(path) + "\n").quota() == 0);
  m.mounted(v2_mount);
  for (const char* path : {"/../xyz", "/.."})
    CHECK(m.we_are_in("0::" + std::string(path) + "\n").quota() == 0);
}

TEST_CASE("of several mounts the one that shows our cgroup is found") {
  machine m;
  m.we_are_in("0::/a/b\n");
  m.mounted(
      "30 23 0:26 /other /elsewhere rw - cgroup2 cgroup2 rw\n"
      "31 23 0:26 /a /mine rw - cgroup2 cgroup2 rw\n");
  m.v2("/elsewhere", "100000 100000").v2("/mine/b", "700000 100000");
  CHECK(m.quota() == 7);
}

TEST_CASE("hybrid: the side that has the cpu controller counts") {
  machine with_v1;
  with_v1.we_are_in("4:cpu,cpuacct:/job\n0::/job\n").mounted(v2_mount + v1_mount);
  with_v1.v2("/sys/fs/cgroup/job", "100000 100000");
  with_v1.v1(cpu_folder + "/job", "500000", "100000");
  CHECK(with_v1.quota() == 5);

  machine with_v2;
  with_v2.we_are_in("9:memory:/job\n1:name=systemd:/job\n0::/job\n")
      .mounted(
          "30 23 0:26 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"
          "35 23 0:30 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n");
  with_v2.v2("/sys/fs/cgroup/unified/job", "500000 100000");
  CHECK(with_v2.quota() == 5);
}

TEST_CASE("a mount point and a cgroup may have odd names") {
  machine m;
  m.we_are_in("0::/a job:1, \\040cpu\n");
  m.mounted("30 23 0:26 / /my\\040cgroups\\134x rw - cgroup2 cgroup2 rw\n");
  m.v2("/my cgroups\\x/a job:1, \\040cpu", "300000 100000");
  CHECK(m.quota() == 3);
}

TEST_CASE("a very long line of another mount does no harm") {
  machine m;
  m.we_are_in("0::/job\n")
      .mounted("262 31 0:72 / /merged rw shared:729 - overlay overlay rw,lowerdir=" +
               std::string(200'000, 'x') + "\n" + v2_mount);
  m.v2("/sys/fs/cgroup/job", "300000 100000");
  CHECK(m.quota() == 3);
}

TEST_CASE("where nothing can be read there is no quota") {
  machine m;
  CHECK(m.quota() == 0);
  m.we_are_in("0::/job\n");
  CHECK(m.quota() == 0);
  m.mounted("");
  CHECK(m.quota() == 0);
  m.mounted(v2_mount);
  for (const char* odd : {"", "max", "x y", "100000", "100000 0", "-1 100000", "100000 -1"}) {
    CAPTURE(odd);
    CHECK(m.v2("/sys/fs/cgroup/job", odd).quota() == 0);
  }
  for (const char* odd : {"", "\n", "0", "0:", "0::", "::", "cpu"}) {
    CAPTURE(odd);
    CHECK(m.we_are_in(odd).quota() == 0);
  }
  m.we_are_in("0::/job\n").v2("/sys/fs/cgroup/job", "300000 100000");
  for (const char* odd : {"30", "30 23 0:26", "30 23 0:26 / /sys/fs/cgroup rw", " - cgroup2"}) {
    CAPTURE(odd);
    CHECK(m.mounted(odd).quota() == 0);
  }
}

TEST_CASE("a quota is rounded up to at least two Ps and never above the CPUs") {
  using rt::procs_within;
  CHECK(procs_within(8, 0) == 8);
  CHECK(procs_within(8, 3) == 3);
  CHECK(procs_within(8, 2.001) == 3);
  CHECK(procs_within(8, 1) == 2);
  CHECK(procs_within(8, 0.25) == 2);
  CHECK(procs_within(1, 0.25) == 1);
  CHECK(procs_within(2, 1.5) == 2);
  CHECK(procs_within(8, 8) == 8);
  CHECK(procs_within(8, 7.5) == 8);
  CHECK(procs_within(8, 1e12) == 8);
}

}  // namespace
}  // namespace newproc::test
