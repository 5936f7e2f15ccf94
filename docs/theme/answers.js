// zh: 折着的答案。“显示全部答案”记在浏览器里，每一页都照它；通到折子里面的链接、搜索和打印都先把它展开。
//     没有脚本时，折子自己也能开合，只是没有总开关。
// en: Folded answers. "Show all answers" is remembered by the browser and holds on every page; a link to
//     something inside a fold, the search, and printing open it first. Without scripts the folds work by
//     themselves, just without the switch.
"use strict";

const ANSWER_WORDS = { zh: "显示全部答案", en: "Show all answers" };
const ANSWER_KEY = "newproc-answers";

function folds() {
  return [...document.querySelectorAll("details.answer")];
}

// zh: 有的浏览器不许存：那就只管这一页。 en: Some browsers refuse to store: then it is for this page only.
function remembered() {
  try {
    return localStorage.getItem(ANSWER_KEY) === "shown";
  } catch {
    return false;
  }
}

function remember(shown) {
  try {
    if (shown) localStorage.setItem(ANSWER_KEY, "shown");
    else localStorage.removeItem(ANSWER_KEY);
  } catch {
    return;
  }
}

// zh: 地址指着的东西若在折子里面，展开，再走到那里。指着折子自己也算；指着它的标题不算。
// en: What the address points at is shown if it is inside a fold, and gone to. The fold itself counts too,
//     its title does not.
function openTarget() {
  const name = decodeURIComponent(location.hash.slice(1));
  const target = name && document.getElementById(name);
  if (!target || target.closest("summary")) return;
  let opened = false;
  for (let up = target.closest("details"); up; up = up.parentElement.closest("details")) {
    opened ||= !up.open;
    up.open = true;
  }
  if (opened || remembered()) target.scrollIntoView();
}

function answerSwitch() {
  const label = document.createElement("label");
  const box = document.createElement("input");
  label.id = "answers";
  box.type = "checkbox";
  label.append(box, ANSWER_WORDS[document.documentElement.lang] || ANSWER_WORDS.zh);
  document.getElementById("top")?.append(label);

  const show = (shown) => {
    box.checked = shown;
    for (const fold of folds()) fold.open = shown;
  };
  box.addEventListener("change", () => {
    remember(box.checked);
    show(box.checked);
  });
  // zh: 别的页里改了，这一页也跟着 en: changed on another page, it changes on this one too
  addEventListener("storage", (event) => {
    if (event.key === ANSWER_KEY || event.key === null) show(remembered());
  });
  show(remembered());
}

// zh: 纸上点不开：印之前展开，印完照旧。 en: Paper has no clicks: opened before printing, and put back after.
function openForPrinting() {
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = folds().filter((fold) => !fold.open);
    for (const fold of closed) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of closed) fold.open = false;
    closed = [];
  });
}

addEventListener("DOMContentLoaded", () => {
  if (folds().length) {
    answerSwitch();
    openForPrinting();
  }
  openTarget();
  addEventListener("hashchange", openTarget);
});
// zh: 页面别的东西都到位之后，再走一次 en: once everything else is in its place, go there once more
addEventListener("load", openTarget);
