// What others wrote to run scripts in pages, put wherever a site takes text: nothing of it becomes an element, an attribute or a request.
//
// XSS_PER_PAGE=1 puts each payload on a page of its own; XSS_MORE=FILE adds a list of payloads, one a line.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { forEach, launch, Problems, PROGRAM, ROOT } from "./sites.mjs";
import { serveFolder } from "./server.mjs";

const PER_PAGE = Number(process.env.XSS_PER_PAGE ?? 24);
const LANES = 3;
/** Keys whose text anybody may choose; the others have a form of their own. */
const FREE = new Set("title text responsible unit summary post hours walk_in about actions action budget spent progress level users steps fee documents channel laws problems recommendations spending reason method contract bidders offers winner price amount source reference_price statement result position".split(" "));

let browser;
let payloads;

before(async () => {
  browser = await launch();
  const corpus = JSON.parse(await readFile(join(ROOT, "tests/browser/xss/payloads.json"), "utf8"));
  payloads = Object.values(corpus).flat();
  if (process.env.XSS_MORE) payloads.push(...(await readFile(process.env.XSS_MORE, "utf8")).split(/\r?\n/).filter(Boolean));
});

after(() => browser?.close());

/** A TOML string. Control characters are refused in fields, which another test holds. */
const quoted = (text) => JSON.stringify(text.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ").toWellFormed()).replace(/\u007f/g, "");

const groups = (list, n) => Array.from({ length: Math.ceil(list.length / n) }, (_, at) => list.slice(at * n, at * n + n));

/** A post that says everything a payload can say in Markdown; what swallows the rest of a text stands last. */
function post(some, at) {
  const first = some[0];
  const line = (text) => text.replace(/[\r\n]+/g, " ");
  const code = some.map((text) => "`````\n" + text.replaceAll("`````", "") + "\n`````").join("\n\n");
  const structured = some.flatMap((text, n) => [
    `## ${line(text)}`,
    `[link](<${line(text).replace(/[<>]/g, "")}>) [link](${line(text)}) ![picture](<${line(text).replace(/[<>]/g, "")}> "${line(text).replaceAll('"', "'")}")`,
    `![${line(text)}](a.png) [x](/executives/ "${line(text)}") [x](https://a.example/${line(text)}) <${line(text)}> <https://a.example/${line(text)}>`,
    `[ref${n}][r${at}x${n}]\n\n[r${at}x${n}]: ${line(text)} "${line(text).replaceAll('"', "'")}"`,
    `[dec${n}][s${at}x${n}]\n\n[s${at}x${n}]: <javascript:${line(text).replace(/[<>]/g, "")}>`,
    `| a | b |\n|---|---|\n| ${line(text).replaceAll("|", "\\|")} | ${line(text)} |`,
    `note[^n${n}]\n\n[^n${n}]: ${line(text)}`,
    `> ${line(text)}\n\n- ${line(text)}\n\n\`${line(text).replaceAll("`", "")}\` ~~${line(text)}~~ **${line(text)}** <sup>${line(text)}</sup>`,
    "```" + line(text).replaceAll("`", "") + "\nx\n```",
    `#### heading {#${line(text).replaceAll("}", "")} .${line(text).replaceAll("}", "")} onclick=alert(1)}`,
  ]);
  const front = `+++\ntitle = ${quoted(first)}\ndate = "20 เมษายน 2566"\nsummary = ${quoted(some.join(" "))}\n`;
  return `${front}+++\n\n${code}\n\n${structured.join("\n\n")}\n\n${some.join("\n\n")}\n`;
}

/** A site of posts whose texts are payloads: its build finds errors, so only `serve` shows it. */
async function siteOfPosts() {
  const folder = await mkdtemp(join(tmpdir(), "prongsai-xss-"));
  await cp(join(ROOT, "tests/sites/small/content"), join(folder, "content"), { recursive: true });
  await mkdir(join(folder, "content/news"), { recursive: true });
  for (const [at, some] of groups(payloads, PER_PAGE).entries()) await writeFile(join(folder, `content/news/xss-${at}.md`), post(some, at));
  return { folder, n: Math.ceil(payloads.length / PER_PAGE) };
}

/** The complete site with payloads in every field that is free text, in the settings, in the titles of files. */
async function siteOfFields() {
  const folder = await mkdtemp(join(tmpdir(), "prongsai-xss-"));
  await cp(join(ROOT, "tests/sites/complete/content"), join(folder, "content"), { recursive: true });
  const files = (await readdir(join(folder, "content"), { recursive: true })).filter((file) => /\.(md|toml)$/.test(file)).sort();
  const field = /^( *)(\w+)( = )"([^"\n]*)"$/gm;
  const texts = new Map();
  let n = 0;
  const isFree = (file, key, value) => FREE.has(key) && /[ก-๛]/.test(value) && !/^(catalog|submissions)/.test(file) && !(key === "text" && file.startsWith("catalog"));
  for (const file of files) {
    const text = await readFile(join(folder, "content", file), "utf8");
    texts.set(file, text);
    for (const [, , key, , value] of text.matchAll(field)) n += isFree(file, key, value);
  }
  const queue = groups(payloads, Math.ceil(payloads.length / n));
  for (const [file, text] of texts) {
    const put = text.replace(field, (whole, space, key, is, value) => (isFree(file, key, value) && queue.length > 0 ? `${space}${key}${is}${quoted(`${value} ${queue.shift().join(" ")}`)}` : whole));
    await writeFile(join(folder, "content", file), put);
  }
  assert.equal(queue.length, 0, "every payload has its field");
  const some = payloads.filter((text) => text.length < 200).filter((_, at) => at % 40 === 0).join(" ");
  const settings = await readFile(join(folder, "content/site.toml"), "utf8");
  const into = (key) => (whole, start) => `${start}${quoted(`ก ${some} ${key}`)}`;
  let hostile = settings.replace(/^(name = ).*/m, into("name")).replace(/^(name_en = ).*/m, into("name_en")).replace(/^(address = ).*/m, into("address"));
  hostile = hostile.replace(/^(notice = ).*\n/m, "");
  hostile = hostile.replace(/^\[agency\]/m, `notice = { th = ${quoted(some)}, en = ${quoted(some)} }\n\n[agency]`);
  await writeFile(join(folder, "content/site.toml"), hostile);
  // File names, which become addresses: what Linux lets a file be called.
  const names = payloads.filter((text) => !/[/\\\u0000-\u001f\u007f]|^[.~ ]|~$|^[a-zA-Z][\w+.-]*:|^\w*: /.test(text) && Buffer.byteLength(text) < 120).filter((_, at) => at % 8 === 0)
    // Two names that differ in capitals alone are an error of their own (P220).
    .filter((name, at, all) => all.findIndex((other) => other.trim().toLowerCase() === name.trim().toLowerCase()) === at);
  const attached = names.map((name) => `\n[[attachment]]\nfile = ${JSON.stringify(`${name.trim()}.txt`)}\ntitle = ${quoted(`ก ${name}`)}\n`);
  await writeFile(join(folder, "content/news/files.md"), `+++\ntitle = "ไฟล์"\ndate = "20 เมษายน 2566"\n${attached.join("")}+++\n`);
  for (const name of names) await writeFile(join(folder, "content/news", `${name.trim()}.txt`), "ก");
  return { folder, n, names: names.length };
}

