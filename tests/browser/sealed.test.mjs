// Sealed reports in a real browser, under the policy of the page: sealed, handed over in every way, and opened with Debian's age and with
// the program; nothing asked of anybody, nothing kept.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { serveFolder } from "./server.mjs";
import { launch, PROGRAM, Problems, resize, ROOT } from "./sites.mjs";

const AXE = await readFile(fileURLToPath(new URL("node_modules/axe-core/axe.min.js", import.meta.url)), "utf8");
const PAGE = "/report-corruption/sealed/";
const STORY = "เรื่องที่ ๑: ผู้อำนวยการกองช่างรับ 5,000 บาท\nที่ลานจอดรถ <b>& \"เมื่อวาน\"</b>";
const FILES = [
  { name: "ใบเสร็จ ๒๕.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 ตัวอย่าง") },
  { name: "photo.jpg", mimeType: "image/jpeg", buffer: randomBytes(3_000_000) },
  { name: "REPORT.txt", mimeType: "text/plain", buffer: Buffer.from("ชื่อซ้ำ") },
];

let folder;
let browser;
/** The inspectors' key files: one made by the program, one by Debian's `age-keygen`. */
let keys;
let silent;
let sending;
let box;

const run = (program, ...args) => execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

/** A site that seals for both keys, and posts to `endpoint` when there is one. */
async function site(name, recipients, endpoint) {
  const root = join(folder, name);
  await cp(join(ROOT, "tests/sites/complete/content"), join(root, "content"), { recursive: true });
  const settings = await readFile(join(root, "content/site.toml"), "utf8");
  const sealed = `[sealed]\nrecipients = ${JSON.stringify(recipients)}\n${endpoint ? `endpoint = "${endpoint}"\n` : ""}`;
  await writeFile(join(root, "content/site.toml"), `${settings.split("[sealed]")[0]}\n${sealed}`);
  await mkdir(join(root, "content/pages"), { recursive: true });
  await writeFile(join(root, "content/pages/about-sealed.md"), '+++\ntitle = "เกี่ยวกับ"\n+++\nก\n');
  await writeFile(join(root, "content/pages/about-sealed.en.md"), '+++\ntitle = "About"\n+++\nA\n');
  run(PROGRAM, "-C", root, "build");
  return serveFolder(join(root, "public"));
}

/** A server that takes what is posted; `answer` is how it answers. */
async function openBox() {
  const got = [];
  const state = { got, answer: 204 };
  const server = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const cors = { "access-control-allow-origin": "*", "access-control-allow-headers": "content-type" };
      if (request.method === "OPTIONS") return response.writeHead(204, cors).end();
      got.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(parts) });
      response.writeHead(state.answer, state.answer === 302 ? { ...cors, location: "/elsewhere" } : cors).end();
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  state.url = `http://127.0.0.1:${server.address().port}/box`;
  state.close = () => {
    server.close();
    server.closeAllConnections();
  };
  return state;
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "prongsai-sealed-"));
  keys = [join(folder, "key-1.txt"), join(folder, "key-2.txt")];
  const made = JSON.parse(run(PROGRAM, "keys", "new", "-o", keys[0], "--format", "json"));
  run("age-keygen", "-o", keys[1]);
  const recipients = [made.public_key, run("age-keygen", "-y", keys[1]).trim()];
  assert.equal(run("age-keygen", "-y", keys[0]).trim(), made.public_key, "age reads the program's key");
  box = await openBox();
  [silent, sending, browser] = [await site("silent", recipients), await site("sending", recipients, box.url), await launch()];
});

after(async () => {
  await browser?.close();
  for (const server of [silent, sending, box]) server?.close();
  if (folder) await rm(folder, { recursive: true });
});

