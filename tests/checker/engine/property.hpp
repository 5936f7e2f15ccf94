// zh: 性质：一次失败是哪一种，两种语言怎样叫它。场景、变异体的补丁用它的 key；别处要名字的（报告、
//     museum.py、网站）都从这里来。
// en: Properties: which kind of failure it is, and its name in both languages. Scenarios and mutants'
//     patches use the key; all others who want a name (the report, museum.py, the site) have it from
//     here.
#pragma once

#include <string_view>

namespace newproc::checker {

struct property {
  std::string_view key, zh, en;
};

// zh: museum.py 读下面的行，所以一行一个。 en: museum.py reads these lines, so there is one on each.
inline constexpr property properties[] = {
    {"lost G", "丢失的 G", "lost G"},
    {"G run twice", "跑了两次的 G", "G run twice"},
    {"two Ms on one stack", "两个 M 站在同一个栈上", "two Ms on one stack"},
    {"deadlock", "死锁", "deadlock"},
    {"lost wake-up", "丢失的唤醒", "lost wake-up"},
    {"broken invariant", "不变式被破坏", "broken invariant"},
    {"the plan does not end", "不会结束的执行", "the plan does not end"},
    {"useless wakes", "白叫", "useless wakes"},
    {"overslept", "睡过了头", "overslept"},
    {"data race", "数据竞争", "data race"},
    {"fatal error", "致命错误", "fatal error"},
    {"hidden state", "藏着的状态", "hidden state"},
    {"nothing was checked", "什么也没有检查", "nothing was checked"},
};

/// zh: 没有登记的，两种语言都叫 @p key。 en: One that is not listed is called @p key in both languages.
constexpr property property_named(std::string_view key) {
  for (const property& p : properties)
    if (p.key == key) return p;
  return {key, key, key};
}

}  // namespace newproc::checker
