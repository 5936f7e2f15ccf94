// zh: 页面上的小事：语言切换、把源码里空出来的行和锚点藏起来、代码左移、主题的初值。
// en: Small matters of the page: the language switch, hiding vacant lines and anchors in the source,
//     moving code to the left.
"use strict";

// zh: 换语言，留在同一页、同一处。 en: Changes the language, on the same page and place.
function languageSwitch() {
  const path = location.pathname;
  const name = path.slice(path.lastIndexOf("/") + 1) || "index.html";
  const here = /\/en\/[^/]*$/.test(path) ? "en" : "zh";
  document.documentElement.lang = here;
  const link = document.createElement("a");
  link.id = "otherlang";
  link.textContent = here === "zh" ? "English" : "中文";
  link.lang = here === "zh" ? "en" : "zh";
  const aim = () => {
    link.href = "../" + (here === "zh" ? "en" : "zh") + "/" + name + location.search + location.hash;
  };
  aim();
  addEventListener("hashchange", aim);
  document.getElementById("top")?.append(link);
}

// zh: 一行的文字，不含行号。 en: A line's text without its number.
function textOf(line) {
  const number = line.querySelector(".lineno");
  return line.textContent.slice(number ? number.textContent.length : 0);
}

// zh: 过滤器留下的空行（//%）和锚点（// [x]）不给人看。
// en: The filter's vacant lines (//%) and the anchors (// [x]) are not for eyes.
function hideMarks(fragment) {
  for (const line of fragment.querySelectorAll(".line"))
    if (/^\s*(\/\/%|\/\/ \[[\w-]+\])\s*$/.test(textOf(line))) line.hidden = true;
  // zh: 空行不开头 en: no blank line at the top
  for (const line of fragment.querySelectorAll(".line:not([hidden])")) {
    if (textOf(line).trim()) break;
    line.hidden = true;
  }
}

// zh: 整个文件的开头：过滤器为 Doxygen 加的 /// @file 拿掉，其后的 /// 写回源码里的 //。
// en: The top of a whole file: takes away the filter's /// @file, which is there for Doxygen, and
//     turns the /// that follow back into the source's //.
function plainTop(fragment) {
  const first = fragment.querySelector(".line");
  if (!first || textOf(first).trim() !== "/// @file") return;
  for (let line = first.nextElementSibling; line; line = line.nextElementSibling) {
    const node = firstText(line);
    if (!node || !/^\/\/[/%]/.test(node.data)) break;
    node.data = node.data.replace(/^\/\/\//, "//");
  }
  first.remove();
}

function firstText(line) {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(".lineno")
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  );
  return walker.nextNode();
}

// zh: 锚点可以在函数中间：把共同的缩进去掉。
// en: Anchors may stand inside a function: takes the common indentation away.
function moveLeft(fragment) {
  const lines = [...fragment.querySelectorAll(".line:not([hidden])")].filter((line) => textOf(line).trim());
  const depth = Math.min(...lines.map((line) => /^\s*/.exec(textOf(line))[0].length));
  if (!(depth > 0 && depth < 40)) return;
  for (const line of lines) {
    let left = depth;
    for (let node = firstText(line); node && left > 0; node = firstText(line)) {
      const cut = Math.min(left, /^\s*/.exec(node.data)[0].length);
      if (cut === 0) break;
      node.data = node.data.slice(cut);
      left -= cut;
      if (node.data) break;
      node.remove();
    }
  }
}

// zh: 整行都是注释的，放不下就折行，折下来的与注释的话对齐；代码行不折。源码里一句话断成几行的，
//     接成一段（接上来的行空着，行号就跳过去）。
// en: A line of nothing but comment wraps where it is too long, under the comment's words; lines of
//     code do not. A sentence that the source breaks into lines becomes one paragraph (the lines that
//     are joined to it are hidden, and their numbers skipped).
function wrapRemarks(fragment) {
  let before = null;
  for (const line of fragment.querySelectorAll(".line:not([hidden])")) {
    const found = /^(\s*\/\/\/?)(\s*)/.exec(textOf(line));
    const words = found ? textOf(line).slice(found[0].length).trimEnd() : "";
    if (before && words && found[2].length >= 4) {
      const said = [...before.querySelectorAll(".comment")].filter((span) => span.textContent);
      const last = said.at(-1) || before;
      const tight = /[^\x00-\xff]$/.test(last.textContent) && /^[^\x00-\xff]/.test(words);
      last.append((tight ? "" : " ") + words.replace(/@p (?=\w)/g, ""));
      line.hidden = true;
      continue;
    }
    before = words ? line : null;
    if (!found) continue;
    // zh: @p 是给 Doxygen 的 en: @p is for Doxygen
    for (const span of line.querySelectorAll(".comment"))
      for (const node of span.childNodes)
        if (node.nodeType === Node.TEXT_NODE) node.data = node.data.replace(/@p (?=\w)/g, "");
    line.classList.add("remark");
    line.style.setProperty("--hang", found[0].length);
  }
}

addEventListener("DOMContentLoaded", () => {
  languageSwitch();
  document.querySelectorAll("div.fragment").forEach((fragment) => {
    plainTop(fragment);
    hideMarks(fragment);
    if (fragment.closest(".walk, .memdoc")) moveLeft(fragment);
    wrapRemarks(fragment);
  });
});
