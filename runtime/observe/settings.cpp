// zh: 读环境。读不懂的值一律忽略，同 Go。
// en: Reading the environment. Values that do not parse are ignored, as in Go.
#include "observe/settings.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace newproc::rt {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view{} : std::string_view{value};
}

int positive(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && value > 0 ? value : 0;
}

int godebug(std::string_view key) {
  std::string_view rest = environment("GODEBUG");
  int value = 0;
  while (!rest.empty()) {
    const std::string_view entry = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), entry.size() + 1));
    if (entry.size() > key.size() && entry.starts_with(key) && entry[key.size()] == '=')
      value = positive(entry.substr(key.size() + 1));
  }
  return value;
}

traceback traceback_setting() {
  const std::string_view value = environment("GOTRACEBACK");
  if (value == "none" || value == "0") return traceback::none;
  if (value == "all" || value == "system" || value == "1" || value == "2") return traceback::all;
  if (value == "crash") return traceback::crash;
  return traceback::single;
}

}  // namespace newproc::rt
