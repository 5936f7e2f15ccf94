// zh: 在真的浏览器里看两个网站：每章没有控制台错误，不取外部的东西，手机和桌面的宽度都不横向溢出；
//     搜索找得到正文里的汉字；图的节点通到它的函数；换语言留在同一页；明暗两种都行；每道习题两种语言都有
//     自己的页，答案先折着。用法：node site_test.mjs 网站 截图文件夹 chromium 各页... 各题的页...
// en: Both sites in a real browser: each chapter without console errors, without fetching anything from
//     outside, without horizontal overflow at phone and desktop width; the search finds Chinese words
//     inside a text; a figure's node leads to its function; changing the language keeps the page; light
//     and dark both work; each exercise has its page in both languages, and answers are folded at first.
//     Usage: node site_test.mjs SITE SCREENSHOTS CHROMIUM PAGES... THE EXERCISES' PAGES...
import assert from "node:assert/strict";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [site, shots, browserPath, ...NAMES] = process.argv.slice(2);
const EXERCISES = NAMES.filter((name) => /^exercise_\d/.test(name));
const PAGES = NAMES.filter((name) => !EXERCISES.includes(name));
const CHAPTERS = PAGES.filter((name) => /^ch\d+_/.test(name));
const WIDTHS = { phone: [390, 844], desktop: [1440, 900] };
const FLAGS =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking " +
  "--disable-component-update --disable-sync --disable-default-apps";
const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

function answer(request, response) {
  const file = path.join(site, decodeURIComponent(new URL(request.url, "http://x").pathname));
  fs.readFile(file, (error, data) => {
    const type = TYPES[path.extname(file)] || "application/octet-stream";
    response.writeHead(error ? 404 : 200, { "content-type": type + "; charset=utf-8" });
    response.end(data);
  });
}

const server = http.createServer(answer);
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const base = `http://127.0.0.1:${server.address().port}`;
const launch = () => chromium.launch({ executablePath: browserPath, args: FLAGS.split(" ") });
const failures = [];
let passed = 0;

async function promise(name, holds) {
  try {
    await holds();
    passed += 1;
  } catch (error) {
    failures.push(`${name}: ${String(error.message).replace(/\s+/g, " ").slice(0, 300)}`);
    console.log(`  not kept: ${failures.at(-1)}`);
  }
}

