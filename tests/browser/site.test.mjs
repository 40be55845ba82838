// Every page of the built example site and the disclosures of the complete one, on a phone and on a desk, without JavaScript; then
// `serve` with a change.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serveFolder } from "./server.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PROGRAM = join(ROOT, "target/release/prongsai");
const AXE = await readFile(fileURLToPath(new URL("node_modules/axe-core/axe.min.js", import.meta.url)), "utf8");
const WIDTHS = [320, 360, 1280];

let browser;
let site;
let complete;
let folder;
let pages;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
  });
  site = await serveFolder(join(ROOT, "public"));
  folder = await mkdtemp(join(tmpdir(), "prongsai-complete-"));
  await cp(join(ROOT, "tests/sites/complete/content"), join(folder, "content"), { recursive: true });
  execFileSync(PROGRAM, ["-C", folder, "build"]);
  complete = await serveFolder(join(folder, "public"));
  const example = await listed(site, join(ROOT, "public"));
  assert.ok(example.length > 50, "the sitemap lists the pages");
  const disclosures = (await listed(complete, join(folder, "public"))).filter((url) => /\/2566\/[^/]+\/$|\/(o2|o21|answers|traceability)\/$/.test(url));
  assert.ok(disclosures.length > 30, "the complete site answers the form");
  pages = [...example, `${site.origin}/nowhere/`, ...disclosures];
});

/** The pages of a site's sitemap, where `server` shows them. */
async function listed(server, public_) {
  const sitemap = await readFile(join(public_, "sitemap.xml"), "utf8");
  return [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => server.origin + new URL(url).pathname);
}

after(async () => {
  await browser?.close();
  site?.close();
  complete?.close();
  if (folder) await rm(folder, { recursive: true });
});

test("no page scrolls sideways, asks another host, or needs JavaScript", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const problems = [];
  let origin = site.origin;
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) problems.push(`asks ${request.url()}`);
  });
  page.on("console", (message) => {
    const isExpected = message.text().includes("404 (Not Found)") && page.url().includes("/nowhere/");
    if (message.type() === "error" && !isExpected) problems.push(`${page.url()}: ${message.text()}`);
  });
  for (const path of pages) {
    origin = new URL(path).origin;
    await page.goto(path);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (overflow > 0) problems.push(`${path} is ${overflow} px too wide at ${width} px`);
    }
    const broken = await page.evaluate(() => [...document.images].filter((image) => image.complete && image.naturalWidth === 0).length);
    if (broken > 0) problems.push(`${path} has ${broken} broken pictures`);
  }
  assert.deepEqual(problems, []);
  await context.close();
});

test("axe finds no violation on any page", async () => {
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  const problems = [];
  for (const path of pages) {
    await page.goto(path);
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    for (const violation of violations) problems.push(`${path}: ${violation.id}: ${violation.nodes.map((node) => node.target).join(" ")}`);
  }
  assert.deepEqual(problems, []);
  await context.close();
});

test("a citizen finds the four answers from home by following links", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  const found = { "/executives/": "ปลัดเทศบาล", "/2565/results/": "91.81", "/oit/2566/": "O42", "/report-corruption/": "1205", "/surveys/eit/": "itas.nacc.go.th" };
  for (const [path, words] of Object.entries(found)) {
    await page.goto(`${site.origin}/`);
    await page.locator(`main a[href="${path}"], header a[href="${path}"]`).first().click();
    assert.equal(new URL(page.url()).pathname, path);
    assert.ok((await page.locator("main").innerText()).includes(words), `${path} says ${words}`);
  }
  await context.close();
});

test("serve reloads the browser when a file changes", async () => {
  const folder = await mkdtemp(join(tmpdir(), "prongsai-"));
  await cp(join(ROOT, "content"), join(folder, "content"), { recursive: true });
  const server = spawn(PROGRAM, ["serve", "--port", "0", "--lang", "en"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  try {
    const origin = await new Promise((resolve, reject) => {
      let text = "";
      server.stdout.on("data", (data) => {
        text += data;
        const address = text.match(/http:\/\/127\.0\.0\.1:\d+/);
        if (address) resolve(address[0]);
      });
      server.on("exit", () => reject(new Error(`serve stopped: ${text}`)));
    });
    const page = await browser.newPage();
    await page.goto(`${origin}/about/`);
    const file = join(folder, "content/pages/about.md");
    const before = await readFile(file, "utf8");
    await writeFile(file, before.replace(/title = ".*"/, 'title = "หน้านี้เพิ่งเปลี่ยน"'));
    await page.getByRole("heading", { level: 1, name: "หน้านี้เพิ่งเปลี่ยน" }).waitFor({ timeout: 10_000 });
    await page.close();
  } finally {
    server.kill();
    await rm(folder, { recursive: true });
  }
});
