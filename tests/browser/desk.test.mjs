// A webmaster's first week, from nothing to the next fiscal year: init, new, import, an executive added in the browser, audit, submit, year.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, PROGRAM, ROOT } from "./sites.mjs";

let folder;
let browser;
let server;

const at = (path) => join(folder, path);
const run = (...args) => execFileSync(PROGRAM, ["-C", folder, "--lang", "en", ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const item = (id) => JSON.parse(run("audit", "--format", "json")).items.find((item) => item.item === id);

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "prongsai-desk-"));
  browser = await launch();
});

after(async () => {
  server?.kill();
  await browser?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test("a site is begun, with the whole checklist", () => {
  const said = run("init", "--name", "เทศบาลเมืองตัวอย่าง", "--name-en", "Example Town", "--kind", "town-municipality", "--url", "https://town.example/", "--year", "2566");
  assert.match(said, /began a site/);
  assert.match(run("check"), /can be published[\s\S]*What is next/);
});

test("five files are added", async () => {
  for (const args of [
    ["measure", "มาตรการเปิดเผยข้อมูล", "--slug", "disclosure", "--set", "addresses=O2"],
    ["news", "ประชุมชี้แจงการประเมิน ITA", "--today", "2023-01-12"],
    ["page", "เกี่ยวกับเทศบาล", "--slug", "about"],
    ["channel", "สายด่วนเทศบาล", "--slug", "hotline", "--set", "kind=contact", "--set", "phone=1132"],
    ["progress", "--year", "2566-h1", "--slug", "disclosure", "--set", "measure=2", "--set", "status=ongoing", "--set", "period=ต.ค. 65 - มี.ค. 66"],
  ]) {
    assert.match(run("new", ...args), /added content\//);
  }
  assert.match(run("check"), /can be published/);
});

test("executives come from a table, as offices keep them", async () => {
  await rm(at("content/executives"), { recursive: true });
  const table = [
    "ทำเนียบผู้บริหาร เทศบาลเมืองตัวอย่าง,,,,",
    ",,,,",
    "ลำดับที่,ชื่อ - สกุล , ตำแหน่ง,ฝ่าย,เบอร์โทรศัพท์",
    "๑,นายสมมุติ ตัวอย่างหนึ่ง,ปลัดเทศบาล,ฝ่ายประจำ,๐ ๔๒๐๐ ๐๐๐๒",
    ",,,,",
    '๒,"นางสาวสมมุติ  ตัวอย่างสอง",รองปลัดเทศบาล,ประจำ,0 4200 0003',
  ].join("\r\n");
  await writeFile(at("executives.csv"), table);
  const preview = run("import", at("executives.csv"));
  assert.match(preview, /ตัวอย่างสอง/);
  await assert.rejects(readdir(at("content/executives")), "a preview writes nothing");
  run("import", at("executives.csv"), "--yes");
  const names = await readdir(at("content/executives"));
  assert.equal(names.length, 2, names.join(" "));
  const written = await Promise.all(names.map((name) => readFile(at(`content/executives/${name}`), "utf8")));
  assert.ok(written.some((text) => text.includes('"นายสมมุติ ตัวอย่างหนึ่ง"') && text.includes('group = "permanent"')), written.join("\n"));
  run("export", "executives", "-o", at("out.xlsx"));
  const before = written.join("");
  run("import", at("out.xlsx"), "--yes");
  const after = (await Promise.all(names.map((name) => readFile(at(`content/executives/${name}`), "utf8")))).join("");
  assert.equal(after, before, "what was exported comes back unchanged");
});

test("an executive with a photo is added in the browser, and its item is complete", async () => {
  assert.equal(item("O2").status, "partial");
  server = spawn(PROGRAM, ["-C", folder, "--lang", "th", "serve", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const origin = await new Promise((resolve, reject) => {
    let said = "";
    server.stdout.on("data", (data) => {
      said += data;
      const found = /http:\/\/127[\d.:]+/.exec(said);
      if (found) resolve(found[0]);
    });
    server.on("exit", () => reject(new Error(said)));
  });
  const page = await browser.newPage();
  const saved = () => page.waitForFunction(() => document.getElementById("status").textContent === "บันทึกแล้ว");
  const photo = async (name) => {
    await page.setInputFiles('input[type="file"]', join(ROOT, "content/executives", name));
    await page.waitForFunction(() => document.getElementById("f-photo").value.endsWith(".jpg"));
  };
  await page.goto(`${origin}/_prongsai/studio/#/new/executives`);
  await page.fill("#f-name", "นางสมมุติ ตัวอย่างสาม");
  await page.fill("#f-position", "นายกเทศมนตรีเมืองตัวอย่าง");
  await page.selectOption("#f-group", "political");
  await page.fill("#f-phone", "0 4200 0001");
  await page.fill("#f-email", "mayor@town.example");
  await page.fill("#slug", "mayor");
  await photo("01-mayor.png");
  await page.click("#save");
  await saved();
  // The two of the table lack a photo each.
  for (const [n, name] of (await readdir(at("content/executives"))).filter((name) => name.endsWith(".md") && !name.includes("mayor")).entries()) {
    await page.goto("about:blank");
    await page.goto(`${origin}/_prongsai/studio/#/edit/content/executives/${encodeURIComponent(name)}`);
    await page.waitForSelector("#f-email");
    await page.fill("#f-email", `officer${n}@town.example`);
    await photo(["02-municipal-clerk.png", "03-deputy-clerk.png"][n]);
    await page.click("#save");
    await saved();
  }
  const requirements = item("O2").requirements;
  assert.ok(requirements.every((row) => row.coverage === "verified"), JSON.stringify(requirements));
  assert.equal(item("O2").status, "complete");
  server.kill();
  await page.close();
});

test("the site is built, audited and submitted; the next year begins and no address is lost", async () => {
  assert.match(run("build", "--today", "2023-04-20"), /published \d+ files.*items of the OIT form are not complete/);
  run("submit", "--today", "2023-04-20");
  assert.match(await readFile(at("content/submissions/2566.toml"), "utf8"), /item = "O2"/);
  run("build", "--today", "2023-04-21");
  const files = async () => (await readdir(at("public"), { recursive: true })).filter((name) => name.endsWith("index.html"));
  const before = await files();
  assert.match(run("year", "2567", "--dry-run"), /O\d+/);
  assert.equal(/fiscal_year = (\d+)/.exec(await readFile(at("content/site.toml"), "utf8"))[1], "2566");
  run("year", "2567");
  assert.equal(/fiscal_year = (\d+)/.exec(await readFile(at("content/site.toml"), "utf8"))[1], "2567");
  run("build", "--today", "2023-10-02");
  const now = new Set(await files());
  const lost = before.filter((name) => !now.has(name));
  assert.deepEqual(lost, [], "addresses of the old year stay");
  run("undo");
  assert.equal(/fiscal_year = (\d+)/.exec(await readFile(at("content/site.toml"), "utf8"))[1], "2566");
});
