// zh: 程序和结局的文字。 en: Programs and outcomes as text.
#include <algorithm>

#include "oracle.hpp"

namespace newproc::oracle {

int locations(const program& p) {
  int n = 0;
  for (const thread& t : p)
    for (const operation& o : t)
      if (o.what != kind::fence) n = std::max(n, o.location + 1);
  return n;
}

std::string text(const program& p) {
  constexpr const char* orders[] = {"relaxed", "consume", "acquire",
                                    "release", "acq_rel", "seq_cst"};
  std::string s;
  int reg = 0;
  for (const thread& t : p) {
    if (&t != &p.front()) s += " | ";
    for (const operation& o : t) {
      if (&o != &t.front()) s += "; ";
      const std::string how = orders[static_cast<int>(o.how)];
      if (o.what == kind::fence) {
        s += "fence(" + how + ")";
        continue;
      }
      if (reads(o.what)) s += "r" + std::to_string(reg++) + " = ";
      s += "xyzw"[o.location];
      s += o.what == kind::load       ? ".load("
           : o.what == kind::store    ? ".store("
           : o.what == kind::exchange ? ".exchange("
                                      : ".fetch_add(";
      if (writes(o.what)) s += std::to_string(o.value) + ", ";
      s += how + ")";
    }
  }
  return s;
}

std::string text(const outcome& o) {
  std::string s;
  for (const int v : o) s += (s.empty() ? "" : " ") + std::to_string(v);
  return s;
}

std::string text(const std::set<outcome>& all) {
  std::string s;
  for (const outcome& o : all) s += (s.empty() ? "" : ", ") + text(o);
  return s;
}

}  // namespace newproc::oracle