/** A visitor of the page. `asked` is what the page asked for after it had loaded, `problems` what the browser complained about. */
async function visit({ origin }, { path = PAGE, ...options } = {}) {
  const context = await browser.newContext({ acceptDownloads: true, permissions: ["clipboard-read", "clipboard-write"], ...options });
  const page = await context.newPage();
  const [asked, problems] = [[], []];
  await page.exposeBinding("noteViolation", (_, text) => problems.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => window.noteViolation(`${effectiveDirective} ${blockedURI}`));
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && problems.push(message.text()));
  const all = [];
  page.on("request", (request) => all.push(request.url()));
  await page.goto(origin + path, { waitUntil: "networkidle" });
  assert.deepEqual(all.filter((url) => !url.startsWith(`${origin}/`)), [], "the page loads from its own host");
  page.on("request", (request) => asked.push(request.url()));
  return { context, page, asked, problems };
}

async function write(page, { text = STORY, files = FILES } = {}) {
  await page.locator("textarea").fill(text);
  if (files.length > 0) await page.locator("input[type=file]").setInputFiles(files);
  await page.locator(".sealed__form .button").click();
  await page.locator(".sealed__done").waitFor({ state: "visible" });
}

async function save(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(".sealed__save").click()]);
  const path = join(folder, `${randomBytes(4).toString("hex")}-${download.suggestedFilename()}`);
  await download.saveAs(path);
  return { path, name: download.suggestedFilename() };
}

/** The files of a zip, read by Python. */
async function unzipped(path) {
  const to = await mkdtemp(join(folder, "zip-"));
  run("python3", "-c", "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print({i.date_time for i in z.infolist()}); z.extractall(sys.argv[2])", path, to);
  return contents(to);
}

async function contents(from) {
  const names = (await readdir(from)).sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(from, name))])));
}

/** Opens a sealed file with each key, with Debian's age and with the program; all must find the same. */
async function opened(path) {
  const found = [];
  for (const key of keys) {
    const zip = join(folder, `${randomBytes(4).toString("hex")}.zip`);
    run("age", "-d", "-i", key, "-o", zip, path);
    found.push(await unzipped(zip));
    const out = join(folder, randomBytes(4).toString("hex"));
    run(PROGRAM, "open", path, "--key", key, "-o", out);
    found.push(await contents(out));
  }
  for (const other of found.slice(1)) assert.deepEqual(other, found[0]);
  return found[0];
}

test("a report is sealed offline, saved, and opened with age and with the program by each inspector", async () => {
  const { context, page, asked, problems } = await visit(silent);
  await context.setOffline(true);
  await write(page);
  const reference = await page.locator(".sealed__code").innerText();
  assert.match(reference, /^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "ปิดผนึกแล้ว", "the focus is where it goes on");
  assert.match(await page.locator(".sealed__done .callout").innerText(), /ยังไม่ได้ส่ง/);
  assert.equal(await page.locator(".sealed__send").count(), 0, "nowhere to send to");
  assert.equal(await page.locator(".sealed__copy").isVisible(), false, "three megabytes are no text");
  const { path, name } = await save(page);
  assert.match(name, /^document-[2-9a-z]{4}\.age$/);
  const found = await opened(path);
  assert.deepEqual(Object.keys(found).sort(), ["3-REPORT.txt", "photo.jpg", "report.txt", "ใบเสร็จ ๒๕.pdf"]);
  assert.equal(found["report.txt"].toString(), `รหัสของเรื่องนี้: ${reference}\n\n${STORY}\n`);
  for (const [name, { buffer }] of [["ใบเสร็จ ๒๕.pdf", FILES[0]], ["photo.jpg", FILES[1]], ["3-REPORT.txt", FILES[2]]]) assert.deepEqual(found[name], buffer);
  const sealed = await readFile(path);
  assert.ok(!sealed.includes("ผู้อำนวยการ") && !sealed.includes("report.txt") && !sealed.includes("photo.jpg"));
  assert.deepEqual(asked.filter((url) => !url.startsWith("blob:")), [], "nothing is asked of anybody");
  assert.deepEqual(problems, []);
  assert.throws(() => run("age", "-d", "-i", run("age-keygen", "-o", join(folder, "other.txt")) || join(folder, "other.txt"), path), /no identity matched/);
  await context.close();
});

