// What all browser tests share: the example site and the complete one, served; their pages; Chromium; a readable list of problems.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serveFolder } from "./server.mjs";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Another program can be tried in its place, as a debug build. */
export const PROGRAM = process.env.PROGRAM ?? join(ROOT, "target/release/prongsai");
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** The built example site; another folder can be tried in its place: `PUBLIC=/tmp/broken node --test reflow.test.mjs`. */
export const PUBLIC = process.env.PUBLIC ?? join(ROOT, "public");

/** Kinds of pages by their address, which never changes; an address of another language has the language before it. */
const KINDS = [
  ["home", /^\/$/],
  ["results", /^\/\d{4}\/results\/$/],
  ["traceability", /^\/\d{4}\/integrity-measures\/traceability\/$/],
  ["measures", /^\/\d{4}\/integrity-measures\/$/],
  ["measure", /^\/\d{4}\/integrity-measures\/[^/]+\/$/],
  ["progress", /^\/\d{4}\/integrity-measures-progress\/$/],
  ["disclosure", /^\/\d{4}\/[^/]+\/$/],
  ["forms", /^\/oit\/$/],
  ["item table", /^\/oit\/\d{4}\/$/],
  ["answers", /^\/oit\/\d{4}\/answers\/$/],
  ["item page", /^\/oit\/\d{4}\/[^/]+\/$/],
  ["poster", /^\/surveys\/.*\/poster\/$/],
  ["survey", /^\/surveys\//],
  ["news post", /^\/news\/[^/]+\/$/],
  ["report", /^\/report-corruption\/$/],
  ["sealed report", /^\/report-corruption\/sealed\/$/],
  ["not found", /^\/nowhere\/$/],
];

/** Serves both sites; `pages` are all of them with their kind, `close` stops all. */
export async function openSites(options) {
  const folder = await mkdtemp(join(tmpdir(), "prongsai-complete-"));
  await cp(join(ROOT, "tests/sites/complete/content"), join(folder, "content"), { recursive: true });
  execFileSync(PROGRAM, ["-C", folder, "build"]);
  const example = await serveFolder(PUBLIC, options);
  const complete = await serveFolder(join(folder, "public"), options);
  const pages = [...(await pagesOf("example", example)), ...(await pagesOf("complete", complete))];
  const close = async () => {
    example.close();
    complete.close();
    await rm(folder, { recursive: true });
  };
  assert.ok(pages.length > 200, `both sites have pages: ${pages.length}`);
  return { example, complete, pages, close };
}

async function pagesOf(site, { folder, origin }) {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".html")).sort();
  const pages = [];
  for (const file of files) {
    const html = await readFile(join(folder, file), "utf8");
    if (/http-equiv="?refresh/i.test(html)) continue;
    const path = file === "404.html" ? "/nowhere/" : `/${file.replace(/index\.html$/, "")}`;
    pages.push({ site, path, url: origin + path, origin, file: join(folder, file), ...kindOf(path) });
  }
  return pages;
}

function kindOf(path) {
  const [, language, rest] = path.match(/^(?:\/(en|th)(?=\/))?(.*)$/);
  const found = KINDS.find(([, pattern]) => pattern.test(rest));
  return { kind: found ? found[0] : rest.split("/")[1], language: language ?? "th" };
}

/** One page of each kind in each site and language: the longest, for it shows most. */
export async function onePerKind(pages) {
  const best = new Map();
  for (const page of pages) {
    const key = `${page.site} ${page.language} ${page.kind}`;
    const { length } = await readFile(page.file);
    if (!best.has(key) || best.get(key).length < length) best.set(key, { page, length });
  }
  return [...best.values()].map(({ page }) => page);
}

/** Chromium without its own traffic; `args` are added. */
export async function launch(args = []) {
  const quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  return chromium.launch({ executablePath: CHROMIUM, args: [...quiet, ...args] });
}

/** Makes the window `width` CSS px wide and waits until the page is laid out for that: `window.innerWidth` can still be the one before. */
export async function resize(page, width, height = 800) {
  await page.setViewportSize({ width, height });
  const laidOut = () => page.evaluate(() => document.documentElement.clientWidth);
  const start = Date.now();
  while ((await laidOut()) !== width) assert.ok(Date.now() - start < 30_000, `${page.url()} is never ${width} px wide, but ${await laidOut()}`);
}

/** Visits all `pages` with `visit(page)`, `lanes` at a time. */
export async function forEach(pages, lanes, visit) {
  const queue = [...pages];
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let page = queue.shift(); page; page = queue.shift()) await visit(page, lane);
    }),
  );
}

/** Problems of pages; the same problem on many pages is one line. */
export class Problems {
  #found = new Map();

  add(page, text) {
    const where = typeof page === "string" ? page : `${page.site}:${page.path}`;
    this.#found.set(text, (this.#found.get(text) ?? new Set()).add(where));
  }

  get texts() {
    return [...this.#found.keys()];
  }

  /** Fails the test when there is any. */
  none() {
    const lines = [...this.#found].map(([text, pages]) => {
      const [first, second, third, ...others] = pages;
      const shown = [first, second, third].filter(Boolean).join(", ");
      return `${text}\n    on ${shown}${others.length > 0 ? ` and ${others.length} more` : ""}`;
    });
    if (lines.length > 0) assert.fail(`${lines.length} problems:\n${lines.join("\n")}`);
  }
}
