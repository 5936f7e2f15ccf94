// zh: 写 JSON。一边说一边写出去，不分配内存；不认得运行时的任何东西，所以哪里都可以用。
//
//         json::writer out([&](std::string_view piece) { text += piece; });
//         out.object().field("g", 7).key("queue").array().value("G8").end_array().end_object();
//
// zh: 逗号自己会加；括号要由调用者配对。字符串应当是 UTF-8：引号、反斜杠、控制字符都转义，别的字符照写；
//     凡不属于任何合法字符的字节，各写成一个 U+FFFD，所以写出来的总是合法的 JSON。没有数可写的（无穷、NaN）
//     写成 null。
// en: Writes JSON. What is said goes out at once and nothing is allocated; it knows nothing of the
//     runtime and can be used anywhere. The two lines above show how.
//
// en: Commas come by themselves; the caller closes what it opened. Strings should be UTF-8: quotes,
//     backslashes and control characters are escaped, other characters are written as they are, and
//     each byte that belongs to no valid character becomes a U+FFFD. So what comes out is always valid
//     JSON. What is no number (infinities, NaN) is written as null.
#pragma once

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <utility>

namespace newproc::json {

/// zh: 开头的字符占几个字节；开头不是合法的 UTF-8 字符则为 0。
/// en: How many bytes the first character takes; 0 if the text does not begin with valid UTF-8.
constexpr std::size_t first_character(std::string_view text) {
  const auto byte = [text](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  // zh: 第二个字节的范围不许：写得过长的、代理对的一半、超过 U+10FFFF 的。
  // en: The range of the second byte rules out overlong forms, surrogates and what is above U+10FFFF.
  const unsigned first = byte(0);
  std::size_t size = 0;
  unsigned low = 0x80, high = 0xbf;
  if (first < 0x80) return text.empty() ? 0 : 1;
  if (first >= 0xc2 && first <= 0xdf) size = 2;
  if (first >= 0xe0 && first <= 0xef) size = 3;
  if (first >= 0xf0 && first <= 0xf4) size = 4;
  if (first == 0xe0) low = 0xa0;
  if (first == 0xed) high = 0x9f;
  if (first == 0xf0) low = 0x90;
  if (first == 0xf4) high = 0x8f;
  if (size == 0 || byte(1) < low || byte(1) > high) return 0;
  for (std::size_t i = 2; i < size; ++i)
    if (byte(i) < 0x80 || byte(i) > 0xbf) return 0;
  return size;
}

/// zh: bool 和 char 不算：一个写成 true、false，另一个不知道是数还是字。
/// en: Neither bool, which is written as true or false, nor char, which may be a number or a letter.
template <class T>
concept integer = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>;

/// zh: @p Put 收下一段文字（std::string_view），放到它该去的地方。
/// en: @p Put takes a piece of text (a std::string_view) and puts it where it belongs.
template <class Put>
class writer {
 public:
  explicit writer(Put put) : put_(std::move(put)) {}

  /// zh: 对象从这里开始。 en: An object begins.
  writer& object() { return open("{"); }
  /// zh: 对象到这里为止。 en: The object ends.
  writer& end_object() { return close("}"); }
  /// zh: 数组从这里开始。 en: An array begins.
  writer& array() { return open("["); }
  /// zh: 数组到这里为止。 en: The array ends.
  writer& end_array() { return close("]"); }

  /// zh: 对象里的一个键；接着写它的值。 en: A key within an object; its value comes next.
  writer& key(std::string_view name) {
    value(name);
    put_(":");
    comma_ = false;
    return *this;
  }
  /// zh: 键和它的值。 en: A key and its value.
  template <class T>
  writer& field(std::string_view name, const T& content) {
    return key(name).value(content);
  }

  /// zh: 一个字符串。 en: A string.
  writer& value(std::string_view text) {
    begin();
    put_("\"");
    escaped(text);
    put_("\"");
    return *this;
  }
  /// zh: true 或 false。 en: true or false.
  writer& value(std::same_as<bool> auto yes) {
    begin();
    put_(yes ? "true" : "false");
    return *this;
  }
  /// zh: 一个整数。 en: An integer.
  writer& value(integer auto number) { return digits(number); }
  /// zh: 一个数，读回来还是它；无穷和 NaN 写成 null。
  /// en: A number, which reads back as itself; infinities and NaN are written as null.
  writer& value(std::floating_point auto number) {
    if (std::isfinite(number)) return digits(number);
    begin();
    put_("null");
    return *this;
  }

  /// zh: 一行一个值：写完一个，换行。 en: A value a line: ends the line of the one just written.
  writer& end_line() {
    put_("\n");
    comma_ = false;
    return *this;
  }

 private:
  /// zh: 一个值或一个键就要写了：前面有别的，先写逗号。
  /// en: A value or a key is about to be written: first the comma, if something stands before it.
  void begin() {
    if (comma_) put_(",");
    comma_ = true;
  }
  /// zh: 括号之后的第一个没有逗号。 en: What comes first after the bracket has no comma.
  writer& open(std::string_view bracket) {
    begin();
    put_(bracket);
    comma_ = false;
    return *this;
  }
  /// zh: 括号之后再来的要逗号。 en: What comes after the bracket has one.
  writer& close(std::string_view bracket) {
    put_(bracket);
    comma_ = true;
    return *this;
  }
  /// zh: 一个数的数字；不看语言环境。 en: A number's digits, whatever the locale.
  template <class T>
  writer& digits(T number) {
    char text[32];  // zh: 最长的 double 是 24 个字符 en: the longest double takes 24 characters
    const char* end = std::to_chars(text, text + sizeof text, number).ptr;
    begin();
    put_(std::string_view(text, static_cast<std::size_t>(end - text)));
    return *this;
  }

  /// zh: 字符串的内容；不必转义的一段一段地写。
  /// en: A string's content; what needs no escape is written in runs.
  void escaped(std::string_view text) {
    std::size_t plain = 0;
    const auto flush = [&] {
      if (plain != 0) put_(text.substr(0, plain));
      text.remove_prefix(plain);
      plain = 0;
    };
    while (plain < text.size()) {
      const std::size_t size = first_character(text.substr(plain));
      const char c = text[plain];
      const bool control = size == 1 && c < 0x20;
      if (size != 0 && !control && c != '"' && c != '\\') {
        plain += size;
        continue;
      }
      flush();
      text.remove_prefix(1);
      escape(c, size);
    }
    flush();
  }
  /// zh: 一个要转义的字符；@p size 为零：不属于任何字符的一个字节。
  /// en: A character that needs an escape; with @p size zero, a byte that belongs to none.
  void escape(char c, std::size_t size) {
    if (size == 0) return put_("\xef\xbf\xbd");  // U+FFFD
    switch (c) {
      case '"':
        return put_("\\\"");
      case '\\':
        return put_("\\\\");
      case '\n':
        return put_("\\n");
      case '\r':
        return put_("\\r");
      case '\t':
        return put_("\\t");
      default:
        constexpr char hex[] = "0123456789abcdef";
        const char code[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
        return put_(std::string_view(code, sizeof code));
    }
  }

  [[no_unique_address]] Put put_;
  bool comma_ = false;
};

}  // namespace newproc::json
