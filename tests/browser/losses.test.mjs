// The studio in a real browser: nothing that was typed, chosen or written by others gets lost.
import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { serveCopy } from "./serving.mjs";
import { launch, ROOT } from "./sites.mjs";

const POST = "content/news/2567-02-20-water-quality.md";
const CLERK = "content/executives/05-clerk.md";

let browser;
let server;
let page;
let asked = [];

const text = (path) => readFile(server.at(path), "utf8");
const studio = async (hash) => {
  await page.goto("about:blank");
  await page.goto(`${server.origin}/_prongsai/studio/#${hash}`);
  await page.waitForSelector("main h1");
};
const said = (words) => page.waitForFunction((words) => document.getElementById("status").textContent.includes(words), words);
const save = async () => {
  await page.click("#save");
  await said("บันทึกแล้ว");
};
const site = async () => (await fetch(`${server.origin}/_prongsai/api/site`)).json();
/** Waits until the server has read what was written. */
const seen = async (is) => {
  for (let tries = 0; tries < 100; tries += 1) {
    if (is(await site())) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail("the server does not see the change");
};

before(async () => {
  server = await serveCopy();
  browser = await launch();
});

beforeEach(async () => {
  await page?.close();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  asked = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    return dialog.type() === "beforeunload" ? dialog.accept() : dialog.dismiss();
  });
});

after(async () => {
  await browser?.close();
  await server?.close();
});

test("settings that are saved as they are stay byte for byte", async () => {
  const more = '\n# ที่ย้ายแล้ว\n[redirects]\n"/old/" = "/news/"\n\n# เตือนไว้ก่อน\n[rules]\nP801 = "warn"\n';
  const before = (await text("content/site.toml")) + more;
  await writeFile(server.at("content/site.toml"), before);
  await studio("/edit/content/site.toml");
  assert.equal(await page.locator('section[data-path="rules"], section[data-path="redirects"]').count(), 0, "no box for what no form can show");
  await page.waitForFunction(async (more) => (await (await fetch("/_prongsai/api/document?of=content/site.toml")).json()).raw.endsWith(more), more);
  await save();
  assert.equal(await text("content/site.toml"), before);
  await page.fill('[id="f-agency.phone"]', "0 2000 0009");
  await save();
  assert.equal(await text("content/site.toml"), before.replace("0 2000 0001", "0 2000 0009"));
});

test("a text of several lines and one for both languages stay as they are", async () => {
  const path = "content/news/lines.md";
  const before = '+++\ntitle = """\nหนึ่ง\nสอง"""\ndate = "20 เมษายน 2566"\n+++\n';
  await writeFile(server.at(path), before);
  const settings = await text("content/site.toml");
  const single = settings.replace(/notice = .*/, 'notice = "เว็บไซต์ตัวอย่าง"');
  await writeFile(server.at("content/site.toml"), single);
  await seen(({ documents }) => documents.news.some((one) => one.path === path));
  for (const path of ["content/news/lines.md", "content/site.toml"]) {
    await studio(`/edit/${path}`);
    await page.click("#save");
    await page.waitForFunction(() => /บันทึกแล้ว|ยังไม่ได้บันทึก/.test(document.getElementById("status").textContent));
    if (await page.locator(".summary.bad .buttons").count()) await page.getByRole("button", { name: "บันทึกทั้งที่มีข้อผิดพลาด" }).click();
    await said("บันทึกแล้ว");
  }
  assert.equal(await text(path), before);
  assert.equal(await text("content/site.toml"), single);
  await writeFile(server.at("content/site.toml"), settings);
  await rm(server.at(path));
});

test("a theme that is not there is a mistake at its field", async () => {
  const before = await text("content/site.toml");
  await studio("/edit/content/site.toml");
  await page.fill("#f-theme", "nosuch");
  await page.click("#save");
  await page.waitForSelector(".summary.bad .buttons");
  assert.match(await page.textContent("#f-theme-problem"), /nosuch/);
  assert.equal(await text("content/site.toml"), before);
});