/** Notes what payloads call. Runs in the page before anything else. */
function canary() {
  const notes = [];
  Object.defineProperty(window, "notesOfCanary", { value: notes });
  const note = (what) => void notes.push(`ran: ${what}`);
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = (...all) => note(`${name}(${all.join().slice(0, 40)})`);
  for (const name of ["log", "info", "warn", "error"]) console[name] = (...all) => note(`console.${name}(${all.join().slice(0, 40)})`);
  Object.defineProperty(window, "__xss", { set: (value) => note(`__xss = ${value}`), get: () => note("__xss is read") });
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => notes.push(`the policy stopped ${effectiveDirective} ${blockedURI}`.slice(0, 80)));
}

/** Elements and attributes that no theme of ours writes. Runs in the page. */
function strange() {
  const found = [];
  // The form of sealed reports is the theme's own.
  const isSealed = location.pathname.endsWith("/report-corruption/sealed/");
  const known = "html head meta title link script body a header nav ul ol li main h1 h2 h3 h4 h5 h6 p div section article footer span b strong em del i time img table caption thead tbody tr th td dl dt dd svg path circle rect g text line polyline use desc title details summary figure figcaption blockquote hr br wbr code pre sup sub small form label input button output template noscript aside data abbr search fieldset legend datalist option progress meter mark q cite address defs tspan hgroup picture source pattern".split(" ");
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    const where = `<${name}>`;
    if (!known.includes(name) && !(isSealed && name === "textarea")) found.push(`${where} is on the page`);
    if (name === "script" && element.type !== "application/ld+json" && !/^\/(\w+\/)?assets\/search-\w+\.js$/.test(element.getAttribute("src")) && !(isSealed && /^\/(\w+\/)?assets\/(vendor\/)?[\w.-]+\.m?js$/.test(element.getAttribute("src")))) found.push("a script of its own");
    if (name === "script" && element.type === "application/ld+json") JSON.parse(element.textContent);
    if (name === "meta" && /refresh/i.test(element.httpEquiv)) found.push("the page leads elsewhere");
    for (const { name: key, value } of element.attributes) {
      if (/^on/i.test(key)) found.push(`${where} has ${key}`);
      if (["style", "srcdoc", "formaction", "xlink:href", "background", "ping", "nonce"].includes(key)) found.push(`${where} has ${key}`);
      if (["href", "src", "action", "data", "poster", "cite"].includes(key)) {
        // What is no address leads nowhere.
        if (!URL.canParse(value, location.href)) continue;
        const url = new URL(value, location.href);
        const isLink = name === "a";
        const isGood = isLink ? ["http:", "https:", "mailto:", "tel:"].includes(url.protocol) : url.protocol.startsWith("http");
        if (!isGood) found.push(`${where} leads to ${url.protocol}`);
        if (!isLink && name !== "link" && url.origin !== location.origin) found.push(`${where} fetches ${url.origin}`);
      }
    }
  }
  return found;
}

