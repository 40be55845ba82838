// QR codes as a camera sees them, on the screen of a phone and on the printed poster, lead to the survey.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, openSites, Problems, ROOT } from "./sites.mjs";

const CONTENT = { example: join(ROOT, "content/surveys"), complete: join(ROOT, "tests/sites/complete/content/surveys") };

let browser;
let sites;
let folder;
/** The address of each survey, by site and fiscal year; "" is the current one. */
let surveys;

before(async () => {
  browser = await launch();
  sites = await openSites();
  folder = await mkdtemp(join(tmpdir(), "prongsai-qr-"));
  surveys = { example: await surveysOf("example"), complete: await surveysOf("complete") };
});

after(async () => {
  await browser?.close();
  await sites?.close();
  if (folder) await rm(folder, { recursive: true });
});

async function surveysOf(site) {
  const found = {};
  for (const file of await readdir(CONTENT[site])) {
    const text = await readFile(join(CONTENT[site], file), "utf8");
    found[text.match(/^fiscal_year\s*=\s*(\d{4})/m)[1]] = text.match(/^url\s*=\s*"([^"]+)"/m)[1];
  }
  return found;
}

/** What a decoder reads in a picture, one text for each code. */
function read(picture) {
  try {
    return execFileSync("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim().split("\n");
  } catch (error) {
    if (error.status === 4) return [];
    throw error;
  }
}

/** The address that the page at `path` must lead to: of the year in the path, or of any year where it has none. */
function expected({ site, path }) {
  const year = path.match(/\/surveys\/eit\/(\d{4})\//)?.[1];
  return year ? [surveys[site][year]] : Object.values(surveys[site]);
}

test("a picture without a code, and one with another address, are told apart", async () => {
  const page = await browser.newPage();
  const picture = join(folder, "none.png");
  await page.setContent("<p>ไม่มี");
  await page.screenshot({ path: picture });
  assert.deepEqual(read(picture), []);
  await page.close();
  assert.deepEqual(expected({ site: "complete", path: "/surveys/eit/2567/" }), [surveys.complete[2567]]);
  assert.equal(new Set(Object.values(surveys.complete)).size, Object.keys(surveys.complete).length, "each year has its own address");
});

test("the codes on a phone lead to the survey, in light and in dark", async () => {
  const problems = new Problems();
  const pages = sites.pages.filter(({ kind }) => kind === "home" || kind === "survey");
  assert.ok(pages.length >= 7, `home and the surveys: ${pages.length}`);
  for (const colorScheme of ["light", "dark"]) {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 }, colorScheme });
    for (const where of pages) {
      await page.goto(where.url);
      const picture = join(folder, "screen.png");
      await page.screenshot({ path: picture, fullPage: true });
      const texts = read(picture);
      if (texts.length !== 1 || !expected(where).includes(texts[0])) problems.add(where, `${colorScheme}: reads ${JSON.stringify(texts)}, not ${expected(where).join(" or ")}`);
    }
    await page.close();
  }
  problems.none();
});

test("the code on the printed poster leads to the survey", async () => {
  const problems = new Problems();
  const page = await browser.newPage();
  const posters = sites.pages.filter(({ kind }) => kind === "poster");
  assert.ok(posters.length >= 4, `posters: ${posters.length}`);
  for (const where of posters) {
    await page.goto(where.url);
    const file = join(folder, "poster.pdf");
    await writeFile(file, await page.pdf({ preferCSSPageSize: true }));
    execFileSync("pdftoppm", ["-r", "100", "-png", "-singlefile", file, join(folder, "poster")]);
    const texts = read(join(folder, "poster.png"));
    if (texts.length !== 1 || !expected(where).includes(texts[0])) problems.add(where, `reads ${JSON.stringify(texts)}, not ${expected(where).join(" or ")}`);
  }
  await page.close();
  problems.none();
});
