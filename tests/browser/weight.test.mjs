// Every page on its first visit: what is asked, from where, how many bytes, and that nothing moves while fonts are late.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { forEach, launch, openSites, Problems } from "./sites.mjs";

/** Bytes as sent (gzip, headers), KB of 1000; photos, which load as they come into sight, apart. */
// The script of the search is 3 KB (search.test.mjs holds it to that); what HTTP puts in front of it counts here too.
const LIMITS = { requests: 8, firstLoad: 60_000, html: 10_000, itemTable: 20_000, css: 8_000, searchScript: 3_400 };
// The page for sealed reports alone brings its library at once, so that a reader may go offline before writing (sealed.test.mjs holds
// both scripts to 30 KB), and a style of its own.
const SEALED = { scripts: 27_000, firstLoad: 80_000, css: 9_500 };
/** Milliseconds that every font waits. */
const FONT_DELAY = 300;
const SHOWN = ["home", "results", "item table", "item page", "report", "executives", "disclosure", "measures", "answers", "search", "sealed report"];

let browser;
let sites;

before(async () => {
  browser = await launch();
  sites = await openSites({ fontDelay: FONT_DELAY });
});

after(async () => {
  await browser?.close();
  await sites?.close();
});

/** A page that keeps nothing between visits; `loads` is what it asked for since `loads.clear()`. */
async function visitor() {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const loads = new Map();
  const add = (id, facts) => Object.assign(loads.get(id) ?? {}, facts);
  devtools.on("Network.requestWillBeSent", ({ requestId, request, type }) => loads.set(requestId, { url: request.url, type, bytes: 0 }));
  devtools.on("Network.responseReceived", ({ requestId, response }) => add(requestId, { mime: response.mimeType, status: response.status }));
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => add(requestId, { bytes: encodedDataLength, isDone: true }));
  devtools.on("Network.loadingFailed", ({ requestId, errorText }) => add(requestId, { status: errorText, isDone: true }));
  await devtools.send("Network.enable");
  await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
  return { page, loads };
}

/** Visits `url` as for the first time; what was loaded, and how far things moved. */
async function visitFirst({ page, loads }, url) {
  loads.clear();
  await page.goto(url);
  const { shift, scripts } = await page.evaluate(watch);
  // The icon of the page comes last, after all that the page itself knows of.
  for (let tries = 0; tries < 200 && [...loads.values()].some(({ isDone }) => !isDone); tries += 1) await sleep(10);
  const asked = [...loads.values()].filter((load) => !load.url.startsWith("data:"));
  const isPhoto = ({ mime }) => /^image\/(?!svg)/.test(mime ?? "");
  const light = asked.filter((load) => !isPhoto(load));
  const sum = (all) => all.reduce((total, { bytes }) => total + bytes, 0);
  const of = (type) => sum(asked.filter((load) => load.type === type));
  return { asked, shift, scripts, requests: light.length, firstLoad: sum(light), photos: sum(asked.filter(isPhoto)), html: of("Document"), css: of("Stylesheet"), fonts: of("Font"), js: of("Script") };
}

/** How far things moved so far, and after fonts and photos have come. Runs in the page. */
async function watch() {
  let shift = 0;
  const observer = new PerformanceObserver((list) => list.getEntries().forEach((entry) => (shift += entry.value)));
  observer.observe({ type: "layout-shift", buffered: true });
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  await document.fonts.ready;
  await frame();
  for (const photo of document.images) {
    photo.scrollIntoView();
    if (!photo.complete) await new Promise((resolve) => ["load", "error"].forEach((name) => photo.addEventListener(name, resolve)));
  }
  scrollTo(0, document.documentElement.scrollHeight);
  await document.fonts.ready;
  await frame();
  await frame();
  const scripts = [...document.scripts].filter(({ type }) => type !== "application/ld+json").length;
  return { shift, scripts };
}