test("every new person has a picture and an address of their own", async () => {
  const pictures = ["01-nayok.png", "05-clerk.png"];
  const written = [];
  for (const picture of pictures) {
    await studio("/new/executives");
    await page.fill("#f-name", "นางสมมุติ ทดสอบ");
    await page.fill("#f-position", "ผู้อำนวยการกอง");
    await page.selectOption("#f-group", "permanent");
    await page.fill("#f-phone", "๐ ๔๒๐๐ ๐๐๐๙");
    await page.fill("#f-email", "a@example.go.th");
    await page.setInputFiles('input[type="file"]', join(ROOT, "tests/sites/complete/content/executives", picture));
    await page.waitForFunction(() => document.getElementById("f-photo").value.endsWith(".jpg"));
    if (picture === pictures[0]) await page.fill("#f-photo", "own.jpg");
    await page.click("#save");
    await page.waitForFunction(() => /บันทึก(แล้ว|$)/.test(document.getElementById("status").textContent) || document.querySelector(".summary.bad .buttons"));
    assert.equal(await page.locator(".summary.bad").count(), 0, await page.locator("main").innerText());
    written.push((await page.evaluate(() => location.hash)).replace("#/edit/", ""));
  }
  assert.deepEqual(written, ["content/executives/08-executive.md", "content/executives/09-executive-2.md"]);
  const [one, two] = await Promise.all(["own.jpg", "09-executive-2.jpg"].map((name) => readFile(server.at(`content/executives/${name}`))));
  assert.ok(!one.equals(two));
  assert.match(await text(written[1]), /photo = "09-executive-2.jpg"/);
  for (const name of ["08-executive.md", "own.jpg", "09-executive-2.md", "09-executive-2.jpg"]) await rm(server.at(`content/executives/${name}`));
});

test("a year that is there already is not written over", async () => {
  const before = await text("content/results/2565.toml");
  await studio("/new/results");
  await page.fill("#period", "๒๕๖๕");
  await page.fill("#f-grade", "A");
  await page.click("#save");
  await said("content/results/2565.toml");
  assert.equal(await page.getAttribute('[role="alert"] a', "href"), "#/edit/content/results/2565.toml");
  assert.equal(await page.inputValue("#f-grade"), "A");
  assert.equal(await text("content/results/2565.toml"), before);
});

test("a name or year that cannot be is told at its field", async () => {
  await studio("/new/news");
  for (const [slug, better] of [["my file", "my-file"], ["ก/ข", "ก-ข"], ["a.md", "a"]]) {
    await page.fill("#slug", slug);
    await page.click("#save");
    await page.waitForFunction((better) => document.getElementById("slug-problem").textContent.endsWith(better), better);
    assert.equal(await page.evaluate(() => document.activeElement.id), "slug");
  }
  await studio("/new/measures");
  await page.fill("#period", "2023");
  await page.click("#save");
  await page.waitForFunction(() => document.getElementById("period-problem").textContent.includes("2023"));
});

test("a new document survives another language and a reload", async () => {
  await studio("/new/news");
  await page.fill("#f-title", "ข่าวที่ยังไม่บันทึก");
  await page.fill("#slug", "kept");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { level: 1, name: "Add" }).waitFor();
  assert.equal(await page.inputValue("#f-title"), "ข่าวที่ยังไม่บันทึก");
  await studio("/new/news");
  assert.equal(await page.inputValue("#f-title"), "ข่าวที่ยังไม่บันทึก");
  assert.equal(await page.inputValue("#slug"), "kept");
  await page.getByRole("button", { name: "Drop it" }).click();
  assert.equal(await page.inputValue("#f-title"), "");
  await page.evaluate(() => localStorage.removeItem("prongsai-lang"));
});

test("what was typed is not dropped by undo, nor by somebody else's change", async () => {
  await studio(`/edit/${CLERK}`);
  await page.fill("#f-phone", "0 2000 0077");
  await save();
  await page.fill("#f-phone", "0 2000 0088");
  assert.equal(await page.textContent("#status"), "", "it is not saved any more");
  await page.click("#undo");
  assert.equal(asked.length, 1);
  assert.equal(await page.inputValue("#f-phone"), "0 2000 0088");
  assert.match(await text(CLERK), /0 2000 0077/);
  // The file changes while nobody has it open.
  await page.goto("about:blank");
  const theirs = (await text(CLERK)).replace("0 2000 0077", "0 2000 0099");
  await writeFile(server.at(CLERK), theirs);
  await studio(`/edit/${CLERK}`);
  assert.equal(await page.inputValue("#f-phone"), "0 2000 0088");
  await page.click("#save");
  await page.waitForSelector('[role="alert"] button');
  assert.equal(await text(CLERK), theirs);
  await page.click('[role="alert"] button:nth-of-type(1)');
  await page.waitForFunction(() => document.getElementById("f-phone")?.value === "0 2000 0099");
});

