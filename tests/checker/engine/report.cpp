// zh: 结论怎样说出来：一行、一段，和给程序读的一行 JSON。
// en: How a verdict is told: in a line, in a paragraph, and as a line of JSON for programs.
#include <cstdio>

#include "explore.hpp"
#include "property.hpp"
#include "story.hpp"

namespace newproc::checker {
namespace {

const char* word_for(verdict v) {
  switch (v) {
    case verdict::proved:
      return "PROVED";
    case verdict::bounded:
      return "no failure";
    case verdict::failed:
      return "FAILED";
  }
  return "?";
}

}  // namespace

std::string report::summary() const {
  char text[256], bound[40] = "";
  if (result != verdict::proved) std::snprintf(bound, sizeof bound, ", surprises %d", surprises);
  std::snprintf(text, sizeof text, "%s: %s%s, executions %ld, states %zu, longest %d steps, %.2f s",
                name.c_str(), word_for(result), bound, executions, states, longest, seconds);
  return text;
}

std::string report::text() const { return summary() + (ok() ? "" : "\n" + tell(*this)); }

std::string as_json(const report& r) {
  const property failed = property_named(r.property);
  std::string text;
  writer out(into_text{&text});
  out.object().field("scenario", r.name).field("verdict", word_for(r.result));
  out.field("surprises", r.surprises).field("executions", r.executions);
  out.field("states", r.states).field("longest", r.longest).field("seconds", r.seconds);
  out.field("property", failed.key).field("property_zh", failed.zh).field("property_en", failed.en);
  out.field("words", r.words).field("schedule", r.schedule);
  out.field("zh", r.ok() ? "" : tell(r, language::zh));
  out.field("en", r.ok() ? "" : tell(r, language::en)).key("steps");
  write_steps(out, r);
  out.end_object().end_line();
  return text;
}

void append(const report& r, const char* path) {
  std::FILE* file = std::fopen(path, "a");
  if (file == nullptr) {
    std::fprintf(stderr, "checker: 不能写 %s\nchecker: cannot write %s\n", path, path);
    return;
  }
  std::fputs(as_json(r).c_str(), file);
  std::fclose(file);
}

}  // namespace newproc::checker
