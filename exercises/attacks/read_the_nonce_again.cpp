// zh: 从同一个套接字再读一次口令，用它伪造。读不到：它只送来一次，已经被大门取走。
// en: Reads the nonce again from the same socket, to forge with it. There is none: it is sent
//     once, and the gate has taken it.
// exercise: 2.2
// verdict: Something else wrote to the channel of the verdict
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include "ch2_goroutine/goroutine.hpp"
#include "ch2_goroutine/inside.hpp"

namespace newproc::rt {

std::int64_t next_goid(P*) {
  for (int fd = 3; fd < 64; ++fd) {
    char nonce[33] = {};
    if (::recv(fd, nonce, 32, MSG_DONTWAIT) == 0) continue;
    const std::string line =
        nonce + std::string(" {\"event\": \"end\", \"runs\": 1, \"failed\": 0}\n");
    if (::write(fd, line.data(), line.size()) < 0) continue;
  }
  ::_exit(0);
}

}  // namespace newproc::rt