/** Looks at every page of `paths`; without its policy, what is looked at is how pages are written. */
async function look(origin, paths, isOpen, problems) {
  const context = await browser.newContext();
  await context.addInitScript(canary);
  await context.route((url) => url.origin !== origin, (route) => route.abort());
  if (isOpen) {
    await context.route((url) => url.origin === origin && url.pathname.endsWith("/"), async (route) => {
      const response = await route.fetch();
      const html = await response.text();
      const body = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
      assert.notEqual(body, html, "the page has a policy");
      await route.fulfill({ response, body });
    });
  }
  const at = [];
  const lanes = await Promise.all(Array.from({ length: LANES }, () => context.newPage()));
  for (const [lane, page] of lanes.entries()) {
    page.on("dialog", (dialog) => dialog.dismiss().then(() => problems.add(at[lane], "a dialog opened")));
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(`${origin}/`)) problems.add(at[lane], `asked for ${url.slice(0, 60)}`);
    });
    page.on("popup", () => problems.add(at[lane], "a window opened"));
  }
  await forEach(paths, LANES, async (path, lane) => {
    at[lane] = `${isOpen ? "without" : "with"} policy:${path}`;
    const page = lanes[lane];
    await page.goto(origin + path, { waitUntil: "load" });
    for (const text of await page.evaluate(strange)) problems.add(at[lane], text);
    // What a picture that fails or an animation that begins would run.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 10)));
    for (const text of await page.evaluate(() => window.notesOfCanary)) problems.add(at[lane], text);
    if (page.url() !== origin + path) problems.add(at[lane], `went to ${page.url().slice(0, 60)}`);
  });
  await context.close();
}

/** What is harmful in a text that readers of feeds show. Runs in the page; the whole feed must be XML. */
function harmOfFeed(text) {
  const xml = new DOMParser().parseFromString(text, "application/xml");
  if (xml.querySelector("parsererror")) return ["it is not XML"];
  const entries = [...xml.querySelectorAll("content")].map(({ textContent }) => new DOMParser().parseFromString(textContent, "text/html"));
  const found = [];
  for (const element of entries.flatMap((document) => [...document.querySelectorAll("*")])) {
    const name = element.localName;
    if (["script", "iframe", "object", "embed", "form", "base", "meta", "style", "svg"].includes(name)) found.push(`<${name}>`);
    for (const { name: key, value } of element.attributes) {
      if (/^on|^style$|^srcdoc$/i.test(key)) found.push(`<${name} ${key}>`);
      if (/^(href|src)$/.test(key) && /^[\s\u0000-\u0020]*(javascript|data|vbscript):/i.test(value)) found.push(`<${name} ${key}="${value.slice(0, 40)}">`);
    }
  }
  return found;
}

async function lookAtFeed(origin, problems) {
  const page = await browser.newPage();
  await page.goto(`${origin}/`);
  for (const path of ["/atom.xml", "/sitemap.xml"]) {
    const text = await (await fetch(origin + path)).text();
    for (const what of await page.evaluate(harmOfFeed, text)) problems.add(path, what);
  }
  await page.close();
}

