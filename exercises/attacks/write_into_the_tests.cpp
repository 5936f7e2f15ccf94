// zh: 把测试的文件清空。
// en: Empties the test's own files.
// exercise: 2.2
// verdict: the first number must be 1, and yours is 0
#include <fcntl.h>
#include <unistd.h>

#include <string>
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P*) {
  const std::string here(__FILE__);
  const std::string exercises = here.substr(0, here.rfind("/attacks/"));
  for (const char* name : {"test.cpp", "check.cpp", "exercise.ini"}) {
    const std::string path = exercises + "/ch2_goroutine/2_goid_batches/" + name;
    ::open(path.c_str(), O_WRONLY | O_TRUNC);
    ::unlink(path.c_str());
  }
  return 0;
}

}  // namespace newproc::rt
