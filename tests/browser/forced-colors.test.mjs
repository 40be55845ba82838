// Every page in the high contrast of Windows: charts can be read, and what a ground sets apart has a border.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, onePerKind, openSites, Problems } from "./sites.mjs";

let browser;
let sites;
let lab;

before(async () => {
  browser = await launch();
  sites = await openSites();
  lab = await browser.newPage();
});

after(async () => {
  await browser?.close();
  await sites?.close();
});

/** Numbers the charts of the page: pictures drawn of shapes; a QR code is black and white by itself. Runs in the page. */
function charts() {
  const drawn = [...document.querySelectorAll("svg")].filter((svg) => svg.checkVisibility() && svg.getBoundingClientRect().width > 1);
  const shown = drawn.filter((svg) => svg.getAttribute("shape-rendering") !== "crispEdges");
  return shown.map((svg, index) => {
    svg.dataset.chart = index;
    return svg.getAttribute("aria-label") ?? svg.querySelector("title")?.textContent ?? `picture ${index + 1}`;
  });
}

/** The greatest contrast between two colours of a picture (PNG, base64) that each fill 0.3 % of it. Runs in the lab. */
async function contrastWithin(png) {
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  const { data } = canvas.getImageData(0, 0, picture.width, picture.height);
  const counts = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const colour = `${data[at]} ${data[at + 1]} ${data[at + 2]}`;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const luminances = [...counts]
    .filter(([, count]) => count >= data.length / 4 / 333)
    .map(([colour]) => {
      const [r, g, b] = colour.split(" ").map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    });
  return (Math.max(...luminances) + 0.05) / (Math.min(...luminances) + 0.05);
}

/** Small boxes of text that only their ground sets apart from the text around. Runs in the page, before colours are forced. */
function marks() {
  const isClear = (colour) => /rgba\(.*, 0\)|transparent/.test(colour);
  const groundOf = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const { backgroundColor } = getComputedStyle(each);
      if (!isClear(backgroundColor)) return backgroundColor;
    }
    return "none";
  };
  const all = [...document.body.querySelectorAll("*")].filter((element) => {
    const { display, backgroundColor } = getComputedStyle(element);
    const isSmall = display.startsWith("inline") && element.innerText?.trim() && element.checkVisibility();
    return isSmall && !isClear(backgroundColor) && backgroundColor !== groundOf(element.parentElement);
  });
  all.forEach((element) => (element.dataset.mark = ""));
  return all.length;
}

/** The marks without a border, an outline or the underline of a link. Runs in the page, with forced colours. */
function bareMarks() {
  const bare = [...document.querySelectorAll("[data-mark]")].filter((element) => {
    const style = getComputedStyle(element);
    const hasBorder = style.borderBlockEndStyle !== "none" && parseFloat(style.borderBlockEndWidth) >= 1;
    const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    return !hasBorder && !hasOutline && !style.textDecorationLine.includes("underline");
  });
  return [...new Set(bare.map((element) => `<${element.localName} class="${element.className}">`))];
}

/** What is lost on `page` when colours are forced, on a light and on a dark ground. */
async function lost(page) {
  const problems = [];
  await page.emulateMedia({ forcedColors: "none", colorScheme: "light" });
  await page.evaluate(marks);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ forcedColors: "active", colorScheme });
    for (const text of await page.evaluate(bareMarks)) problems.push(`${text} is set apart by its ground alone`);
    const labels = await page.evaluate(charts);
    for (const [index, label] of labels.entries()) {
      const png = await page.locator(`[data-chart="${index}"]`).screenshot();
      const contrast = await lab.evaluate(contrastWithin, png.toString("base64"));
      if (contrast < 3) problems.push(`on ${colorScheme} ground, the picture "${label}" has a contrast of ${contrast.toFixed(1)}, 3 is the least`);
    }
  }
  return [...new Set(problems)];
}

test("a chart of the colour of its ground and a mark without a border are found", async () => {
  const page = await browser.newPage();
  const html = `<!DOCTYPE html><style>.tag { background: #fc0 } @media (forced-colors: active) { rect + rect { fill: Canvas } }</style>
    <p><span class="tag">ครบ</span> <svg viewBox="0 0 100 9" role="img" aria-label="คะแนน"><rect width="100" height="9" fill="#eee"/><rect width="50" height="9"/></svg>`;
  await page.setContent(html);
  assert.deepEqual(await lost(page), ['<span class="tag"> is set apart by its ground alone', 'on light ground, the picture "คะแนน" has a contrast of 1.2, 3 is the least']);
  await page.setContent(html.replace("fill: Canvas", "fill: #000").replace(".tag {", ".tag { border: 1px solid transparent;"));
  assert.deepEqual(await lost(page), []);
  await page.close();
});

test("charts and marks of every kind of page can be told apart in forced colours", async () => {
  const problems = new Problems();
  const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
  for (const where of await onePerKind(sites.pages)) {
    await page.goto(where.url);
    for (const text of await lost(page)) problems.add(where, text);
  }
  await page.close();
  problems.none();
});
