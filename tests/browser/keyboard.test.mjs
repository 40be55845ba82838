// Each kind of page with the Tab key alone: the skip link first, every control in order, and the focus always in sight.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, onePerKind, openSites, Problems } from "./sites.mjs";

const LOOKS = [
  { name: "360 px, dark", viewport: { width: 360, height: 740 }, colorScheme: "dark" },
  { name: "1280 px, light", viewport: { width: 1280, height: 800 }, colorScheme: "light" },
  { name: "1280 px, forced colours", viewport: { width: 1280, height: 800 }, forcedColors: "active" },
];
/** Around a focused element: outlines lie outside it. Pixels. */
const ROOM = 10;

let browser;
let sites;
let kinds;
/** A page that compares pictures. */
let lab;

before(async () => {
  browser = await launch();
  sites = await openSites();
  kinds = await onePerKind(sites.pages);
  lab = await browser.newPage();
});

after(async () => {
  await browser?.close();
  await sites?.close();
});

/** Numbers what the Tab key must reach, in order of the document; returns how many. Runs in the page. */
function number() {
  const controls = "a[href], button:not([disabled]), input:not([disabled]):not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const reached = [...document.querySelectorAll(controls)].filter((element) => element.checkVisibility({ visibilityProperty: true }));
  reached.forEach((element, index) => (element.dataset.order = index));
  return reached.length;
}

/** What is focused and where; `look` is the same for elements that are drawn the same way. Runs in the page. */
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  // A region that scrolls is focused by the browser itself.
  if (!element.dataset.order) return { order: null };
  const style = getComputedStyle(element);
  const boxes = [...element.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
  const inside = boxes.filter((box) => box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth);
  const isSeen = inside.some((box) => {
    const points = [0.1, 0.5, 0.9].map((part) => [box.left + box.width * part, box.top + box.height / 2]);
    return points.every(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top && (element.contains(top) || top.contains(element));
    });
  });
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const ground = [];
  for (let each = element.parentElement; each; each = each.parentElement) ground.push(getComputedStyle(each).backgroundColor);
  return {
    order: Number(element.dataset.order),
    name: `<${element.localName}> "${(element.innerText || element.getAttribute("aria-label") || "").trim().slice(0, 30)}"`,
    isSeen,
    box: { left, top, right, bottom },
    edge: Math.min(...[boxes, [{ width: right - left, height: bottom - top }]].map((all) => all.reduce((sum, { width, height }) => sum + 2 * (width + height), 0))),
    look: [element.localName, style.display, style.outline, style.boxShadow, style.backgroundColor, style.overflow, ground.find((colour) => colour !== "rgba(0, 0, 0, 0)")].join(),
  };
}

