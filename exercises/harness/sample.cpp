// zh: 一份样品：像答案那样编译。workshop.py 从它的编译命令得知怎样编译答案，从它的目标文件得知这个编译
//     器给普通的 C++ 用哪些段；答案的段不许超出这些。所以这里每种写法各有一处。
// en: A sample, compiled as an answer is. Its command tells workshop.py how answers are compiled, its
//     object which sections this compiler uses for plain C++; an answer may have no others. So there
//     is one of each way of writing here.
#include <stdexcept>
#include <string>
#include <vector>

namespace newproc::exercise {

// zh: 数据：零、非零、只读、指针；和每个线程自己的 en: data: zero, not zero, const, pointers; threads' own
int zero[8];
int one[8] = {1};
extern const int constant[8];
const int constant[8] = {1};
extern const char* const pointers[2];
const char* const pointers[2] = {"one", "two"};
thread_local int own_zero;
thread_local int own_one = 1;

// zh: 要构造和析构的静态变量；内联的 en: statics that are constructed and destroyed; an inline one
std::vector<int> made(3);
thread_local std::vector<int> own_made(3);
inline std::vector<int> shared(3);

[[gnu::constructor]] void first() { one[1] = 2; }
[[gnu::destructor]] void last() { one[1] = 3; }
[[gnu::cold]] void rarely() { one[2] = 4; }
[[gnu::hot]] void often() { one[2] = 5; }

struct shape {
  virtual ~shape() = default;
  [[nodiscard]] virtual int corners() const { return 0; }
};

template <class T>
struct square : shape {
  [[nodiscard]] int corners() const override {
    static std::vector<T> four(4);
    return static_cast<int>(four.size());
  }
};

int sum(const std::string& words, int n) {
  try {
    if (n > 3) throw std::runtime_error("sample");
    square<int> s;
    own_zero += own_one;
    return static_cast<int>(words.size() + own_made.size()) + s.corners() + shared[0];
  } catch (const std::exception& e) {
    return static_cast<int>(std::string(e.what()).size());
  }
}

double often_used_numbers(int n) {
  switch (n) {
    case 0:
      return 0.1;
    case 1:
      return 1.7;
    case 2:
      return 2.9;
    case 3:
      return 3.14;
    case 4:
      return 47.11;
    default:
      return n;
  }
}

}  // namespace newproc::exercise
