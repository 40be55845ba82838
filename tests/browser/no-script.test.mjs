// Every page without scripts: its content, its pictures, its links. With scripts: nothing to complain about.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openSites, Problems } from "./sites.mjs";

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

/** What a page shows and where it leads. Runs in the page. */
function content() {
  const main = document.querySelector("main");
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  const links = [...document.querySelectorAll("a[href], link[href], area[href]")].filter(({ rel }) => rel !== "canonical").map(({ href }) => href);
  const broken = [...document.images].filter((image) => image.complete && image.naturalWidth === 0).map((image) => image.getAttribute("src"));
  const headings = [...document.querySelectorAll("h1")].filter((heading) => heading.checkVisibility());
  const refers = ["aria-labelledby", "aria-describedby", "aria-controls", "for"];
  const dangling = refers.flatMap((name) => [...document.querySelectorAll(`[${name}]`)].flatMap((element) => element.getAttribute(name).split(/\s+/))).filter((id) => !ids.includes(id));
  return { words: main?.innerText.trim().length ?? 0, headings: headings.length, ids, links, broken, dangling };
}

/** What is wrong with a page by itself. */
function faults({ words, headings, broken, dangling }) {
  const found = [];
  if (words < 40) found.push(`<main> has ${words} letters`);
  if (headings !== 1) found.push(`${headings} headings of the first level are shown`);
  for (const src of broken) found.push(`the picture ${src} is broken`);
  for (const id of dangling) found.push(`an attribute refers to #${id}, which is not there`);
  return found;
}

/** What is wrong with a link: `status` asks for an address, `ids` what can be jumped to. */
async function dead(link, where, status, ids) {
  const url = new URL(link);
  if (url.origin !== where.origin) return [];
  const address = url.origin + url.pathname;
  if (address !== where.url && (await status(address)) !== 200) return [`the link to ${url.pathname} leads nowhere`];
  const fragment = decodeURIComponent(url.hash.slice(1));
  const known = ids.get(address);
  return fragment && known && !known.includes(fragment) ? [`the link to ${url.pathname}#${fragment} has no place to lead to`] : [];
}

test("an empty page, a broken picture and a dead link are found", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${sites.example.origin}/`);
  const good = await page.evaluate(content);
  assert.deepEqual(faults(good), []);
  await page.setContent('<main><p>ก</p><img src="data:image/png;base64,AA" alt=""><p aria-labelledby="x"></main>');
  const found = faults(await page.evaluate(content)).join();
  for (const expected of [/has 1 letters/, /0 headings/, /picture data.* is broken/, /refers to #x/]) assert.match(found, expected);
  const where = { origin: "http://site.example" };
  const ids = new Map([["http://site.example/a/", ["here"]]]);
  const status = async (url) => (url.endsWith("/a/") ? 200 : 404);
  assert.deepEqual(await dead("http://site.example/a/#here", where, status, ids), []);
  assert.match((await dead("http://site.example/a/#there", where, status, ids)).join(), /no place/);
  assert.match((await dead("http://site.example/b/", where, status, ids)).join(), /nowhere/);
  await context.close();
});

test("every page has its content and every link leads somewhere, without scripts", async () => {
  const problems = new Problems();
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  const ids = new Map();
  const links = [];
  for (const where of sites.pages) {
    await page.goto(where.url);
    const found = await page.evaluate(content);
    for (const text of faults(found)) problems.add(where, text);
    ids.set(where.url, found.ids);
    for (const link of found.links) links.push([where, link]);
  }
  const statuses = new Map();
  const status = (url) => {
    if (!statuses.has(url)) statuses.set(url, fetch(url).then((response) => response.arrayBuffer().then(() => response.status)));
    return statuses.get(url);
  };
  assert.ok(links.length > 3000, `the pages have links: ${links.length}`);
  for (const [where, link] of links) {
    for (const text of await dead(link, where, status, ids)) problems.add(where, text);
  }
  await context.close();
  problems.none();
});

/** A page that notes what the browser complains about in `problems`; `at.where` is the page it shows. */
async function listener(context, problems, at) {
  const page = await context.newPage();
  await page.exposeBinding("noteViolation", (_, text) => problems.add(at.where, text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => window.noteViolation(`the policy of the page forbids ${effectiveDirective} ${blockedURI}`));
  });
  page.on("pageerror", (error) => problems.add(at.where, `script error: ${error.message}`));
  page.on("console", (message) => {
    const isExpected = at.where.kind === "not found" && message.text().includes("404 (Not Found)");
    if (["error", "warning"].includes(message.type()) && !isExpected) problems.add(at.where, `console: ${message.text()}`);
  });
  return page;
}

test("a forbidden style and an error of a script are found", async () => {
  const problems = new Problems();
  const at = { where: { site: "fixture", path: "/" } };
  const page = await listener(await browser.newContext(), problems, at);
  const body = `<meta http-equiv="Content-Security-Policy" content="style-src 'none'"><p style="color: red">ก</p><script>missing()</script>`;
  await page.route("**/fixture/", (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto(`${sites.example.origin}/fixture/`);
  await page.waitForTimeout(100);
  assert.match(problems.texts.join("\n"), /forbids style-src/);
  assert.match(problems.texts.join("\n"), /script error: missing/);
  await page.context().close();
});

test("no page raises an error or breaks its policy, with scripts", async () => {
  const problems = new Problems();
  const context = await browser.newContext();
  const at = {};
  const page = await listener(context, problems, at);
  for (const where of sites.pages) {
    at.where = where;
    await page.goto(where.url);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await context.close();
  problems.none();
});

test("a citizen finds the answers from home by following links, without scripts", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  const answers = { "/executives/": "ปลัดเทศบาล", "/2565/results/": "91.81", "/oit/2566/": "O42", "/report-corruption/": "1205", "/surveys/eit/": "itas.nacc.go.th" };
  for (const [path, words] of Object.entries(answers)) {
    await page.goto(`${sites.example.origin}/`);
    await page.locator(`main a[href="${path}"], header a[href="${path}"]`).first().click();
    assert.equal(new URL(page.url()).pathname, path);
    assert.ok((await page.locator("main").innerText()).includes(words), `${path} says ${words}`);
  }
  await context.close();
});