/** What of a visit breaks the limits. */
function tooMuch({ kind, url }, visit) {
  const found = [];
  const { origin } = new URL(url);
  for (const load of visit.asked) {
    if (!load.url.startsWith(`${origin}/`)) found.push(`asks another host: ${load.url}`);
    else if (load.status !== 200 && load.url !== url) found.push(`asks ${new URL(load.url).pathname}, which answers ${load.status}`);
  }
  const limit = (what, value, most) => value > most && found.push(`${what}: ${value}, the most is ${most}`);
  limit("requests", visit.requests, LIMITS.requests);
  const isSealed = kind === "sealed report";
  limit("bytes of the first load without photos", visit.firstLoad, isSealed ? SEALED.firstLoad : LIMITS.firstLoad);
  limit("bytes of CSS", visit.css, isSealed ? SEALED.css : LIMITS.css);
  limit("bytes of scripts", visit.js, isSealed ? SEALED.scripts : kind === "search" ? LIMITS.searchScript : 0);
  limit("scripts", visit.scripts, isSealed || kind === "search" ? 1 : 0);
  limit("layout shift", Number(visit.shift.toFixed(4)), 0);
  return found;
}

/** The size of the page itself is counted without headers, which are a host's. */
async function htmlBytes({ file }) {
  return gzipSync(await readFile(file)).length;
}

test("another host, too many bytes and moving text are found", async () => {
  const where = { ...sites.pages[0], kind: "home" };
  const good = { asked: [], requests: 1, firstLoad: 1, css: 1, js: 0, scripts: 0, shift: 0 };
  assert.deepEqual(tooMuch(where, good), []);
  const bad = { asked: [{ url: "https://fonts.example/a" }, { url: `${where.origin}/gone.css`, status: 404 }], requests: 9, firstLoad: 60_001, css: 8_001, js: 1, scripts: 1, shift: 0.01 };
  assert.equal(tooMuch(where, bad).length, 8);

  const start = performance.now();
  await fetch(`${where.origin}/assets/any.woff2`);
  assert.ok(performance.now() - start >= FONT_DELAY - 5, "fonts are late");

  // A picture without a size moves the text below when it comes.
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route("**/late.png", async (route) => {
    await sleep(FONT_DELAY);
    await route.fulfill({ contentType: "image/svg+xml", body: '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"/>' });
  });
  const body = '<!DOCTYPE html><html lang="th"><title>ก</title><img src="/late.png" alt=""><p>ข้อความ</p>';
  await page.route("**/fixture/", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body }));
  await page.goto(`${where.origin}/fixture/`);
  assert.ok((await page.evaluate(watch)).shift > 0);
  await context.close();
});

test("every page stays within its limits on the first visit", async () => {
  const problems = new Problems();
  const figures = new Map();
  const visitors = await Promise.all([visitor(), visitor(), visitor()]);
  await forEach(sites.pages, visitors.length, async (where, lane) => {
    const visit = await visitFirst(visitors[lane], where.url);
    for (const text of tooMuch(where, visit)) problems.add(where, text);
    const html = await htmlBytes(where);
    const most = where.kind === "item table" ? LIMITS.itemTable : LIMITS.html;
    if (html > most) problems.add(where, `bytes of HTML: ${html}, the most is ${most}`);
    const known = figures.get(where.kind);
    figures.set(where.kind, known ? { ...largest(known, { ...visit, html }), pages: known.pages + 1 } : { ...visit, html, pages: 1 });
  });
  print(figures);
  problems.none();
});

function largest(a, b) {
  const names = ["requests", "firstLoad", "html", "css", "fonts", "js", "photos", "shift"];
  return Object.fromEntries(names.map((name) => [name, Math.max(a[name], b[name])]));
}

/** The largest figures of each kind of page: those that a reader meets most, then the others. */
function print(figures) {
  const order = [...SHOWN.filter((kind) => figures.has(kind)), ...[...figures.keys()].filter((kind) => !SHOWN.includes(kind)).sort()];
  const rows = order.map((kind) => {
    const { pages, requests, firstLoad, html, css, fonts, js, photos, shift } = figures.get(kind);
    return [kind, pages, requests, firstLoad, html, css, fonts, js, photos, shift.toFixed(3)].map((cell, index) => (index === 0 ? cell.padEnd(14) : String(cell).padStart(9))).join("");
  });
  const head = ["pages", "requests", "first B", "HTML gz", "CSS", "fonts", "JS", "photos", "CLS"].map((cell) => cell.padStart(9)).join("");
  console.log(`First visit, the largest of each kind of page, bytes as sent:\n${"kind".padEnd(14)}${head}\n${rows.join("\n")}`);
}
