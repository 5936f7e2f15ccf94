// zh: 写一个十兆字节的文件，在内存里。
// en: Writes a file of ten megabytes, in memory.
// exercise: 2.2
// verdict: The program crashed (SIGXFSZ)
#include <sys/mman.h>
#include <unistd.h>

#include <vector>
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P*) {
  const int file = ::memfd_create("large", 0);
  const std::vector<char> all(std::size_t{10} << 20);
  return ::write(file, all.data(), all.size()) + ::write(file, all.data(), all.size());
}

}  // namespace newproc::rt