// zh: 一个页面，连同它遇到的坏事。 en: A page, and the bad things that it meets.
async function open(browser, width, dark) {
  const [x, y] = WIDTHS[width];
  const context = await browser.newContext({
    viewport: { width: x, height: y },
    colorScheme: dark ? "dark" : "light",
    deviceScaleFactor: 1,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(120000);
  page.bad = [];
  page.on("console", (message) => message.type() === "error" && page.bad.push(message.text()));
  page.on("pageerror", (error) => page.bad.push(error.message));
  page.on("response", (r) => r.status() >= 400 && page.bad.push(`${r.status()} ${r.url()}`));
  page.on("request", (r) => {
    if (!r.url().startsWith(base) && !/^(data|blob|file):/.test(r.url())) page.bad.push("external " + r.url());
  });
  return page;
}

// zh: 正文自己滚动：把窗口拉到正文那么高，才照得全。
// en: The text scrolls by itself: a window as high as the text shows all of it.
async function shot(page, name) {
  const size = page.viewportSize();
  const more = await page.evaluate(() => {
    const contents = document.querySelector("#doc-content");
    return contents ? contents.scrollHeight - contents.clientHeight : 0;
  });
  await page.setViewportSize({ width: size.width, height: Math.min(size.height + more, 12000) });
  await page.screenshot({ path: path.join(shots, name + ".jpg"), type: "jpeg", quality: 80 });
  await page.setViewportSize(size);
}

// zh: 页面有没有横向溢出；溢出的是谁。 en: Does the page overflow sideways, and what does.
function overflowing() {
  const wide = document.documentElement.scrollWidth - innerWidth;
  const contents = document.querySelector("#doc-content");
  const inner = contents ? contents.scrollWidth - contents.clientWidth : 0;
  if (wide <= 0 && inner <= 0) return "";
  const edge = contents.getBoundingClientRect().right;
  const guilty = [...document.querySelectorAll(".contents *")].filter((element) => {
    const box = element.getBoundingClientRect();
    let inside = false;
    for (let up = element; up && !up.matches(".contents"); up = up.parentElement)
      inside ||= /auto|scroll|hidden/.test(getComputedStyle(up).overflowX);
    return !inside && box.right > edge + 1;
  });
  const first = guilty[0] || document.body;
  return `${Math.max(wide, inner)} px: <${first.localName}> ${first.textContent.trim().slice(0, 60)}`;
}

async function look(page, language, name, width, dark, photographed = true) {
  page.bad.length = 0;
  await page.goto(`${base}/${language}/${name}.html`, { waitUntil: "load" });
  await page.evaluate(() => document.fonts.ready);
  const where = `${language}/${name} ${width} ${dark ? "dark" : "light"}`;
  await promise(`${where}: no error, nothing from outside`, () => assert.equal(page.bad.join("; "), ""));
  await promise(`${where}: no overflow`, async () => assert.equal(await page.evaluate(overflowing), ""));
  await promise(`${where}: dark or light as asked`, async () =>
    assert.equal(await page.evaluate(() => document.documentElement.classList.contains("dark-mode")), dark),
  );
  if (photographed) await shot(page, `${language}_${name}_${width}_${dark ? "dark" : "light"}`);
}

// zh: 一道题的页：标题、命令、三个折着的提示、回到章里的路。
// en: An exercise's page: title, command, three folded hints, the way back to its chapter.
async function lookAtExercise(page, language, name, width) {
  await look(page, language, name, width, false, width === "phone");
  await promise(`${language}/${name} ${width}: title, command, hints, a way back`, async () => {
    const number = name.replace(/\D+/, "").replace("_", ".");
    assert.ok((await page.locator(".headertitle").innerText()).startsWith(number + " "), "title");
    assert.equal(await page.locator("code.command").innerText(), `./learn ex ${number}`);
    assert.ok(await page.locator("code.command").isVisible(), "the command is not visible");
    const hints = await page.locator("details > summary:visible").allInnerTexts();
    assert.deepEqual(hints.map((words) => words.trim()), [1, 2, 3].map((n) => (language === "zh" ? "提示 " : "Hint ") + n));
    assert.equal(await page.locator("details[open]").count(), 0);
    const back = await page.locator("p.facts a.place").getAttribute("href");
    assert.equal(back, `${chapterOf(name)}.html#try_${number}`);
  });
}

const chapterOf = (exercise) => CHAPTERS.find((name) => name.startsWith(`ch${exercise.split("_")[1]}_`));

fs.rmSync(shots, { recursive: true, force: true });
fs.mkdirSync(shots, { recursive: true });
const began = performance.now();

// zh: 两种语言同时看，各用一个浏览器：一个浏览器里的截图是排着队照的。
// en: Both languages at once, each in a browser of its own: one browser takes its screenshots in turn.
async function lookThrough(language) {
  const browser = await launch();
  for (const width of Object.keys(WIDTHS))
    for (const dark of [false, true]) {
      const page = await open(browser, width, dark);
      for (const name of dark ? CHAPTERS : PAGES) await look(page, language, name, width, dark);
      for (const name of dark ? [] : EXERCISES) await lookAtExercise(page, language, name, width);
      await page.context().close();
    }
  await browser.close();
}
await Promise.all(["zh", "en"].map(lookThrough));

const browser = await launch();
const page = await open(browser, "desktop", false);
const at = (name) => page.goto(`${base}/${name}.html`, { waitUntil: "load" });

await promise("the search finds a Chinese word inside a text", async () => {
  await at("zh/index");
  await page.fill("#fulltext input", "窃取者");
  await page.waitForSelector("#fulltext li a mark");
  const link = page.locator('#fulltext li a[href^="ch3_runqueue.html"]').first();
  assert.match(await link.innerText(), /窃取者/);
  await link.click();
  await page.waitForURL("**/zh/ch3_runqueue.html*");
});

await promise("the search works in English and from file://", async () => {
  await page.goto(pathToFileURL(path.join(site, "en/index.html")).href);
  await page.fill("#fulltext input", "runqput thief");
  await page.waitForSelector("#fulltext li a mark");
});

for (const name of CHAPTERS)
  await promise(`zh/${name}: each figure's node leads to its function`, async () => {
    await at("zh/" + name);
    const links = page.locator(".dotgraph svg a");
    const there = await links.evaluateAll((found) =>
      found.map((a) => [a.getAttribute("xlink:href"), a.textContent.trim()]),
    );
    if (name === "ch3_runqueue") assert.ok(there.length > 0, "no figure with links");
    for (const [address] of there) {
      const [file, anchor] = address.split("#");
      const text = fs.readFileSync(path.join(site, "zh", file), "utf-8");
      assert.ok(!anchor || text.includes(`id="${anchor}"`), `dead: ${address}`);
    }
    if (!there.length) return;
    await links.first().click();
    await page.waitForURL((url) => url.pathname.endsWith("/zh/" + there[0][0].split("#")[0]));
  });

await promise("on English pages the document's words come in English first", async () => {
  for (const name of [...CHAPTERS, "errata"]) {
    await at("en/" + name);
    const first = await page.locator("p.quote > q:first-child, table.erratum q:first-child").allInnerTexts();
    assert.ok(first.length > 0, name);
    assert.deepEqual(first.filter((words) => /[\u4e00-\u9fff]/.test(words)), [], name);
  }
});

await promise("what is proved names no number of surprises", async () => {
  for (const language of ["zh", "en"]) {
    await at(`${language}/ch3_runqueue`);
    const told = await page.locator("figure.transcript").allInnerTexts();
    assert.ok(told.some((text) => /已证明|proved/.test(text)), "nothing proved");
    assert.deepEqual(told.join("\n").match(/(已证明，意外|proved, surprises) \d+/), null);
  }
});

await promise("changing the language keeps the page and the place", async () => {
  await at("zh/ch3_runqueue");
  await page.evaluate(() => (location.hash = "ch3_put"));
  await page.click("#otherlang");
  await page.waitForURL("**/en/ch3_runqueue.html#ch3_put");
  await page.click("#otherlang");
  await page.waitForURL("**/zh/ch3_runqueue.html#ch3_put");
});

await promise("previous and next go through all the pages", async () => {
  await at("en/index");
  let steps = 0;
  while (await page.locator("nav.turn a.next").count()) {
    await Promise.all([page.waitForNavigation(), page.locator("nav.turn a.next").first().click()]);
    steps += 1;
  }
  assert.equal(steps, PAGES.length - 1);
});

await promise("the dark switch works and is remembered", async () => {
  await at("zh/ch1_entry");
  await page.click("doxygen-awesome-dark-mode-toggle");
  const dark = () => page.evaluate(() => document.documentElement.classList.contains("dark-mode"));
  assert.equal(await dark(), true);
  await at("zh/ch2_goroutine");
  assert.equal(await dark(), true);
});

// --- zh: 习题和折着的答案 en: exercises and folded answers

for (const name of CHAPTERS)
  await promise(`${name}: each exercise has its place, which can be seen and leads to it`, async () => {
    for (const language of ["zh", "en"]) {
      await at(`${language}/${name}`);
      for (const exercise of EXERCISES.filter((exercise) => chapterOf(exercise) === name)) {
        const place = page.locator(`[id="${exercise.replace("exercise", "try").replace(/_(\d+)$/, ".$1")}"]`);
        assert.ok(await place.isVisible(), `${language}/${exercise}: can't be seen`);
        assert.equal(await place.locator("a").getAttribute("href"), exercise + ".html");
        assert.equal(await page.locator(`ul.exercises a[href="${exercise}.html"]`).count(), 1, `${language}/${exercise}: not in the list`);
      }
    }
  });

const folds = (state = "") => page.locator(`details.answer${state}`).count();
const FOLDED = "en/ch3_runqueue";

for (const name of CHAPTERS)
  await promise(`${name}: answers are folded, each under the exercise that asks for it`, async () => {
    for (const language of ["zh", "en"]) {
      await at(`${language}/${name}`);
      assert.ok((await folds()) > 0, "no folds");
      assert.equal(await folds("[open]"), 0);
      assert.equal(await page.locator("details.answer .line:visible").count(), 0);
      for (const summary of await page.locator("details.answer > summary").all()) {
        const there = await summary.locator("a").first().getAttribute("href");
        assert.ok(EXERCISES.includes(there.replace(".html", "")), there);
      }
    }
  });

await promise("by the keyboard all answers are shown, on all pages, until they are folded again", async () => {
  await at(FOLDED);
  let tabs = 0;
  while (!(await page.evaluate(() => document.activeElement.matches("#answers input"))) && tabs++ < 60)
    await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  const all = await folds();
  assert.equal(await folds("[open]"), all);
  await page.reload({ waitUntil: "load" });
  assert.equal(await folds("[open]"), all);
  assert.ok(await page.locator("#answers input").isChecked());
  for (const other of ["en/ch5_spinning", "zh/ch1_entry"]) {
    await at(other);
    assert.equal(await folds("[open]"), await folds());
  }
  await page.uncheck("#answers input");
  assert.equal(await folds("[open]"), 0);
  await at(FOLDED);
  assert.equal(await folds("[open]"), 0);
});

await promise("the switch can be seen at both widths, and pages without answers have none", async () => {
  for (const width of Object.keys(WIDTHS)) {
    const narrow = await open(browser, width, false);
    for (const language of ["zh", "en"]) {
      await narrow.goto(`${base}/${language}/ch3_runqueue.html`, { waitUntil: "load" });
      const boxes = ["#answers", "#otherlang", "#fulltext input", "#projectname"].map((what) => narrow.locator(what).boundingBox());
      const [mine, ...others] = await Promise.all(boxes);
      assert.ok(mine.x >= 0 && mine.x + mine.width <= WIDTHS[width][0], "outside the window");
      for (const other of others.slice(0, 2)) {
        const apart = mine.x + mine.width <= other.x || other.x + other.width <= mine.x || mine.y + mine.height <= other.y || other.y + other.height <= mine.y;
        assert.ok(apart, `${language} ${width}: lies over another`);
      }
      await narrow.goto(`${base}/${language}/glossary.html`, { waitUntil: "load" });
      assert.equal(await narrow.locator("#answers").count(), 0);
    }
    await narrow.context().close();
  }
});

await promise("a link to a line inside a fold opens it and goes there, also from the same page", async () => {
  await at(FOLDED);
  const line = await page.locator("details.answer .line > a[id]").last().getAttribute("id");
  const target = page.locator(`[id="${line}"]`).locator("..");
  await page.evaluate((hash) => (location.hash = hash), line);
  await target.waitFor();
  assert.ok(await target.evaluate((e) => Math.abs(e.getBoundingClientRect().top) < innerHeight), "not gone to");
  assert.equal(await folds("[open]"), 1);
  await page.goto("about:blank");
  await page.goto(`${base}/${FOLDED}.html#${line}`, { waitUntil: "load" });
  await target.waitFor();
  assert.ok(await target.evaluate((e) => Math.abs(e.getBoundingClientRect().top) < innerHeight), "not gone to");
});

await promise("a link to an exercise's place opens no answer", async () => {
  await page.goto("about:blank");
  await page.goto(`${base}/${FOLDED}.html#try_3.2`, { waitUntil: "load" });
  assert.ok(await page.locator('[id="try_3.2"]').isVisible());
  assert.equal(await folds("[open]"), 0);
});

await promise("the search finds words inside a fold and opens it", async () => {
  await at("en/index");
  await page.fill("#fulltext input", "runqputslow throw_unless");
  const link = page.locator('#fulltext li a[href^="ch3_runqueue.html#answer_"]').first();
  await link.click();
  await page.waitForURL("**/en/ch3_runqueue.html#answer_*");
  await page.locator("details.answer[open] .line", { hasText: "queue is not full" }).waitFor();
});

await promise("printed, answers are there; afterwards they are folded again", async () => {
  await at(FOLDED);
  await page.evaluate(() => addEventListener("beforeprint", () => {
    window.printed = document.querySelectorAll("details.answer[open]").length;
  }));
  await page.pdf();
  assert.equal(await page.evaluate(() => window.printed), await folds());
  assert.equal(await folds("[open]"), 0);
});

await promise("without scripts an answer is folded, and opens by its line", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(`${base}/${FOLDED}.html`, { waitUntil: "load" });
  const fold = plain.locator("details.answer").first();
  assert.ok(!(await fold.locator(".line").first().isVisible()), "open at first");
  await fold.locator("summary").click({ position: { x: 5, y: 5 } });
  assert.ok(await fold.locator(".line").first().isVisible(), "does not open");
  await context.close();
});

await browser.close();
server.close();
const seconds = ((performance.now() - began) / 1000).toFixed(1);
console.log(`${passed} promises kept, ${failures.length} not, ${seconds} s`);
process.exit(failures.length ? 1 : 0);
