// Every page: axe finds no violation on a phone and on a desk, in light and in dark, and in the high contrast of Windows.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { forEach, launch, openSites, Problems, resize } from "./sites.mjs";

const AXE = await readFile(fileURLToPath(new URL("node_modules/axe-core/axe.min.js", import.meta.url)), "utf8");
/** The only rules whose answer depends on colours; the others are asked once for each width. */
const COLOURS = ["color-contrast", "link-in-text-block"];
const LOOKS = [
  { name: "360 px, light", width: 360, colorScheme: "light", forcedColors: "none" },
  { name: "360 px, dark", width: 360, colorScheme: "dark", forcedColors: "none", only: COLOURS },
  { name: "1280 px, dark", width: 1280, colorScheme: "dark", forcedColors: "none" },
  { name: "360 px, forced colours", width: 360, colorScheme: "light", forcedColors: "active", only: COLOURS },
];

let browser;
let sites;

before(async () => {
  browser = await launch();
  sites = await openSites();
});

after(async () => {
  await browser?.close();
  await sites?.close();
});

/** What axe finds on `page` as it stands, one text for each rule and kind of element. */
async function violations(page, look) {
  await resize(page, look.width);
  await page.emulateMedia({ colorScheme: look.colorScheme, forcedColors: look.forcedColors });
  if (look.forcedColors === "active") await page.evaluate(showForcedText);
  const found = await page.evaluate(async (only) => {
    const options = { resultTypes: ["violations"], preload: false, iframes: false };
    if (only) options.runOnly = { type: "rule", values: only };
    const { violations } = await window.axe.run(document, options);
    return violations.map(({ id, nodes }) => {
      const place = nodes[0].target.join(" ").replace(/:nth-child\(\d+\)/g, "");
      return `${id}: ${place}: ${nodes[0].any[0]?.message ?? nodes[0].all[0]?.message ?? nodes[0].none[0]?.message ?? ""}`;
    });
  }, look.only);
  return found.map((text) => `axe, ${look.name}: ${text}`);
}

/** Says on each element the colour its text is forced to: axe reads `-webkit-text-fill-color`, where Chromium tells the author's. */
function showForcedText() {
  const all = [...document.body.querySelectorAll("*")].filter((element) => element.style);
  const colours = all.map((element) => getComputedStyle(element).color);
  all.forEach((element, index) => (element.style.webkitTextFillColor = colours[index]));
}

/** A page that looks at others: the policy of the site's own pages would forbid axe. */
async function observer() {
  const context = await browser.newContext({ bypassCSP: true });
  return context.newPage();
}

test("axe finds grey on grey, in the colours that are shown only", async () => {
  const page = await observer();
  await page.setContent(
    `<!DOCTYPE html><html lang="th"><title>ก</title><style>@media (prefers-color-scheme: dark) { p { color: #777; background: #888 } }</style><main><h1>ก</h1><p>ข้อความ</p></main>`,
  );
  await page.evaluate(AXE);
  assert.deepEqual(await violations(page, LOOKS[0]), []);
  assert.match((await violations(page, LOOKS[1])).join(), /color-contrast/);
  await page.context().close();
});

test("axe finds no violation on any page", async () => {
  const problems = new Problems();
  const lanes = [await observer(), await observer()];
  const origins = [];
  await forEach(sites.pages, lanes.length, async (where, lane) => {
    const page = lanes[lane];
    if (origins[lane] !== where.origin) {
      origins[lane] = where.origin;
      await page.goto(where.origin);
      await page.evaluate(AXE);
    }
    // A page written into the same window keeps axe, which takes longer to load than most pages to check.
    await page.setContent(await readFile(where.file, "utf8"));
    if (await page.evaluate(() => document.styleSheets.length === 0)) problems.add(where, "has no style sheet");
    for (const look of LOOKS) {
      for (const text of await violations(page, look)) problems.add(where, text);
    }
  });
  problems.none();
});