/** How many pixels change with a contrast of 3 : 1 and more between two pictures (PNG, base64). Runs in the lab. */
async function changedPixels([before, after]) {
  const pixels = async (png) => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
    const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
    canvas.drawImage(picture, 0, 0);
    return canvas.getImageData(0, 0, picture.width, picture.height).data;
  };
  const linear = Array.from({ length: 256 }, (_, value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  const luminance = (data, at) => 0.2126 * linear[data[at]] + 0.7152 * linear[data[at + 1]] + 0.0722 * linear[data[at + 2]];
  const [a, b] = [await pixels(before), await pixels(after)];
  let changed = 0;
  for (let at = 0; at < a.length; at += 4) {
    const [one, two] = [luminance(a, at), luminance(b, at)];
    if ((Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05) >= 3) changed += 1;
  }
  return changed;
}

/** Whether the focus changes as many pixels as a line of 1 px around the element has: an edge of the window may hide a part. */
async function isPlain(page, { box, edge, order }) {
  const { width, height } = page.viewportSize();
  const x = Math.max(0, box.left - ROOM);
  const y = Math.max(0, box.top - ROOM);
  const clip = { x, y, width: Math.min(width, box.right + ROOM) - x, height: Math.min(height, box.bottom + ROOM) - y };
  const shot = async () => (await page.screenshot({ clip })).toString("base64");
  const withFocus = await shot();
  await page.evaluate(() => document.activeElement.blur());
  const without = await shot();
  await page.evaluate((order) => document.querySelector(`[data-order="${order}"]`).focus({ preventScroll: true, focusVisible: true }), order);
  return (await lab.evaluate(changedPixels, [without, withFocus])) >= edge;
}

/** Goes through `page` with the Tab key. `looks` remembers which ways of drawing the focus were looked at. */
async function walk(page, looks) {
  const problems = [];
  const n = await page.evaluate(number);
  let expected = 0;
  for (let press = 0; press < n + 20; press += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(focused);
    // After the last control the focus leaves the page, or comes round again.
    if (!at || (at.order === 0 && press > 0)) break;
    if (at.order === null) continue;
    if (at.order !== expected) problems.push(`Tab reaches ${at.name} as number ${at.order} where number ${expected} is next`);
    expected = at.order + 1;
    if (!at.isSeen) problems.push(`${at.name} is focused but not in sight`);
    else if (!looks.has(at.look)) {
      looks.add(at.look);
      if (!(await isPlain(page, at))) problems.push(`the focus of ${at.name} is hard to see`);
    }
  }
  if (expected !== n) problems.push(`Tab reaches ${expected} of ${n} controls`);
  return problems;
}

test("a hidden control, a wrong order and a faint focus are found", async () => {
  const page = await browser.newPage();
  const findings = {
    '<a href="#b">ก</a><a href="#c" style="outline: none">ขขขข</a>': /focus of <a> "ขขขข" is hard to see/,
    '<style>a:focus { outline: 2px solid #ddd }</style><a href="#b">ก</a>': /hard to see/,
    '<a href="#b" tabindex="2">ก</a><a href="#c" tabindex="1">ข</a>': /as number 1 where number 0 is next/,
    '<a href="#b">ก</a><a href="#c" tabindex="-1">ข</a>': /reaches 1 of 2/,
    '<div style="position: fixed; inset: 0; background: #fff"></div><a href="#b">ก</a>': /not in sight/,
  };
  for (const [html, expected] of Object.entries(findings)) {
    await page.setContent(`<!DOCTYPE html><html lang="th"><title>ก</title><p>${html}`);
    assert.match((await walk(page, new Set())).join("\n"), expected);
  }
  await page.setContent('<!DOCTYPE html><style>a { outline-offset: 2px } :focus { outline: 3px solid #000 }</style><p><a href="#b">ก</a> <a href="#c">ข</a>');
  assert.deepEqual(await walk(page, new Set()), []);
  await page.close();
});

for (const { name, ...options } of LOOKS) {
  test(`Tab goes through each kind of page with the focus in sight: ${name}`, async () => {
    const problems = new Problems();
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const looks = new Set();
    for (const where of kinds) {
      await page.goto(where.url);
      for (const text of await walk(page, looks)) problems.add(where, `${name}: ${text}`);
    }
    assert.ok(looks.size >= 5, `few kinds of controls: ${looks.size}`);
    await context.close();
    problems.none();
  });
}

test("the skip link comes first, and leads past the menu", async () => {
  const problems = new Problems();
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  for (const where of kinds) {
    await page.goto(where.url);
    // A poster has one link before its content, which is nothing to skip.
    const hasMenu = await page.evaluate(() => [...document.querySelectorAll("body a")].filter((link) => !link.closest("main") && link.compareDocumentPosition(document.querySelector("main")) & 4).length > 2);
    if (!hasMenu) continue;
    await page.keyboard.press("Tab");
    const target = await page.evaluate(() => document.activeElement.getAttribute("href"));
    if (!target?.startsWith("#")) {
      problems.add(where, `the first Tab reaches ${target}, not a link to the content`);
      continue;
    }
    await page.keyboard.press("Enter");
    const isThere = await page.evaluate((id) => document.querySelector("main").contains(document.getElementById(id)) && document.querySelector("main").getBoundingClientRect().top < innerHeight / 2, target.slice(1));
    if (!isThere) problems.add(where, "the skip link does not lead to the content");
    await page.keyboard.press("Tab");
    const isInside = await page.evaluate(() => document.activeElement.closest("main, footer") !== null);
    if (!isInside) problems.add(where, "after the skip link, Tab is not in the content");
  }
  await page.close();
  problems.none();
});
