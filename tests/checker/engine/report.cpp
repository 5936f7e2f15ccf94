// zh: 结论怎样说出来：一行、一段，和给程序读的一行 JSON。
// en: How a verdict is told: in a line, in a paragraph, and as a line of JSON for programs.
#include <cstdio>

#include "explore.hpp"
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
  char text[256];
  std::snprintf(text, sizeof text,
                "%s: %s, surprises %d, executions %ld, states %zu, longest %d steps, %.2f s",
                name.c_str(), word_for(result), surprises, executions, states, longest, seconds);
  return text;
}

std::string report::text() const { return summary() + (ok() ? "" : "\n" + tell(*this)); }

void append(const report& r, const char* path) {
  std::string steps;
  for (const char c : json_lines(r)) {
    if (c != '\n')
      steps += c;
    else
      steps += ',';
  }
  if (!steps.empty()) steps.pop_back();
  std::FILE* file = std::fopen(path, "a");
  if (file == nullptr) {
    std::fprintf(stderr, "checker: 不能写 %s\nchecker: cannot write %s\n", path, path);
    return;
  }
  std::fprintf(file,
               "{\"scenario\": %s, \"verdict\": %s, \"surprises\": %d, \"executions\": %ld, "
               "\"states\": %zu, \"longest\": %d, \"seconds\": %.3f, \"property\": %s, \"words\": "
               "%s, \"schedule\": %s, \"zh\": %s, \"en\": %s, \"steps\": [%s]}\n",
               quoted(r.name).c_str(), quoted(word_for(r.result)).c_str(), r.surprises,
               r.executions, r.states, r.longest, r.seconds, quoted(r.property).c_str(),
               quoted(r.words).c_str(), quoted(r.schedule).c_str(),
               quoted(r.ok() ? "" : tell(r, language::zh)).c_str(),
               quoted(r.ok() ? "" : tell(r, language::en)).c_str(), steps.c_str());
  std::fclose(file);
}

}  // namespace newproc::checker
