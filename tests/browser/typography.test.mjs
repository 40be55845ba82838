// Titles of office rendered at every width of a narrow column: no line ends inside a word, nothing sticks out.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serveFolder } from "./server.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SETTINGS = `base_url = "https://example.go.th/"
fiscal_year = 2566
[agency]
name = "เทศบาลตัวอย่าง"
name_en = "Sample Municipality"
kind = "city-municipality"
`;

let browser;
let server;
let folder;
let titles;

before(async () => {
  const text = await readFile(fileURLToPath(new URL("titles.txt", import.meta.url)), "utf8");
  titles = text.split("\n").filter((line) => line && !line.startsWith("#"));
  folder = await mkdtemp(join(tmpdir(), "prongsai-titles-"));
  await mkdir(join(folder, "content/executives"), { recursive: true });
  await writeFile(join(folder, "content/site.toml"), SETTINGS);
  for (const [at, title] of titles.entries()) {
    const fields = `name = "นายสมมุติ ตัวอย่าง${"กขคงจฉชซฌญ"[at % 10]}"\nposition = "${title.replaceAll("|", "")}"\ngroup = "permanent"\norder = ${at + 1}`;
    await writeFile(join(folder, `content/executives/${String(at + 1).padStart(2, "0")}-person-${at + 1}.md`), `+++\n${fields}\n+++\n`);
  }
  execFileSync(join(ROOT, "target/release/prongsai"), ["-C", folder, "build"]);
  server = await serveFolder(join(folder, "public"));
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
});

after(async () => {
  await browser?.close();
  server?.close();
  await rm(folder, { recursive: true });
});

/** Runs in the page: where the lines of every title end, at widths from 110 to 360 CSS px, and what is wider than its column. */
function breaks(plain) {
  const found = [];
  const paragraphs = [...document.querySelectorAll("main article p")];
  for (const title of plain) {
    const paragraph = paragraphs.find((paragraph) => paragraph.textContent === title);
    if (!paragraph) {
      found.push({ title, missing: true });
      continue;
    }
    for (let width = 110; width <= 360; width += 10) {
      paragraph.style.width = `${width}px`;
      const ends = [];
      let at = 0;
      let last = null;
      const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let offset = 0; offset < node.length; offset += 1, at += 1) {
          const range = document.createRange();
          range.setStart(node, offset);
          range.setEnd(node, offset + 1);
          const box = range.getClientRects()[0];
          // Marks above and below take no room and have the box of their consonant.
          if (!box || box.width === 0) continue;
          if (last !== null && box.top > last + 4) ends.push(at);
          last = box.top;
        }
      }
      found.push({ title, width, ends, overflow: paragraph.scrollWidth - width });
    }
    paragraph.style.width = "";
  }
  return found;
}

/** What is wrong with the lines of the titles. */
function problems(found) {
  const wrong = [];
  for (const { title, width, ends, overflow, missing } of found) {
    const marked = titles.find((line) => line.replaceAll("|", "") === title);
    const allowed = new Set();
    let at = 0;
    for (const part of marked.split("|")) allowed.add((at += part.length));
    if (missing) wrong.push(`${title} is not on the page`);
    for (const end of ends ?? []) if (!allowed.has(end)) wrong.push(`${title.slice(0, end)}/${title.slice(end)} at ${width} px`);
    if (overflow > 0) wrong.push(`${title} is ${overflow} px too wide at ${width} px`);
  }
  return wrong;
}

test("no title of office breaks inside a word from 110 to 360 px", async () => {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/executives/`);
  await page.evaluate(() => document.fonts.ready);
  const found = await page.evaluate(breaks, titles.map((title) => title.replaceAll("|", "")));
  assert.ok(found.length > titles.length * 20);
  assert.ok(found.some(({ ends }) => ends?.length > 2), "narrow columns have several lines");
  assert.deepEqual(problems(found), []);
});

test("left to the browser, titles do break inside words", async () => {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/executives/`);
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => {
    for (const paragraph of document.querySelectorAll("main article p")) paragraph.textContent = paragraph.textContent;
  });
  const found = await page.evaluate(breaks, titles.map((title) => title.replaceAll("|", "")));
  assert.ok(problems(found).some((problem) => problem.includes("/")), "the check sees a break inside a word");
});
