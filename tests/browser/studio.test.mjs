// The studio in a real browser: a webmaster adds an executive with a photo, mends mistakes, loses nothing, takes things back.
import assert from "node:assert/strict";
import { cp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { serveCopy } from "./serving.mjs";
import { launch, resize, ROOT } from "./sites.mjs";

const AXE = await readFile(fileURLToPath(new URL("node_modules/axe-core/axe.min.js", import.meta.url)), "utf8");
const MAYOR = "content/executives/01-mayor.md";

let browser;
let server;
let at;
let origin;
let page;
const mistakes = [];

const text = (path) => readFile(at(path), "utf8");

before(async () => {
  server = await serveCopy(async (at) => {
    // Somebody is not entered yet, so the item of the executives is not complete.
    await rm(at("content/executives"), { recursive: true });
    await cp(join(ROOT, "content/executives"), at("content/executives"), { recursive: true });
    await rm(at("content/executives/01-mayor.md"));
    await rm(at("content/executives/01-mayor.en.md"));
  });
  ({ at, origin } = server);
  browser = await launch();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("pageerror", (error) => mistakes.push(error.message));
  page.on("console", (message) => message.type() === "error" && !message.text().includes("404") && mistakes.push(message.text()));
});

after(async () => {
  await browser?.close();
  await server?.close();
});

const studio = async (hash) => {
  await page.goto("about:blank");
  await page.goto(`${origin}/_prongsai/studio/#${hash}`);
  await page.waitForSelector("main h1");
};
const saved = () => page.waitForFunction(() => /บันทึกแล้ว|Saved/.test(document.getElementById("status").textContent));
const item = async (id) => {
  const answer = await (await fetch(`${origin}/_prongsai/api/site`)).json();
  return answer.form.items.find((item) => item.item === id);
};
const axe = async (target = page) => {
  await target.evaluate(AXE);
  const { violations } = await target.evaluate(() => window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  assert.deepEqual(violations.map((violation) => [violation.id, violation.nodes.map((node) => node.target.join(" "))]), []);
};

test("an executive with a photo is added, and the item turns from missing to complete", async () => {
  const before = await item("O2");
  assert.notEqual(before.status, "complete");
  await studio("/list/executives");
  await page.click("main a.button");
  await page.waitForSelector("#f-name");
  // Nothing is filled in: the summary leads to the fields.
  await page.click("#save");
  await page.waitForSelector(".summary.bad");
  assert.ok(await page.evaluate(() => document.activeElement.classList.contains("summary")), "the summary has the focus");
  await page.click('.summary a[href="#f-name"]');
  assert.equal(await page.evaluate(() => document.activeElement.id), "f-name");
  assert.equal(await page.getAttribute("#f-name", "aria-invalid"), "true");
  await page.keyboard.type("นางสมมุติ ทดสอบ");
  await page.fill("#f-position", "นายกเทศมนตรี");
  await page.selectOption("#f-group", "political");
  await page.fill("#f-order", "๑");
  await page.fill("#f-phone", "๐ ๔๒๐๐ ๐๐๐๙");
  await page.fill("#f-email", "mayor@example.go.th");
  await page.fill("#slug", "mayor");
  await page.setInputFiles('input[type="file"]', join(ROOT, "content/executives/01-mayor.png"));
  await page.waitForSelector(".crop canvas");
  await page.locator(".crop input").first().fill("1.5");
  await page.waitForFunction(() => document.getElementById("f-photo").value.endsWith(".jpg"));
  await page.click("#save");
  await saved();
  const path = decodeURIComponent((await page.evaluate(() => location.hash)).replace("#/edit/", ""));
  const written = await text(path);
  assert.match(written, /^\+\+\+\nname = "นางสมมุติ ทดสอบ"\nposition = "นายกเทศมนตรี"\ngroup = "political"\norder = 1\n/);
  assert.match(written, /photo = "[\w-]+\.jpg"/);
  const photo = await readFile(at(`content/executives/${/photo = "(.*)"/.exec(written)[1]}`));
  assert.deepEqual([photo[0], photo[1]], [0xff, 0xd8], "a JPEG");
  assert.equal((await item("O2")).status, "complete", JSON.stringify((await item("O2")).requirements));
  await page.goto(`${origin}/executives/`);
  assert.match(await page.textContent("main"), /นางสมมุติ ทดสอบ/);
});

test("a long list has the newest first, finds, and shows more on demand", async () => {
  const listed = async () => (await (await fetch(`${origin}/_prongsai/api/site`)).json()).documents.news.length;
  const n_before = await listed();
  const posts = Array.from({ length: 120 }, (_, n) => `content/news/z${String(n).padStart(3, "0")}.md`);
  for (const [n, path] of posts.entries()) {
    const day = `${1 + (n % 28)} เมษายน ${2500 + n}`;
    await writeFile(at(path), `+++\ntitle = "ข่าวลำดับที่ ${n}"\ndate = "${day}"\n+++\n`);
  }
  for (let tries = 0; (await listed()) < n_before + posts.length && tries < 100; tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  await studio("/list/news");
  const titles = () => page.locator("main .rows > li > a").allInnerTexts();
  assert.equal((await titles()).length, 50);
  const years = (await titles()).map((title) => /ข่าวลำดับที่ (\d+)/.exec(title)?.[1]).filter(Boolean).map(Number);
  assert.deepEqual(years, years.toSorted((a, b) => b - a), "newest first");
  await page.locator("main .rows + button").click();
  assert.equal((await titles()).length, 100);
  assert.equal(await page.evaluate(() => document.activeElement.innerText), (await titles())[50], "reading goes on where it stopped");
  await axe();
  const find = page.getByRole("searchbox");
  await find.fill("ลำดับ ๑๗");
  assert.deepEqual(await titles(), ["ข่าวลำดับที่ 117", "ข่าวลำดับที่ 17"]);
  // Somebody changes a file meanwhile: what is typed stays, and so does the place to type.
  await writeFile(at(posts[17]), '+++\ntitle = "ข่าวลำดับที่ 17 ใหม่"\ndate = "1 เมษายน 2517"\n+++\n');
  await page.getByRole("link", { name: "ข่าวลำดับที่ 17 ใหม่" }).waitFor();
  assert.ok(await find.evaluate((input) => input === document.activeElement && input.value === "ลำดับ ๑๗"));
  await page.getByRole("link", { name: "ข่าวลำดับที่ 117" }).click();
  await page.waitForSelector("#f-title");
  await page.goBack();
  await page.waitForSelector("main .rows");
  assert.equal(await find.inputValue(), "ลำดับ ๑๗", "back to what was found");
  await find.fill("ไม่มีคำนี้");
  assert.match(await page.getByText("ไม่พบ").innerText(), /ลองคำอื่น/);
  for (const path of posts) await rm(at(path));
});

test("a translation is opened from the list, and settings are called so", async () => {
  await studio("/list/executives");
  await page.locator("main .rows a", { hasText: "ฉบับภาษาอังกฤษ" }).first().click();
  await page.waitForSelector("#f-name");
  assert.match(await page.evaluate(() => location.hash), /\.en\.md$/);
  assert.match(await page.inputValue("#f-name"), /^[A-Z]/);
  await studio("/edit/content/site.toml");
  assert.equal(await page.textContent("h1"), "ตั้งค่าเว็บไซต์");
});

test("a draft is listed by what it says, or by what the form calls it", async () => {
  await writeFile(at("content/news/draft-a.md"), '+++\ndraft = true\ntitle = "ข่าวที่ยังไม่เสร็จ"\n+++\n');
  const { home, title } = await item("O1");
  const before = await text(home).catch(() => null);
  await writeFile(at(home), "+++\ndraft = true\n+++\n");
  const listed = async () => Object.values((await (await fetch(`${origin}/_prongsai/api/site`)).json()).documents).flat().filter(({ draft }) => draft);
  let drafts = [];
  for (let tries = 0; drafts.length < 2 && tries < 100; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    drafts = await listed();
  }
  const named = Object.fromEntries(drafts.map((draft) => [draft.path, draft.title]));
  assert.equal(named["content/news/draft-a.md"], "ข่าวที่ยังไม่เสร็จ");
  assert.deepEqual(named[home], { th: `O1 ${title.th}`, en: `O1 ${title.en}` });
  await studio(`/list/${home.split("/")[1]}`);
  await page.getByRole("link", { name: `O1 ${title.th}` }).waitFor();
  await rm(at("content/news/draft-a.md"));
  if (before === null) await rm(at(home));
  else await writeFile(at(home), before);
});

test("a mistake is not saved, what was typed stays, and a draft can be", async () => {
  await studio("/edit/content/executives/02-municipal-clerk.md");
  const before = await text("content/executives/02-municipal-clerk.md");
  await page.fill("#f-phone", "เบอร์ใหม่");
  await page.click("#save");
  await page.waitForSelector(".summary.bad");
  assert.match(await page.textContent("#f-phone-problem"), /ไม่ใช่หมายเลขโทรศัพท์/);
  assert.equal(await text("content/executives/02-municipal-clerk.md"), before);
  // The browser goes down; what was typed comes back.
  await page.goto("about:blank");
  await studio("/edit/content/executives/02-municipal-clerk.md");
  assert.equal(await page.inputValue("#f-phone"), "เบอร์ใหม่");
  await page.fill("#f-phone", "0 4200 0002");
  await page.click("#save");
  await saved();
  const after = await text("content/executives/02-municipal-clerk.md");
  assert.equal(after, before.replace(/phone = ".*"/, 'phone = "0 4200 0002"'), "comments and order are as they were");
});

test("somebody else's change is not overwritten", async () => {
  const path = "content/executives/03-deputy-clerk.md";
  await studio(`/edit/${path}`);
  await page.fill("#f-phone", "0 4200 0003");
  const theirs = (await text(path)).replace(/position = ".*"/, 'position = "รองปลัดเทศบาล (แก้ที่อื่น)"');
  await writeFile(at(path), theirs);
  await page.click("#save");
  await page.waitForSelector('[role="alert"]');
  assert.equal(await text(path), theirs);
  await page.click('[role="alert"] button:nth-of-type(2)');
  await saved();
  const both = await text(path);
  assert.match(both, /phone = "0 4200 0003"/);
});

test("rows are added, moved and removed by keyboard, and undone", async () => {
  const path = "content/measures/2566/1-budget.md";
  await writeFile(at(path), await readFile(join(ROOT, path), "utf8"));
  await page.waitForTimeout(300);
  await studio(`/edit/${path}`);
  const before = await text(path);
  const steps = page.locator('section[data-path="step"] fieldset.row');
  const n = await steps.count();
  assert.ok(n > 1);
  const first = await page.inputValue('[id="f-step.0.text"]');
  await page.focus('[id="f-step"]');
  await page.keyboard.press("Enter");
  assert.equal(await steps.count(), n + 1);
  await page.keyboard.type("ขั้นตอนใหม่");
  await page.focus('section[data-path="step"] fieldset.row:first-child button:nth-of-type(2)');
  await page.keyboard.press("Enter");
  await page.click("#save");
  await saved();
  const written = await text(path);
  assert.ok(written.includes('text = "ขั้นตอนใหม่"') && written.indexOf(first) > before.indexOf(first), written);
  await page.click("#undo");
  await page.waitForFunction(() => document.getElementById("status").textContent.includes("ย้อนกลับแล้ว"));
  assert.equal(await text(path), before);
});

test("a broken file is shown over the last good page, a click from its line", async () => {
  const path = "content/news/broken.md";
  await page.goto(`${origin}/executives/`);
  await page.waitForSelector("prongsai-panel");
  await writeFile(at(path), '+++\ntitle = "ขาด\ndate = "20 เมษายน 2566"\n+++\n');
  await page.waitForFunction(() => document.querySelector("prongsai-panel")?.shadowRoot.querySelector(".box.bad:not([hidden])"));
  assert.match(await page.textContent("main"), /ผู้บริหาร/, "the last good page");
  await axe();
  const link = page.locator("prongsai-panel .box.bad a").first();
  assert.match(await link.textContent(), /broken\.md, บรรทัด 2/);
  await link.click();
  await page.waitForSelector("#raw");
  const line = await page.evaluate(() => {
    const raw = document.getElementById("raw");
    return raw.value.slice(raw.selectionStart, raw.selectionEnd);
  });
  assert.equal(line, 'title = "ขาด');
  await axe();
  await page.fill("#raw", '+++\ntitle = "ไม่ขาดแล้ว"\ndate = "20 เมษายน 2566"\n+++\n');
  await page.click("#save");
  await saved();
  await page.waitForSelector("#f-title");
});

test("the preview of a text is its page, without scripts", async () => {
  await studio("/edit/content/news/broken.md");
  await page.fill("#body", "## หัวข้อใหม่\n\nย่อหน้า <script>alert(1)</script>");
  await page.click("text=ดูตัวอย่าง");
  const frame = page.frameLocator("iframe.page");
  await frame.locator("h2", { hasText: "หัวข้อใหม่" }).waitFor();
  assert.match(await text("content/news/broken.md"), /ไม่ขาดแล้ว/, "nothing is saved");
  page.once("dialog", (dialog) => dialog.accept());
  await studio("/");
});

test("every view passes axe, at a desk and on a phone, and reads from left to right without scrolling", async () => {
  for (const width of [360, 1280]) {
    await resize(page, width, 900);
    for (const hash of ["/", "/form", "/list/disclosures", "/new/disclosures", "/new/results", "/edit/content/site.toml", "/edit/content/measures/2566/1-budget.md", "/edit/content/executives/02-municipal-clerk.md"]) {
      await studio(hash);
      await axe();
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${hash} at ${width}`);
    }
  }
  assert.deepEqual(mistakes, []);
});

test("nobody else changes anything", async () => {
  const token = await page.getAttribute("meta[name=token]", "content");
  const send = (headers, body = "{}") => fetch(`${origin}/_prongsai/api/undo`, { method: "POST", headers, body });
  const json = { "content-type": "application/json" };
  assert.equal((await send({ ...json, origin, "x-prongsai-token": "x" })).status, 403, "a wrong token");
  assert.equal((await send({ ...json, "x-prongsai-token": token })).status, 403, "no origin");
  assert.equal((await send({ ...json, origin: "http://evil.example", "x-prongsai-token": token })).status, 403, "another site");
  assert.equal((await send({ origin, "x-prongsai-token": token, "content-type": "text/plain" })).status, 400, "what a form can send");
  const save = (path) => fetch(`${origin}/_prongsai/api/save`, { method: "POST", headers: { ...json, origin, "x-prongsai-token": token }, body: JSON.stringify({ path, sha256: null, raw: "x", anyway: true }) });
  for (const path of ["../x.md", "content/../x.md", "/etc/x.md", "themes/x.html", "content/x.md", "content/news/../../x.md", ".prongsai/x.md"]) {
    const answer = await save(path);
    assert.ok(answer.status >= 400, `${path}: ${answer.status} ${await answer.text()}`);
  }
  await assert.rejects(stat(at("../x.md")));
});
