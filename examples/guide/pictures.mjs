// Takes the pictures of the guide and of the README from a preview of the example site: node examples/guide/pictures.mjs
// PROGRAM names the program, CHROMIUM the browser. No picture may be larger than 60 KB. Needs `npm ci` in tests/browser.
import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PAGES = fileURLToPath(new URL("content/pages", import.meta.url));
const PROGRAM = process.env.PROGRAM ?? join(ROOT, "target/release/prongsai");
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const MAX_BYTES = 60 * 1024;
/** Pictures that the README shows, too, and their names there. */
const IN_README = { studio: "studio.webp", form: "studio-form.webp" };
const { chromium } = createRequire(join(ROOT, "tests/browser/package.json"))("playwright-core");

const folder = await mkdtemp(join(tmpdir(), "prongsai-pictures-"));
await cp(join(ROOT, "content"), join(folder, "content"), { recursive: true });
await rm(join(folder, "content/history.jsonl"), { force: true });
// One telephone number is missing, as in the memo.
const clerk = join(folder, "content/executives/02-municipal-clerk.md");
await writeFile(clerk, (await readFile(clerk, "utf8")).replace(/^phone = .*\n/m, ""));

const server = spawn(PROGRAM, ["-C", folder, "--lang", "th", "serve"], { stdio: ["ignore", "pipe", "inherit"] });
const origin = await new Promise((resolve, reject) => {
  let said = "";
  server.stdout.on("data", (data) => {
    said += data;
    const found = /http:\/\/[\d.:]+/.exec(said);
    if (found) resolve(found[0]);
  });
  server.on("exit", () => reject(new Error(`serve ended: ${said}`)));
});
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });

/** The bytes of a PNG as WebP, which is a third of it for text on plain ground. */
async function asWebp(png, quality) {
  const page = await browser.newPage();
  const url = await page.evaluate(async ([data, q]) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    canvas.getContext("2d").drawImage(image, 0, 0);
    return canvas.toDataURL("image/webp", q);
  }, [png, quality]);
  await page.close();
  return Buffer.from(url.split(",")[1], "base64");
}

/** Takes one picture of what a page shows at a size; `prepare` does what comes before. */
async function take(name, width, height, path, prepare) {
  const page = await browser.newPage({ viewport: { width, height }, locale: "th-TH" });
  await page.goto(`${origin}${path}`);
  await prepare(page);
  // Lazy pictures and fonts.
  await page.evaluate(() => Promise.all([document.fonts.ready, ...[...document.images].map((image) => image.decode().catch(() => {}))]));
  await page.waitForTimeout(300);
  const shot = (await page.screenshot({ type: "png" })).toString("base64");
  await page.close();
  let quality = 0.9;
  let picture = await asWebp(shot, quality);
  while (picture.length > MAX_BYTES && quality > 0.5) picture = await asWebp(shot, (quality -= 0.1));
  console.log(`${name}.webp  ${width} x ${height}  ${picture.length} bytes  quality ${quality.toFixed(1)}`);
  if (picture.length > MAX_BYTES) throw new Error(`${name}.webp is larger than ${MAX_BYTES} bytes`);
  await writeFile(join(PAGES, `${name}.webp`), picture);
  if (IN_README[name]) await writeFile(join(ROOT, "docs/pictures", IN_README[name]), picture);
}

const panel = "prongsai-panel";
const hidden = (page) => page.evaluate((name) => document.querySelector(name)?.remove(), panel);
try {
  await take("studio", 1280, 800, "/_prongsai/studio/", (page) => page.waitForSelector("main h1"));
  await take("form", 1280, 900, "/_prongsai/studio/#/edit/content/executives/02-municipal-clerk.md", (page) => page.waitForSelector("#f-name"));
  await take("panel", 1280, 720, "/executives/", async (page) => {
    await page.locator(panel).locator("button.toggle").click();
    await page.locator(panel).locator(".box").waitFor();
  });
  await take("home", 360, 740, "/", async (page) => {
    await page.waitForSelector(panel, { state: "attached" });
    await hidden(page);
  });
} finally {
  await browser.close();
  server.kill();
  await rm(folder, { recursive: true, force: true });
}