test("the copied text is opened with age and with the program; where a browser does not copy, the text is selected", async () => {
  const { context, page, problems } = await visit(silent, { path: `/en${PAGE}` });
  await write(page, { text: "A story", files: [] });
  await page.locator(".sealed__copy").click();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, /^-----BEGIN AGE ENCRYPTED FILE-----\n[\s\S]*-----END AGE ENCRYPTED FILE-----\n?$/);
  const path = join(folder, "mail.txt");
  // As mail programs hand it on.
  await writeFile(path, text.replaceAll("\n", "\r\n"));
  const reference = await page.locator(".sealed__code").innerText();
  assert.deepEqual(await opened(path), { "report.txt": Buffer.from(`Reference of this report: ${reference}\n\nA story\n`) });
  await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.reject(new Error("no"))));
  await page.locator(".sealed__copy").click();
  assert.match(await page.locator(".ways__way:has(.sealed__copy) .sealed__told").innerText(), /Ctrl\+C/);
  assert.equal((await page.evaluate(() => getSelection().toString())).trim(), text.trim());
  assert.deepEqual(problems, []);
  await context.close();
});

test("without JavaScript the page has the keys and the command, and what that seals is opened", async () => {
  const { context, page } = await visit(silent, { javaScriptEnabled: false });
  assert.equal(await page.locator(".sealed__form").isVisible(), false);
  assert.equal(await page.locator(".sealed__needs").isVisible(), true);
  const desk = await mkdtemp(join(folder, "desk-"));
  const packed = randomBytes(70_000);
  await writeFile(join(desk, "report.zip"), packed);
  const command = (await page.locator("#by-hand pre").textContent()).trim().split(" ");
  assert.deepEqual((await page.locator("#keys code").allTextContents()).sort(), command.filter((word) => word.startsWith("age1")).sort());
  execFileSync(command[0], command.slice(1), { cwd: desk });
  for (const key of keys) {
    const out = join(desk, `out-${key.at(-5)}`);
    run(PROGRAM, "open", join(desk, "report.zip.age"), "--key", key, "-o", out);
    assert.deepEqual(await contents(out), { "report.zip": packed });
  }
  execFileSync("age", ["-a", "-R", "-", "-o", "armoured.age", "report.zip"], { cwd: desk, input: command.filter((word) => word.startsWith("age1")).join("\n") });
  run(PROGRAM, "open", join(desk, "armoured.age"), "--key", keys[1], "-o", join(desk, "out"));
  assert.deepEqual(await contents(join(desk, "out")), { armoured: packed });
  await context.close();
});