/** Runs the program in a site folder; what it says and how it ends. */
const prongsai = (folder, ...all) =>
  new Promise((resolve) => {
    const program = spawn(PROGRAM, [...all, "--lang", "en"], { cwd: folder });
    let text = "";
    program.stdout.on("data", (data) => (text += data));
    program.on("exit", (code) => resolve({ code, text }));
  });

/** Writes the pages of a site that has errors, which the program never does. */
function writeAnyway(folder) {
  const test = ["test", "--locked", "--quiet", "--test", "suite", "--", "--ignored", "--exact", "xss::pages_of_a_site_with_errors"];
  execFileSync("cargo", test, { cwd: ROOT, env: { ...process.env, XSS_SITE: folder }, stdio: ["ignore", "ignore", "inherit"] });
}

const pagesIn = async (folder) => (await readdir(folder, { recursive: true })).filter((file) => file.endsWith("index.html")).sort().map((file) => `/${file.replace(/index\.html$/, "")}`).map(encodeURI);

test("a theme that does not escape is caught, with the policy and without", async () => {
  const folder = await mkdtemp(join(tmpdir(), "prongsai-xss-"));
  await cp(join(ROOT, "tests/sites/small/content"), join(folder, "content"), { recursive: true });
  await mkdir(join(folder, "themes/default/pages"), { recursive: true });
  await mkdir(join(folder, "content/news"), { recursive: true });
  await writeFile(join(folder, "themes/default/pages/news.html"), `{% extends "base.html" %}\n{% block main %}<h1>{{ page.title | safe }}</h1>{{ view.body | safe }}{% endblock main %}\n`);
  const bad = (title) => writeFile(join(folder, "content/news/bad.md"), `+++\ntitle = "${title}"\ndate = "20 เมษายน 2566"\n+++\n`);
  try {
    await bad("<img src='/assets/favicon.svg' onload='alert(1)'>");
    const refused = await prongsai(folder, "build");
    assert.equal(refused.code, 1, refused.text);
    assert.match(refused.text, /error\[P605\]/);
    await bad("<script>window.__xss = true</script><iframe src='https://evil.example/'></iframe>");
    const built = await prongsai(folder, "build");
    assert.equal(built.code, 0, built.text);
    const site = await serveFolder(join(folder, "public"));
    const [open, closed] = [new Problems(), new Problems()];
    await look(site.origin, ["/news/bad/"], true, open);
    await look(site.origin, ["/news/bad/"], false, closed);
    site.close();
    const found = open.texts.join("\n");
    for (const expected of [/a script of its own/, /ran: __xss = true/, /<iframe> is on the page/, /asked for https:\/\/evil/]) assert.match(found, expected);
    assert.match(closed.texts.join("\n"), /a script of its own/);
    assert.match(closed.texts.join("\n"), /the policy stopped script-src/);
    assert.doesNotMatch(closed.texts.join("\n"), /ran: __xss/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("no payload runs from a field, a setting or a file name, on published pages", async (t) => {
  const { folder, n, names } = await siteOfFields();
  try {
    const built = await prongsai(folder, "build");
    assert.equal(built.code, 0, built.text.slice(-3000));
    const site = await serveFolder(join(folder, "public"));
    const paths = await pagesIn(site.folder);
    const problems = new Problems();
    await look(site.origin, paths, true, problems);
    await look(site.origin, paths, false, problems);
    await lookAtFeed(site.origin, problems);
    site.close();
    t.diagnostic(`${payloads.length} payloads in ${n} fields, ${names} in file names; ${paths.length} pages, each with its policy and without`);
    assert.ok(paths.length > 100, "the site has its pages");
    problems.none();
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("no payload runs from the text of a document, even if errors did not stand in its way", async (t) => {
  const { folder, n } = await siteOfPosts();
  try {
    const refused = await prongsai(folder, "build");
    assert.equal(refused.code, 1, "HTML and unsafe links are errors");
    assert.equal(await readdir(join(folder, "public")).catch(() => null), null, "nothing is published");
    writeAnyway(folder);
    const site = await serveFolder(join(folder, "public"));
    const paths = await pagesIn(site.folder);
    const problems = new Problems();
    await look(site.origin, paths, true, problems);
    await look(site.origin, paths, false, problems);
    await lookAtFeed(site.origin, problems);
    site.close();
    t.diagnostic(`${payloads.length} payloads, ${PER_PAGE} a page, each in 20 places of a text; ${paths.length} pages, each with its policy and without`);
    assert.ok(paths.length > n, "every post has its page");
    problems.none();
  } finally {
    await rm(folder, { recursive: true });
  }
});
