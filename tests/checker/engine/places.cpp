// zh: 地址与签名怎样变成人读的名字。 en: How addresses and signatures become names for people.
#include "places.hpp"

#include <dlfcn.h>

#include <cstdint>
#include <cstdio>
#include <cstring>

#include "arena.hpp"
#include "basics.hpp"

namespace newproc::checker {

std::string short_function(const std::string& signature) {
  const std::size_t end = signature.find('(');
  std::string name = signature.substr(0, end);
  name.erase(name.find_last_not_of(" \n") + 1);
  if (const auto space = name.rfind(' '); space != std::string::npos) name.erase(0, space + 1);
  if (const auto colons = name.rfind("::"); colons != std::string::npos) name.erase(0, colons + 2);
  // zh: lambda 的签名里，名字在第二个括号之前 en: in a lambda's signature the name is elsewhere
  return name.empty() || name[0] == '<' || name == "operator" ? "lambda" : name;
}

std::string short_file(const std::string& path) {
  return path.substr(path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
}

namespace {

struct symbol {
  std::uintptr_t address;
  kept_text name;
};

// zh: 程序里数据的符号，按地址排好；第一次用时问一次 nm。
// en: The symbols of the program's data, sorted by address; nm is asked once, at first use.
const kept<symbol>& data_symbols() {
  static kept<symbol> symbols;
  Dl_info info{};
  if (!symbols.empty() || ::dladdr(reinterpret_cast<void*>(&data_symbols), &info) == 0)
    return symbols;
  char command[512];
  std::snprintf(command, sizeof command, "nm -nC --defined-only '%s' 2>/dev/null", info.dli_fname);
  FILE* pipe = ::popen(command, "r");
  if (pipe == nullptr) return symbols;
  char line[512], name[400], kind = 0;
  std::uintptr_t address = 0;
  while (std::fgets(line, sizeof line, pipe) != nullptr)
    if (std::sscanf(line, "%zx %c %399[^\n]", &address, &kind, name) == 3 &&
        std::strchr("bBdD", kind) != nullptr)
      symbols.push_back({reinterpret_cast<std::uintptr_t>(info.dli_fbase) + address, name});
  ::pclose(pipe);
  return symbols;
}

}  // namespace

std::string global_name(const void* address) {
  const std::string place = arena::place_of(address);
  if (!place.starts_with("data") && !place.starts_with("global")) return place;
  const auto at = reinterpret_cast<std::uintptr_t>(address);
  const symbol* found = nullptr;
  for (const symbol& s : data_symbols())
    if (s.address <= at) found = &s;
  if (found == nullptr) return place;
  const auto colons = found->name.rfind("::");
  std::string name = found->name.c_str() + (colons == kept_text::npos ? 0 : colons + 2);
  if (at != found->address) name += "+" + std::to_string(at - found->address);
  return name;
}

std::string place_of(const void* pc) {
  Dl_info info{};
  if (pc == nullptr || ::dladdr(pc, &info) == 0) return "?";
  const auto base = reinterpret_cast<std::uintptr_t>(info.dli_fbase);
  char command[512];
  std::snprintf(command, sizeof command, "addr2line -i -f -C -e '%s' 0x%zx 2>/dev/null",
                info.dli_fname, reinterpret_cast<std::uintptr_t>(pc) - base - 1);
  FILE* pipe = ::popen(command, "r");
  if (pipe == nullptr) return "?";
  // zh: 由内向外一层层内联；跳过模拟平台自己的那几层。
  // en: Inlined frames, innermost first; those of the simulated platform itself are skipped.
  char function[512] = "", file[512] = "";
  bool read = false;
  while (std::fgets(function, sizeof function, pipe) != nullptr &&
         std::fgets(file, sizeof file, pipe) != nullptr) {
    read = true;
    if (std::string(file).find("/os/") == std::string::npos) break;
  }
  ::pclose(pipe);
  if (!read) return "?";
  std::string place = file;
  place.erase(place.find_last_not_of(" \n") + 1);
  if (const auto note = place.find(" ("); note != std::string::npos) place.erase(note);
  return short_function(function) + " (" + short_file(place) + ")";
}

}  // namespace newproc::checker
