// Search: words are compared as the program does, every piece of every page finds that page, and a reader can work the page.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { engine, one, open } from "./engine.mjs";
import { serveFolder } from "./server.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PROGRAM = process.env.PRONGSAI ?? join(ROOT, "target/release/prongsai");
const VECTORS = JSON.parse(await readFile(join(ROOT, "tests/search/vectors.json"), "utf8"));

let folder;
let sites;
let browser;
let server;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "prongsai-search-"));
  await cp(join(ROOT, "tests/sites/complete/content"), join(folder, "content"), { recursive: true });
  execFileSync(PROGRAM, ["-C", folder, "build"]);
  sites = [join(ROOT, "public"), join(folder, "public")];
  server = await serveFolder(sites[0]);
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
});

after(async () => {
  await browser?.close();
  server?.close();
  if (folder) await rm(folder, { recursive: true });
});

test("a text is folded as the program folds it", () => {
  for (const [text, key] of VECTORS.keys) assert.equal(engine.fold(text), key, text);
});

/** Whether a text has a query itself, not only similar words. */
const has = (text, query) => engine.find(one(text), query).some(({ near }) => near === 0);

test("every spelling of a code or a number finds every other", () => {
  const spellings = ["O42", "E6"].map((wanted) => VECTORS.codes.filter(([, code]) => code === wanted));
  for (const same of spellings) {
    for (const [text] of same) for (const [query] of same) assert.ok(has(`ข้อ ${text} ว่า`, query), `${query} in ${text}`);
  }
  for (const [text, query, is_found] of VECTORS.finds) assert.equal(has(text, query), is_found, `${query} in ${text}`);
});

/** What a finished page says, read in another way than the program does. */
function said(html) {
  const main = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
  return main
    .replace(/<(svg|nav)\b[\s\S]*?<\/\1>/g, " ")
    .replace(/<\/?(a|abbr|b|code|em|i|small|span|strong|sub|sup|time|wbr)\b[^>]*>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(code))
    .replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " })[name])
    .replace(/\s+/g, " ")
    .trim();
}

/** The pages that must be found: all but those that repeat others, and what is only for searching or printing. `folder` is that of the
 * language. */
async function pages(site, folder) {
  const found = [];
  for (const name of await readdir(site, { recursive: true })) {
    if (!name.endsWith("index.html") || /^(search|site-index|en)\/|poster\//.test(name)) continue;
    const html = await readFile(join(site, name), "utf8");
    const url = name.slice(0, -"index.html".length);
    const canonical = /<link rel="canonical" href="([^"]+)"/.exec(html)?.[1];
    if (canonical && decodeURI(new URL(canonical).pathname).slice(1) === folder + url) found.push([url, said(html)]);
  }
  return found;
}

test("every piece of every page finds that page", async () => {
  let n_pieces = 0;
  const lost = [];
  // Each language has an index of its own.
  const editions = [...sites.map((site) => [site, ""]), [join(sites[0], "en"), "en/"]];
  for (const [site, folder] of editions) {
    const index = await open(site);
    const found = await pages(site, folder);
    assert.ok(found.length > 30, `${site} has ${found.length} pages to find`);
    for (const [url, text] of found) {
      const alone = { ...index, pages: index.pages.filter((page) => page.url === url) };
      const look = (piece) => {
        if (!engine.fold(piece)) return;
        n_pieces += 1;
        // Among all pages once in a while, for it takes longer; a page that only has similar words does not count as found.
        const among = n_pieces % 100 ? alone : index;
        if (!engine.find(among, piece).some(({ page, near }) => page.url === url && !near)) lost.push(`${url}: ${piece}`);
      };
      const letters = [...text];
      // Pieces begin and end anywhere: inside words, numbers and codes, between a letter and its mark.
      for (const length of [1, 2, 3, 5, 8, 13, 21, 34, 55]) {
        const step = Math.max(3, Math.floor(letters.length / 25)) | 1;
        for (let at = length % step; at < letters.length; at += step) look(letters.slice(at, at + length).join(""));
      }
      for (const word of new Set(text.split(" "))) look(word);
    }
  }
  assert.ok(n_pieces > 30_000, `${n_pieces} pieces`);
  assert.deepEqual(lost.slice(0, 20), [], `${lost.length} of ${n_pieces} are lost`);
});

test("a snippet shows the hit as the page writes it", () => {
  const [result] = engine.find(one("ก่อนหน้า\n\tplace\tหัวข้อ\nงบประมาณ พ.ศ. ๒๕๖๖ ของเทศบาล"), "2566");
  const { pieces, place } = engine.snippet(result);
  assert.equal(pieces[1], "๒๕๖๖");
  assert.equal(pieces.join(""), "ก่อนหน้า หัวข้อ งบประมาณ พ.ศ. ๒๕๖๖ ของเทศบาล");
  assert.equal(place.id, "place");
});

test("a sum is found with and without its commas, and a year is no part of one", () => {
  for (const [text, query] of [["วงเงิน 480,000 บาท", "480000"], ["วงเงิน 480000 บาท", "480,000"], ["วงเงิน ๔๘๐,๐๐๐ บาท", "480000"]]) {
    assert.equal(engine.find(one(text), query).length, 1, `${query} in ${text}`);
  }
  assert.equal(engine.find(one("หน้า 25, 66"), "2566").length, 0);
});

