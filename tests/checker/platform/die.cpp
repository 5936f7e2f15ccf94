// zh: 运行时说的最后的话，成为失败的说明。
// en: The runtime's last words become the words of the failure.
#include "os/die.hpp"

#include "engine/simulator.hpp"

namespace newproc::os {
namespace {

checker::kept_text said;

}  // namespace

void write_error(std::string_view text) { said.append(text); }

void die(int, flush_output) {
  const checker::kept_text text = said.substr(0, said.find('\n'));
  said.clear();
  checker::the_simulator.fail(
      text.starts_with("fatal error") ? "fatal error" : "panic",
      std::string_view(text).substr(std::min(text.size(), text.find(": ") + 2)));
}

}  // namespace newproc::os