test("while a text is saved nothing can be typed that would be nowhere", async () => {
  await studio(`/edit/${POST}`);
  await page.route("**/api/save", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 800));
    await route.continue();
  });
  await page.fill("#body", "ข้อความแรก");
  await page.click("#save");
  await said("กำลังบันทึก");
  assert.ok(await page.evaluate(() => document.querySelector("form").inert));
  await said("บันทึกแล้ว");
  await page.fill("#body", "ข้อความที่สอง");
  await save();
  assert.match(await text(POST), /ข้อความที่สอง\n$/);
});

test("who goes elsewhere during a save stays there", async () => {
  await studio(`/edit/${POST}`);
  await page.route("**/api/save", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 800));
    await route.continue();
  });
  await page.fill("#body", "ข้อความก่อนไป");
  await page.click("#save");
  await said("กำลังบันทึก");
  page.removeAllListeners("dialog");
  page.once("dialog", (dialog) => dialog.accept());
  await page.click('#nav a[href="#/list/news"]');
  await said("บันทึกแล้ว");
  assert.equal(await page.evaluate(() => location.hash), "#/list/news");
  assert.match(await text(POST), /ข้อความก่อนไป/);
  // Nothing is open, so nothing is asked.
  page.on("dialog", (dialog) => assert.fail(dialog.message()));
  await page.click('#nav a[href="#/list/pages"]');
  await page.getByRole("heading", { level: 1, name: "หน้า" }).waitFor();
});

test("a text that was typed comes back as text, and lines keep their ends", async () => {
  const path = "content/news/crlf.md";
  await writeFile(server.at(path), '+++\r\ntitle = "ก"\r\ndate = "20 เมษายน 2566"\r\n+++\r\nหนึ่ง\r\n');
  await seen(({ documents }) => documents.news.some((one) => one.path === path));
  await studio(`/edit/${path}`);
  await page.getByRole("button", { name: "แก้เป็นข้อความ" }).click();
  await page.locator("#raw").press("Control+End");
  await page.keyboard.type("สอง");
  await studio(`/edit/${path}`);
  assert.match(await page.inputValue("#raw"), /หนึ่ง\nสอง$/);
  await save();
  assert.equal(await text(path), '+++\r\ntitle = "ก"\r\ndate = "20 เมษายน 2566"\r\n+++\r\nหนึ่ง\r\nสอง');
  await rm(server.at(path));
});

test("a file that is not UTF-8 cannot be spoilt", async () => {
  const path = "content/news/ansi.md";
  const bytes = Buffer.concat([Buffer.from('+++\ntitle = "'), Buffer.from([0xa2, 0xe8, 0xd2, 0xc7]), Buffer.from('"\ndate = "20 เมษายน 2566"\n+++\n')]);
  await writeFile(server.at(path), bytes);
  await studio(`/edit/${path}`);
  assert.match(await page.locator(".box.bad").first().innerText(), /UTF-8/);
  assert.ok(await page.locator("#raw").evaluate((raw) => raw.readOnly));
  assert.equal(await page.locator("#save").count(), 0);
  const refused = await page.evaluate(async (path) => {
    const { ask } = await import("/_prongsai/studio/app.js");
    const { sha256, raw } = await ask(`document?of=${path}`);
    return ask("save", { path, sha256, raw, anyway: true }).then(() => "saved", (error) => error.message);
  }, path);
  assert.match(refused, /UTF-8/);
  const large = await page.evaluate(async (path) => {
    const { ask } = await import("/_prongsai/studio/app.js");
    const { sha256 } = await ask(`document?of=${path}`);
    return ask("save", { path, sha256, raw: "ก".repeat(700_000), anyway: true }).then(() => "saved", (error) => error.message);
  }, POST);
  assert.match(large, /2 MB/);
  assert.deepEqual(await readFile(server.at(path)), bytes);
  await rm(server.at(path));
});

