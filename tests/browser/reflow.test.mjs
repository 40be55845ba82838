// Every page: nothing is wider than the window, at every width, with text at 200 % and with the reader's own spacing of text.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openSites, Problems, resize } from "./sites.mjs";

/** 320 is WCAG 1.4.10 (a window of 1280 px at 400 %), 640 a window of 1280 px at 200 % (1.4.4). */
const WIDTHS = [320, 360, 640, 768, 1280];
/** Where text alone is twice as large: the reader's own setting, which makes nothing else larger. Harder than zoom. */
const WIDTHS_OF_LARGE_TEXT = [360, 1280];
const SPACING = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }`;

let sites;
/** Chromium as it is delivered, and with text of 32 px where 16 is usual. */
let browser;
let browserWithLargeText;

before(async () => {
  [browser, browserWithLargeText, sites] = await Promise.all([launch(), launch(["--blink-settings=defaultFontSize=32"]), openSites()]);
});

after(async () => {
  await Promise.all([browser?.close(), browserWithLargeText?.close(), sites?.close()]);
});

/** What sticks out, is cut or lies on other text. Runs in the page. */
function misplaced() {
  const found = [];
  const wide = document.documentElement.clientWidth;
  const name = (element) => `<${element.localName}${element.classList.length > 0 ? ` class="${element.className.baseVal ?? element.className}"` : ""}>`;
  const styles = new Map();
  const styleOf = (element) => styles.get(element) ?? styles.set(element, getComputedStyle(element)).get(element);
  // Not shown, folded away, or text for screen readers only: a box of one pixel, or clipped to nothing.
  const isHidden = (element) => {
    if (!element.checkVisibility({ visibilityProperty: true })) return true;
    for (let each = element; each; each = each.parentElement) {
      const style = styleOf(each);
      if (style.overflowX === "hidden" && Math.min(each.clientWidth, each.clientHeight) <= 1) return true;
      if (style.clipPath.startsWith("inset(50%")) return true;
    }
    return false;
  };
  // A box that scrolls by itself keeps what it holds within reach.
  const isScrolled = (element) => {
    for (let each = element; each && each !== document.body; each = each.parentElement) {
      if (["auto", "scroll"].includes(styleOf(each).overflowX)) return true;
    }
    return false;
  };

  // What stays in place while the page scrolls lies over text, by design.
  const isStuck = (element) => {
    for (let each = element; each; each = each.parentElement) {
      if (["sticky", "fixed"].includes(styleOf(each).position)) return true;
    }
    return false;
  };
  // The box of a glyph run is as tall as the font may draw; a line is as tall as the page says.
  const ofLine = ({ left, right, top, bottom }, parent) => {
    const spare = Math.max(0, bottom - top - (parseFloat(styleOf(parent).lineHeight) || Infinity)) / 2;
    return { left, right, top: top + spare, bottom: bottom - spare };
  };

  const overflow = document.documentElement.scrollWidth - wide;
  if (overflow > 0) found.push(`the page scrolls sideways, by ${overflow} px`);

  for (const element of document.body.querySelectorAll("*")) {
    const style = styleOf(element);
    if (!element.clientWidth || ["visible", "auto", "scroll"].includes(style.overflowX) || element.closest("svg")) continue;
    const isCut = element.scrollWidth > element.clientWidth + 1 || (style.overflowY !== "visible" && element.scrollHeight > element.clientHeight + 3);
    // A summary may be cut: opening it shows the whole.
    if (isCut && element.innerText.trim() && !isHidden(element) && !element.closest("details:not([open]) > summary")) found.push(`${name(element)} cuts its text`);
  }

  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest("svg, script, style")) continue;
    let block = parent;
    while (styleOf(block).display.startsWith("inline") && block.parentElement && styleOf(block).position === "static") block = block.parentElement;
    if (isHidden(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
    if (parent.closest("details:not([open]) > summary") || isScrolled(parent)) continue;
    for (const box of boxes) {
      if (box.right > wide + 1 || (box.left < -1 && box.right > 0)) found.push(`${name(parent)} sticks out of the window`);
      if (box.right > 0) lines.push({ ...ofLine(box, parent), block, parent });
    }
  }
  lines.sort((a, b) => a.top - b.top);
  lines.forEach((a, index) => {
    for (let next = index + 1; next < lines.length && lines[next].top < a.bottom; next += 1) {
      const b = lines[next];
      if (a.block === b.block || isStuck(a.parent) || isStuck(b.parent)) continue;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - b.top;
      if (across > 2 && down > Math.min(a.bottom - a.top, b.bottom - b.top) / 4) found.push(`${name(a.parent)} and ${name(b.parent)} lie on each other`);
    }
  });
  return [...new Set(found)];
}

/** Adds rules to the page, where a policy or switched-off scripts would keep a style element out. */
function addStyle(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}

/** Looks at every page without scripts: at `widths`, then with `SPACING` at `spaced`. */
async function lookAtAll(browser, { widths, spaced = [], how = "" }) {
  const problems = new Problems();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const look = async (where, width, how) => {
    await resize(page, width);
    for (const text of await page.evaluate(misplaced)) problems.add(where, `${width} px${how}: ${text}`);
  };
  for (const where of sites.pages) {
    await page.goto(where.url);
    for (const width of widths) await look(where, width, how);
    if (spaced.length > 0) await page.evaluate(addStyle, SPACING);
    for (const width of spaced) await look(where, width, `${how}, wide spacing`);
  }
  await context.close();
  problems.none();
}

test("what is too wide, cut, or on top of other text is found", async () => {
  const page = await browser.newPage({ viewport: { width: 320, height: 800 } });
  const findings = {
    '<p style="inline-size: 400px">ก</p>': /scrolls sideways/,
    '<body style="overflow-x: clip"><p style="white-space: nowrap">กขคงกขคงกขคงกขคงกขคงกขคงกขคงกขคงกขคงกขคงกขคงกขคงกขคง</p>': /<p> sticks out/,
    '<p style="block-size: 1em; overflow: hidden">ก<br>ข<br>ค</p>': /<p> cuts its text/,
    '<p style="margin: 0">กขค</p><p style="margin: -1em 0 0">งจฉ</p>': /<p> and <p> lie on each other/,
  };
  for (const [html, expected] of Object.entries(findings)) {
    await page.setContent(`<!DOCTYPE html><html lang="th"><title>ก</title>${html}`);
    assert.match((await page.evaluate(misplaced)).join(), expected);
  }
  await page.setContent("<!DOCTYPE html><p>ก</p>");
  await page.evaluate(addStyle, SPACING);
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.querySelector("p")).letterSpacing), "normal");
  const large = await browserWithLargeText.newPage();
  await large.setContent("<!DOCTYPE html><p>ก</p>");
  assert.equal(await large.evaluate(() => getComputedStyle(document.querySelector("p")).fontSize), "32px");
  await Promise.all([page.close(), large.close()]);
});

test("every page fits every width, also with the spacing of text of WCAG 1.4.12", () => lookAtAll(browser, { widths: WIDTHS, spaced: [1280, 320] }));

test("every page fits with text at 200 %", () => lookAtAll(browserWithLargeText, { widths: WIDTHS_OF_LARGE_TEXT, how: ", text at 200 %" }));

/** Numbers in cells that stand on more than one line. Runs in the page. */
function brokenNumbers() {
  const found = [];
  for (const cell of document.querySelectorAll("td")) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const { 0: number, index } of node.data.matchAll(/\d[\d,.]*\d/g)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + number.length);
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(number);
      }
    }
  }
  return found;
}

test("no sum in a table is broken inside", async () => {
  const problems = new Problems();
  const page = await browser.newPage();
  for (const where of sites.pages.filter(({ kind }) => kind === "disclosure")) {
    await page.goto(where.url);
    for (const width of [360, 800, 1024, 1280, 1440]) {
      await resize(page, width);
      for (const number of await page.evaluate(brokenNumbers)) problems.add(where, `${width} px: ${number}`);
    }
  }
  await page.close();
  problems.none();
});