test("the script and the first tier are small", async () => {
  const [name] = (await readdir(join(sites[0], "assets"))).filter((name) => /^search-[0-9a-f]{8}\.js$/.test(name));
  const script = await readFile(join(sites[0], "assets", name));
  assert.ok(gzipSync(script).length <= 3072, `${gzipSync(script).length} bytes of script`);
  for (const site of sites) {
    for (const name of await readdir(join(site, "search"))) {
      const size = gzipSync(await readFile(join(site, "search", name))).length;
      assert.ok(size <= (name === "titles.json" ? 16_000 : 160_000), `${name}: ${size}`);
    }
  }
});

test("typing finds, marks, tells and forgets", async () => {
  const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
  const problems = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url())));
  await page.goto(`${server.origin}/`);
  await page.getByRole("link", { name: "ค้นหา" }).click();
  assert.ok(!asked.some(({ pathname }) => pathname.endsWith(".json")), "nothing is loaded before it is wanted");
  const field = page.getByRole("searchbox", { name: "คำที่ต้องการหา" });
  await field.fill("ปลัดเทศบาล");
  const first = page.locator(".search__results li").first();
  await first.getByRole("link", { name: "นางสาวจำลอง ตัวอย่างสอง" }).waitFor().catch(async (error) => {
    const [said, shown] = [await page.getByRole("status").innerText(), await first.allInnerTexts()];
    throw new Error(`${said}, ${shown}, ${await field.inputValue()}, ${page.url()}, ${asked.join(" ")}, ${problems}`, { cause: error });
  });
  await page.getByRole("status").filter({ hasText: /^พบ \d+ หน้า$/ }).waitFor();
  assert.equal(await first.locator("mark").first().innerText(), "ปลัดเทศบาล");
  assert.equal(new URL(page.url()).searchParams.get("q"), "ปลัดเทศบาล");
  await page.waitForTimeout(300);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(overflow <= 0, "results fit a phone");

  await field.press("Escape");
  assert.equal(await field.inputValue(), "");
  assert.equal(await page.locator(".search__results li").count(), 0);
  assert.equal(await page.getByRole("status").innerText(), "");
  assert.equal(new URL(page.url()).search, "");

  await field.fill("ฮฮฮฮ");
  await page.getByRole("status").filter({ hasText: "ไม่พบคำนี้" }).waitFor();
  await page.locator("main").getByRole("link", { name: "ดัชนี ก–ฮ" }).click();
  await page.getByRole("heading", { level: 1, name: "ดัชนี ก–ฮ" }).waitFor();
  assert.ok(asked.every(({ origin }) => origin === server.origin), "no other host is asked");
  assert.deepEqual(problems, []);
  await page.close();
});

test("an address with words shows their results; Enter and the button search at once", async () => {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/search/?q=${encodeURIComponent("๐๔๒")}`);
  await page.locator(".search__results a").first().waitFor();
  assert.match(await page.locator(".search__results a").first().innerText(), /^O42 /);
  assert.equal(await page.getByRole("searchbox").inputValue(), "๐๔๒");
  await page.getByRole("searchbox").fill("a");
  await page.getByRole("searchbox").fill("ร้องเรียน");
  await page.getByRole("searchbox").press("Enter");
  assert.equal(new URL(page.url()).searchParams.get("q"), "ร้องเรียน");
  const count = await page.locator(".search__results li").count();
  assert.ok(count > 0 && count <= 20);
  await page.getByRole("searchbox").fill("การ");
  await page.getByRole("main").getByRole("button", { name: "ค้นหา" }).click();
  await page.getByRole("button", { name: "แสดงเพิ่ม" }).click();
  assert.ok((await page.locator(".search__results li").count()) > 20);
  assert.equal(await page.evaluate(() => [...document.querySelectorAll(".search__results a")].indexOf(document.activeElement)), 20);
  await page.locator(".search__results a").first().click();
  await page.locator("h1").waitFor();
  assert.ok(!page.url().includes("/search/"), "a result leads to its page");
  await page.close();
});

test("without JavaScript the page says so and leads to the index", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${server.origin}/search/`);
  await page.getByText("ต้องเปิด JavaScript").waitFor();
  assert.equal(await page.locator("form").isVisible(), false);
  await page.locator("main").getByRole("link", { name: "ดัชนี ก–ฮ" }).click();
  await page.getByRole("link", { name: "ผ", exact: true }).click();
  assert.equal(new URL(page.url()).hash, "#letter-e1c", "a letter is a jump");
  await context.close();
});

test("texts that do not load are said, and asked for again", async () => {
  for (const name of ["titles", "text-0"]) {
    const page = await browser.newPage();
    await page.route(`**/${name}.json`, (route) => route.abort());
    await page.goto(`${server.origin}/search/?q=ita`);
    const failed = page.getByRole("status").filter({ hasText: "โหลดข้อมูลค้นหาไม่ได้" });
    await failed.waitFor();
    await page.unroute(`**/${name}.json`);
    await page.getByRole("button", { name: "ค้นหา" }).click();
    await page.getByRole("status").filter({ hasText: /^พบ \d+ หน้า$/ }).waitFor();
    assert.equal(await failed.count(), 0);
    await page.close();
  }
});

test("words that come without a key or a click are searched", async () => {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/search/`);
  await page.locator("input[name=q]").evaluate((field) => {
    field.value = "ปลัดเทศบาล";
    field.dispatchEvent(new Event("input"));
  });
  await page.locator(".search__results mark").first().waitFor();
  await page.close();
});

test("axe finds no violation with results on the page", async () => {
  const axe = await readFile(fileURLToPath(new URL("node_modules/axe-core/axe.min.js", import.meta.url)), "utf8");
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${server.origin}/search/?q=ita`);
  await page.locator(".search__results a").first().waitFor();
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`), []);
  await context.close();
});
