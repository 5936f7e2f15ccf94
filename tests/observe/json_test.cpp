// zh: 写出来的 JSON：转义、逗号、数，和不是 UTF-8 的字节。
// en: The JSON that is written: escapes, commas, numbers, and bytes that are not UTF-8.
#include "observe/json.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace newproc::test {
namespace {

using namespace std::literals;

// zh: @p say 对写者说的话，写出来是什么。 en: What is written of what @p say tells the writer.
template <class F>
std::string written(F say) {
  std::string text;
  json::writer out([&text](std::string_view piece) { text += piece; });
  say(out);
  return text;
}

std::string string(std::string_view content) {
  return written([content](auto& out) { out.value(content); });
}

// zh: 用 append：GCC 12 在 -O3 下看错了 "..." + string。
// en: By append: at -O3 GCC 12 misreads "..." + string.
std::string between(char first, std::string_view content, char last) {
  return std::string(1, first).append(content).append(1, last);
}
std::string quoted(std::string_view content) { return between('"', content, '"'); }

const std::string replacement = "\xef\xbf\xbd";

TEST_CASE("json: quotes and backslashes are escaped") {
  CHECK(string("") == R"("")");
  CHECK(string(R"(a"b)") == R"("a\"b")");
  CHECK(string(R"(a\b)") == R"("a\\b")");
  CHECK(string(R"(\")") == R"("\\\"")");
  CHECK(string("a/b'") == R"("a/b'")");
}

TEST_CASE("json: no control character goes out as it is") {
  CHECK(string("a\nb\tc\rd") == R"("a\nb\tc\rd")");
  CHECK(string("\x01\x0f\x10\x1b\x1f") == R"("\u0001\u000f\u0010\u001b\u001f")");
  CHECK(string("a\0b"s) == R"("a\u0000b")");
  for (char c = 0; c < 0x20; ++c) {
    CAPTURE(int{c});
    for (const char each : string({&c, 1})) CHECK(static_cast<unsigned char>(each) >= 0x20);
  }
  CHECK(string(" ~\x7f") == "\" ~\x7f\"");
}

TEST_CASE("json: characters of UTF-8 are written as they are") {
  for (const std::string_view text :
       {"中文 / English", "\u0080\u07ff", "\u0800\uffff", "\U00010000\U0010ffff", "é\"é"}) {
    CAPTURE(text);
    std::string expected(text);
    if (const std::size_t quote = expected.find('"'); quote != expected.npos)
      expected.insert(quote, 1, '\\');
    CHECK(string(text) == quoted(expected));
  }
}

TEST_CASE("json: each byte of no character becomes U+FFFD") {
  for (const std::string_view bytes : {
           "\x80"sv,          // zh: 没有开头 en: no beginning
           "\xff"sv,          // zh: 从不出现 en: never occurs
           "\xe4\xb8"sv,      // zh: 没有写完 en: not finished
           "\xe4\xb8\xff"sv,  // zh: 第三个字节接不上 en: the third byte does not continue
           "\xf0\x9f\x98\xc0"sv,  // zh: 第四个接不上 en: nor does the fourth
           "\xc0\xaf\xc1\xbf"sv,  // zh: 过长 en: overlong
           "\xe0\x9f\xbf"sv,
           "\xf0\x8f\xbf\xbf"sv,
           "\xed\xa0\x80"sv,      // zh: 代理对的一半 en: half a surrogate pair
           "\xf4\x90\x80\x80"sv,  // zh: 太大 en: too large
           "\xf5\x80\x80\x80"sv,
       }) {
    CAPTURE(bytes);
    std::string expected;
    for (std::size_t i = 0; i < bytes.size(); ++i) expected += replacement;
    CHECK(string(between('<', bytes, '>')) == quoted(between('<', expected, '>')));
  }
  CHECK(json::first_character("") == 0);
}

TEST_CASE("json: a text that ends within a character is not read beyond") {
  const std::string_view whole = "中\xf0\x9f\x98\x80";
  CHECK(string(whole.substr(0, 2)) == quoted(replacement + replacement));
  CHECK(string(whole.substr(0, 4)) == quoted(std::string("中").append(replacement)));
  CHECK(string(whole.substr(0, 6)) ==
        quoted(std::string("中").append(replacement + replacement + replacement)));
}

TEST_CASE("json: keys are escaped like any string") {
  CHECK(written([](auto& out) { out.object().field("a\"\n", 1).end_object(); }) ==
        R"({"a\"\n":1})");
}

TEST_CASE("json: commas stand between values and nowhere else") {
  CHECK(written([](auto& out) { out.array().end_array(); }) == "[]");
  CHECK(written([](auto& out) { out.object().end_object(); }) == "{}");
  CHECK(written([](auto& out) {
          out.object().field("a", 1).key("b").array().value(2).value("3").array().end_array();
          out.object().field("c", true).field("d", false).end_object().end_array();
          out.key("e").object().end_object().field("f", "g").end_object();
        }) == R"({"a":1,"b":[2,"3",[],{"c":true,"d":false}],"e":{},"f":"g"})");
}

TEST_CASE("json: a value a line") {
  CHECK(written([](auto& out) {
          out.object().field("a", 1).end_object().end_line();
          out.array().end_array().end_line();
        }) == "{\"a\":1}\n[]\n");
}

TEST_CASE("json: numbers, from the smallest to the largest") {
  CHECK(written([](auto& out) {
          out.array().value(std::numeric_limits<std::int64_t>::min());
          out.value(std::numeric_limits<std::uint64_t>::max()).value(std::uint8_t{65});
          out.value(-7).value(0u).end_array();
        }) == "[-9223372036854775808,18446744073709551615,65,-7,0]");
  CHECK(written([](auto& out) { out.array().value(0.5).value(-1e300).value(0.1).end_array(); }) ==
        "[0.5,-1e+300,0.1]");
  CHECK(written([](auto& out) { out.value(-std::numeric_limits<double>::denorm_min()); }) ==
        "-5e-324");
  CHECK(written([](auto& out) {
          using limits = std::numeric_limits<double>;
          out.array().value(limits::infinity()).value(-limits::infinity());
          out.value(limits::quiet_NaN()).end_array();
        }) == "[null,null,null]");
}

TEST_CASE("json: texts of every type are strings") {
  const char* pointer = "p";
  CHECK(written([pointer](auto& out) {
          out.array().value(pointer).value("literal").value("s"s).value(std::string_view("v"));
          out.end_array();
        }) == R"(["p","literal","s","v"])");
}

}  // namespace
}  // namespace newproc::test
