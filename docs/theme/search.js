// zh: 全文搜索：在正文里找子串。汉字不必分词，从 file:// 打开也能用，没有库。
//     数据是 fulltext.js：[网址, 页, 节, 文字] 的表，第一次搜索时才读。
// en: Full-text search: finds substrings of the texts. Chinese need not be cut into words, it works
//     from file://, there is no library. Its data is fulltext.js, a table of [url, page, section,
//     text], read at the first search.
"use strict";

const SEARCH_WORDS = {
  zh: { hint: "搜索全文，按 /", none: "没有找到", label: "搜索全文" },
  en: { hint: "Search the text, press /", none: "Nothing found", label: "Search the text" },
};
const SHOWN = 14;

function loadFulltext() {
  if (window.FULLTEXT) return Promise.resolve(window.FULLTEXT);
  return new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = "fulltext.js";
    script.onload = () => resolve(window.FULLTEXT || []);
    script.onerror = () => resolve([]);
    document.head.append(script);
  });
}

// zh: 每个词都要出现；标题里的算十倍，恰好是那个名字的排在最前。
// en: Each word must occur; one in a heading counts ten times, and whatever has that very name comes first.
function score([, page, section, text], words) {
  const body = text.toLowerCase();
  const head = (page + " " + section).toLowerCase();
  let sum = 0;
  for (const word of words) {
    const times = body.split(word).length - 1;
    if (!times && !head.includes(word)) return 0;
    const name = section.toLowerCase().replace(/\(\)$/, "");
    sum += Math.min(times, 5) + (head.includes(word) ? 10 : 0) + (name === word ? 100 : 0);
  }
  return sum;
}

function marked(text, words) {
  const span = document.createElement("span");
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  text.split(new RegExp(`(${pattern})`, "gi")).forEach((part, i) => {
    const node = i % 2 ? document.createElement("mark") : document.createElement("i");
    node.textContent = part;
    span.append(node);
  });
  return span;
}

// zh: 找到的地方前后几句，不从词的中间开始。
// en: Some words around the place found; it does not begin inside one.
function around(text, found) {
  if (found < 25) return text.slice(0, 120) + (text.length > 120 ? " …" : "");
  const before = text.slice(found - 25, found);
  const cut = before.search(/[\s\u3000-\uffef]/) + 1;
  return "… " + text.slice(found - 25 + cut, found + 95) + " …";
}

function row([url, page, section, text], words) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const title = document.createElement("b");
  const place = document.createElement("em");
  link.href = url;
  title.textContent = section || page;
  place.textContent = section ? page : "";
  link.append(title, place, marked(around(text, text.toLowerCase().indexOf(words[0])), words));
  item.append(link);
  return item;
}

addEventListener("DOMContentLoaded", () => {
  const language = SEARCH_WORDS[document.documentElement.lang] ? document.documentElement.lang : "zh";
  const say = SEARCH_WORDS[language];
  const box = document.createElement("div");
  const input = document.createElement("input");
  const list = document.createElement("ol");
  box.id = "fulltext";
  input.type = "search";
  input.placeholder = say.hint;
  input.setAttribute("aria-label", say.label);
  box.append(input, list);
  document.getElementById("top")?.append(box);

  let asked = 0;
  async function find() {
    const mine = ++asked;
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return list.replaceChildren();
    const records = await loadFulltext();
    if (mine !== asked) return;
    const rows = records
      .map((record) => [score(record, words), record])
      .filter(([points]) => points > 0)
      .sort((a, b) => b[0] - a[0])
      .slice(0, SHOWN)
      .map(([, record]) => row(record, words));
    if (!rows.length) {
      const none = document.createElement("li");
      none.className = "none";
      none.textContent = say.none;
      rows.push(none);
    }
    list.replaceChildren(...rows);
  }

  input.addEventListener("input", find);
  list.addEventListener("click", () => list.replaceChildren());
  addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !typing) {
      event.preventDefault();
      input.focus();
    } else if (event.key === "Escape") {
      input.value = "";
      list.replaceChildren();
      input.blur();
    }
  });
});