test("nothing written and too much attached are said before anything is sealed", async () => {
  const { context, page, problems } = await visit(silent);
  const seal = page.locator(".sealed__form .button");
  const error = page.locator(".sealed__error");
  await seal.click();
  assert.match(await error.innerText(), /ยังไม่ได้เขียน/);
  assert.equal(await page.evaluate(() => document.activeElement.localName), "textarea");
  const big = { name: "big.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(20 * 1024 * 1024 + 1) };
  await page.locator("input[type=file]").setInputFiles([FILES[0]]);
  await page.locator("input[type=file]").setInputFiles([big]);
  assert.equal(await page.locator(".sealed__list li").count(), 2, "files of two choices add up");
  assert.match(await error.innerText(), /20 MB/);
  await seal.click();
  assert.equal(await page.locator(".sealed__done").isVisible(), false);
  await page.locator(".sealed__list button").nth(1).click();
  assert.equal(await error.innerText(), "");
  await page.locator("input[type=file]").setInputFiles(Array.from({ length: 100 }, (_, n) => ({ ...FILES[0], name: `${n}.pdf` })));
  assert.match(await error.innerText(), /100/);
  await page.locator(".sealed__list button").nth(0).click();
  await seal.click();
  await page.locator(".sealed__done").waitFor({ state: "visible" });
  assert.equal(Object.keys(await opened((await save(page)).path)).length, 101);
  assert.deepEqual(problems, []);
  await context.close();
});

test("twenty megabytes are sealed, with progress", async () => {
  const { context, page, problems } = await visit(silent);
  const big = { name: "big.bin", mimeType: "application/octet-stream", buffer: randomBytes(20 * 1024 * 1024) };
  await page.evaluate(() => {
    const bar = document.querySelector(".sealed progress");
    window.seen = new Set();
    const look = () => {
      if (bar.checkVisibility()) window.seen.add(bar.value);
      requestAnimationFrame(look);
    };
    look();
  });
  await page.locator("input[type=file]").setInputFiles([big]);
  const began = performance.now();
  await write(page, { files: [] });
  const took = performance.now() - began;
  assert.ok((await page.evaluate(() => window.seen.size)) > 3, "the bar moves");
  const found = await opened((await save(page)).path);
  assert.equal(createHash("sha256").update(found["big.bin"]).digest("hex"), createHash("sha256").update(big.buffer).digest("hex"));
  console.log(`20 MB: sealed in ${Math.round(took)} ms`);
  assert.deepEqual(problems, []);
  await context.close();
});

test("what is posted goes to the endpoint alone, and is not lost when that fails", async () => {
  const { context, page, asked, problems } = await visit(sending);
  await context.addCookies([{ name: "session", value: "1", url: box.url }]);
  await write(page, { files: [FILES[0]] });
  const [send, told] = [page.locator(".sealed__send"), page.locator(".ways__way:has(.sealed__send) .sealed__told")];
  const answered = async (answer, words) => {
    box.answer = answer;
    await send.click();
    await page.waitForFunction((words) => new RegExp(words).test(document.querySelector(".sealed__told").textContent), words);
  };
  for (const answer of [500, 404, 302]) {
    await answered(answer, "ส่งไม่สำเร็จ");
    assert.equal(await send.isEnabled(), true, "try again");
    assert.equal(await page.locator(".sealed__text").isVisible(), true, `${answer}: the sealed text is still there`);
    assert.equal(await page.locator(".sealed__unsent").isVisible(), true, "not sent yet");
    await told.evaluate((element) => (element.textContent = ""));
  }
  await answered(204, "ส่งแล้ว");
  assert.equal(await send.isEnabled(), false, "once is enough");
  assert.equal(await page.locator(".sealed__unsent").isVisible(), false);
  assert.deepEqual([...new Set(asked)], [box.url]);
  assert.equal(box.got.length, 4, "a redirect is not followed");
  const { method, url, headers, body } = box.got.at(-1);
  assert.deepEqual([method, url, headers["content-type"], headers.cookie, headers.referer], ["POST", "/box", "application/octet-stream", undefined, undefined]);
  const path = join(folder, "posted.age");
  await writeFile(path, body);
  assert.match((await opened(path))["report.txt"].toString(), /ผู้อำนวยการ/);
  // A failed answer is in the console of the browser; the policy was never broken.
  assert.deepEqual(problems.filter((text) => !/Failed to load resource|redirect/i.test(text)), []);
  box.close();
  await context.close();
  const later = await visit(sending);
  await write(later.page, { files: [] });
  await later.page.locator(".sealed__send").click();
  await later.page.waitForFunction(() => /ส่งไม่สำเร็จ/.test(document.querySelector(".sealed__told").textContent));
  assert.match((await opened((await save(later.page)).path))["report.txt"].toString(), /ผู้อำนวยการ/, "nobody there: the file is still had");
  await later.context.close();
});

test("the policy lets what is written go nowhere else", async () => {
  for (const site of [silent, sending]) {
    const { context, page } = await visit(site);
    const outcome = await page.evaluate(async () => {
      const tries = ["/leak", `${location.origin}/box`, "https://elsewhere.example/"].map((url) => fetch(url).then(() => "gone", () => "kept"));
      const image = new Promise((resolve) => {
        const picture = new Image();
        picture.onload = () => resolve("gone");
        picture.onerror = () => resolve("kept");
        picture.src = "https://elsewhere.example/a.png";
      });
      return Promise.all([...tries, image]);
    });
    assert.deepEqual(outcome, ["kept", "kept", "kept", "kept"]);
    await context.close();
  }
});

test("leaving wipes the page and the way back; nothing is kept anywhere", async () => {
  const { context, page } = await visit(silent);
  await page.route("https://www.tmd.go.th/", (route) => route.fulfill({ contentType: "text/html", body: "<title>weather</title>" }));
  await page.locator("textarea").fill(STORY);
  await page.locator("input[type=file]").setInputFiles([FILES[0]]);
  const stored = () => page.evaluate(async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length, (await caches.keys()).length]);
  assert.deepEqual(await stored(), [0, 0, "", 0, 0]);
  const before = await page.evaluate(() => history.length);
  await page.locator(".quick-exit a").click();
  await page.waitForURL("https://www.tmd.go.th/");
  assert.equal(await page.evaluate(() => history.length), before, "the weather is in the page's place");
  await page.goto(silent.origin + PAGE);
  await page.locator("textarea").fill(STORY);
  await page.locator(".sealed__form .button").click();
  await page.locator(".sealed__done").waitFor({ state: "visible" });
  await save(page);
  await page.locator(".sealed__clear").click();
  assert.equal(await page.locator("textarea").inputValue(), "");
  assert.equal(await page.locator(".sealed__text").textContent(), "");
  assert.deepEqual(await stored(), [0, 0, "", 0, 0]);
  // Who comes back by the browser's own way finds the form empty, whether the browser kept the page or not.
  await page.locator("textarea").fill("x");
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  assert.equal(await page.locator("textarea").inputValue(), "");
  await context.close();
});