test("tabs that nobody looks at keep no connection", async () => {
  const hide = () => Object.defineProperty(document, "hidden", { get: () => window.isHidden !== false });
  const tabs = [];
  for (let n = 0; n < 7; n += 1) {
    const tab = await browser.newPage();
    await tab.addInitScript(hide);
    await tab.goto(`${server.origin}${n % 2 ? "/_prongsai/studio/" : "/about/"}`, { timeout: 10_000 });
    tabs.push(tab);
  }
  const panel = tabs.at(-1);
  await panel.waitForTimeout(500);
  await panel.evaluate(() => { window.isOld = true; });
  const before = await text(POST);
  await writeFile(server.at(POST), before.replace(/title = ".*"/, 'title = "เปลี่ยนตอนไม่มีใครดู"'));
  await seen(({ documents }) => documents.news.some((one) => one.title === "เปลี่ยนตอนไม่มีใครดู"));
  assert.ok(await panel.evaluate(() => window.isOld), "nobody looks");
  await panel.evaluate(() => {
    window.isHidden = false;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await panel.waitForFunction(() => !window.isOld);
  for (const tab of tabs) await tab.close();
  await writeFile(server.at(POST), before);
});

test("a page that is open saves after the server was started anew", async () => {
  await studio(`/edit/${POST}`);
  await page.fill("#f-title", "หลังเริ่มใหม่");
  await server.again();
  await save();
  assert.match(await text(POST), /หลังเริ่มใหม่/);
  assert.equal((await fetch(`${server.origin}/_prongsai`)).url, `${server.origin}/_prongsai/studio/`);
});

test("a chosen picture is not said to be missing before it is saved", async () => {
  await studio(`/edit/${CLERK}`);
  const looked = page.waitForResponse(/api\/preview/);
  await page.setInputFiles('input[type="file"]', join(ROOT, "tests/sites/complete/content/executives/05-clerk.png"));
  await looked;
  await page.waitForTimeout(300);
  assert.equal(await page.inputValue("#f-photo"), "05-clerk.jpg");
  assert.equal(await page.textContent("#f-photo-problem"), "");
  // It follows its name.
  await page.fill("#f-photo", "face.jpg");
  await save();
  const face = await readFile(server.at("content/executives/face.jpg"));
  // A picture that has the name of another's is not put in its place.
  const clerks = await readFile(server.at("content/executives/04-secretary.png"));
  await page.setInputFiles('input[type="file"]', join(ROOT, "tests/sites/complete/content/executives/01-nayok.png"));
  await page.waitForFunction(() => document.getElementById("f-photo").value === "05-clerk.jpg");
  await page.fill("#f-photo", "04-secretary.png");
  await page.locator("#f-photo").blur();
  await page.fill("#f-photo", "face.jpg");
  await page.locator("#f-photo").blur();
  await save();
  assert.deepEqual(await readFile(server.at("content/executives/04-secretary.png")), clerks);
  assert.deepEqual(await readFile(server.at("content/executives/face.jpg")), face);
});

test("problems stand at the rows that they are about", async () => {
  await studio("/edit/content/measures/2566/1-budget.md");
  const steps = page.locator('section[data-path="step"] fieldset.row');
  const n = await steps.count();
  await steps.nth(n - 1).getByRole("button", { name: "ขึ้น" }).click();
  await steps.nth(0).getByRole("button", { name: "ลบ" }).click();
  await page.click('[id="f-step"]');
  await page.click("#save");
  const ids = await page.locator('[id^="f-step."]').evaluateAll((all) => all.map((one) => one.id));
  assert.equal(new Set(ids).size, ids.length, "no id is there twice");
  await said("บันทึกแล้ว");
  const again = page.locator('section[data-path="step"] fieldset.row');
  const last = (await again.count()) - 1;
  for (let at = last; at > 0; at -= 1) await again.nth(at).getByRole("button", { name: "ขึ้น" }).click();
  await again.nth(0).locator('[id$=".text"]').fill("");
  await page.click("#save");
  await page.waitForSelector(".summary.bad .buttons");
  assert.match(await again.nth(0).locator('[id$=".text-problem"]').innerText(), /text/);
  assert.equal(await page.locator('[id^="f-step."][aria-invalid]').count(), 1);
  // What was typed before is looked at no more: the choices stay.
  await page.waitForTimeout(1200);
  assert.ok(await page.locator(".summary.bad .buttons").isVisible());
});

test("an attachment that cannot be published is a mistake, and a taken name gets a number", async () => {
  const attach = async (name, buffer) => {
    await studio("/new/news");
    await page.fill("#f-title", "ข่าวแนบไฟล์");
    await page.fill("#f-date", "20 เมษายน 2566");
    await page.fill("#slug", "attached");
    await page.fill("#body", "ดู[เอกสาร]");
    await page.click('[id="f-attachment"]');
    await page.fill('[id="f-attachment.0.title"]', "เอกสาร");
    await page.setInputFiles('[id="f-attachment.0.file-file"]', { name, mimeType: "application/octet-stream", buffer });
    await page.click("#save");
  };
  await attach("a.exe", Buffer.from("MZ"));
  await page.waitForSelector(".summary.bad .buttons");
  assert.match(await page.textContent(".summary.bad"), /a\.exe/);
  await attach("a.pdf", Buffer.from("ไม่ใช่ PDF"));
  await page.waitForSelector(".summary.bad .buttons");
  assert.match(await page.textContent(".summary.bad"), /a\.pdf/);
  await writeFile(server.at("content/news/a.txt"), "เดิม");
  await page.waitForFunction(async (path) => (await (await fetch(`/_prongsai/api/document?of=${path}`)).json()).files.includes("a.txt"), POST);
  await attach("a.txt", Buffer.from("ใหม่"));
  await said("บันทึกแล้ว");
  assert.equal(await text("content/news/a.txt"), "เดิม");
  assert.equal(await text("content/news/a-2.txt"), "ใหม่");
});

test("staying after Back keeps the address and the way back", async () => {
  await studio("/");
  await page.click('#nav a[href="#/list/news"]');
  await page.getByRole("heading", { level: 1, name: "ข่าว" }).waitFor();
  await page.click('#nav a[href="#/list/pages"]');
  await page.locator("main a.button").click();
  await page.waitForSelector("#f-title");
  await page.fill("#f-title", "หน้าใหม่");
  await page.fill("#slug", "way-back");
  await save();
  await page.fill("#f-title", "ยังไม่บันทึก");
  for (const way of ["link", "back", "back"]) {
    const n = asked.length;
    if (way === "link") await page.click('#nav a[href="#/list/news"]');
    else await page.evaluate(() => history.back());
    while (asked.length === n) await page.waitForTimeout(50);
    await page.waitForFunction(() => location.hash === "#/edit/content/pages/way-back.md");
  }
  await save();
  await page.goBack();
  await page.waitForFunction(() => location.hash === "#/list/pages");
  await rm(server.at("content/pages/way-back.md"));
});

test("a document goes with its translation, and both come back", async () => {
  const english = CLERK.replace(".md", ".en.md");
  await writeFile(server.at(english), '+++\nname = "Somying"\nposition = "Clerk"\n+++\n');
  await seen(({ documents }) => documents.executives.some((one) => one.english === english));
  await studio(`/edit/${CLERK}`);
  page.removeAllListeners("dialog");
  page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    return dialog.accept();
  });
  await page.click("button.danger");
  await said("ลบแล้ว");
  assert.match(asked.at(-1), /05-clerk\.en\.md/);
  await assert.rejects(text(CLERK));
  await assert.rejects(text(english));
  await page.click("#undo");
  await said("ย้อนกลับแล้ว");
  assert.match(await text(english), /Somying/);
  assert.ok(await text(CLERK));
  await rm(server.at(english));
  // A document that was just added is not there after undo: its list is.
  await studio("/new/pages");
  await page.fill("#f-title", "ลองเพิ่ม");
  await page.fill("#slug", "tried");
  await save();
  await page.click("#undo");
  await said("ย้อนกลับแล้ว");
  assert.equal(await page.evaluate(() => location.hash), "#/list/pages");
  assert.ok(await page.evaluate(() => document.activeElement !== document.body));
});