test("a page that came over http seals nothing and says so", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route("http://agency.example/**", async (route) => {
    const response = await fetch(silent.origin + new URL(route.request().url()).pathname);
    await route.fulfill({ body: Buffer.from(await response.arrayBuffer()), contentType: response.headers.get("content-type") });
  });
  await page.goto(`http://agency.example${PAGE}`);
  await page.waitForFunction(() => document.querySelector(".sealed__error").textContent);
  assert.match(await page.locator(".sealed__error").innerText(), /https:\/\//);
  assert.equal(await page.locator(".sealed__form .button").isEnabled(), false);
  await context.close();
});

test("the page is worked by keyboard, and fits a phone and axe in every state", async () => {
  const problems = new Problems();
  const { context, page } = await visit(sending, { bypassCSP: true });
  const look = async (state) => {
    for (const [width, colorScheme] of [[320, "light"], [360, "dark"], [1280, "light"]]) {
      await resize(page, width);
      await page.emulateMedia({ colorScheme });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) problems.add(state, `${width} px: scrolls sideways by ${over} px`);
      const found = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ["violations"], preload: false })).violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`));
      for (const text of found) problems.add(state, `axe, ${width} px, ${colorScheme}: ${text}`);
    }
  };
  await page.evaluate(AXE);
  await look("empty");
  await page.locator("textarea").focus();
  await page.keyboard.type("Story");
  await page.locator("input[type=file]").setInputFiles([{ ...FILES[0], name: `${"ก".repeat(60)}${"x".repeat(60)}.pdf` }]);
  await look("with a file");
  await page.locator("textarea").focus();
  // The choice of files, its list, the button.
  for (let press = 0; press < 3; press += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator(".sealed__done").waitFor({ state: "visible" });
  await look("sealed");
  await page.locator("#sealed-report").evaluate((field) => (field.form.hidden = false));
  await page.locator(".sealed__list button").click();
  await page.locator("textarea").fill("");
  await page.locator(".sealed__form .button").click();
  await look("with an error");
  await context.close();
  problems.none();
});

test("script and library together are at most 30 KB, and only this page has them", async () => {
  const files = (await readdir(silent.folder, { recursive: true })).filter((file) => /^assets\/(sealed|vendor\/age).*\.js$/.test(file));
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await readFile(join(silent.folder, file)), { level: 9 }).length));
  assert.equal(files.length, 2);
  const sum = sizes.reduce((all, size) => all + size);
  assert.ok(sum <= 30_000, `${sum} bytes`);
  console.log(`sealed form: ${files.map((file, at) => `${file} ${sizes[at]} B`).join(", ")}, together ${sum} B gz`);
  for (const file of (await readdir(silent.folder, { recursive: true })).filter((file) => file.endsWith(".html"))) {
    const html = await readFile(join(silent.folder, file), "utf8");
    assert.equal(html.includes("assets/sealed-"), /(^|\/)report-corruption\/sealed\/index\.html$/.test(file), file);
  }
});
