// Pages on A4 paper: the size of the sheets, heads of tables on every sheet, no row cut in two; the poster is one sheet.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, onePerKind, openSites, Problems } from "./sites.mjs";

/** A4 in points, as PDF counts. */
const A4 = [595.3, 841.9];

let browser;
let sites;
let folder;

before(async () => {
  browser = await launch();
  sites = await openSites();
  folder = await mkdtemp(join(tmpdir(), "prongsai-print-"));
});

after(async () => {
  await browser?.close();
  await sites?.close();
  if (folder) await rm(folder, { recursive: true });
});

/** Puts a mark at the head of each table, and at the start and the end of each row, that takes no room; returns the numbers of rows. Runs in the page. */
function mark() {
  const put = (cell, word, edge) => {
    const made = document.createElement("span");
    made.textContent = ` ${word} `;
    Object.assign(made.style, { position: "absolute", [edge]: "0", left: "0", fontSize: "1px", lineHeight: "1px", fontFamily: "sans-serif", color: "#000", whiteSpace: "nowrap" });
    cell.style.position = "relative";
    cell.append(made);
  };
  return [...document.querySelectorAll("table")].map((table, t) => {
    const head = table.tHead?.querySelector("th, td");
    if (head) put(head, `q${t}head`, "top");
    const rows = [...table.tBodies].flatMap(({ rows }) => [...rows]).filter((row) => row.cells.length > 0 && row.checkVisibility());
    rows.forEach((row, r) => {
      put(row.cells[0], `q${t}row${r}start`, "top");
      put(row.cells[0], `q${t}row${r}end`, "bottom");
    });
    return { hasHead: Boolean(head), rows: rows.length };
  });
}

/** Prints the page; the sheets with their size in points and the marks on them. */
async function sheetsOf(page) {
  const file = join(folder, "page.pdf");
  await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true });
  const layout = execFileSync("pdftotext", ["-bbox", file, "-"], { encoding: "utf8", maxBuffer: 1 << 28 });
  return layout.split("<page ").slice(1).map((sheet) => ({
    size: ["width", "height"].map((name) => Number(sheet.match(new RegExp(`${name}="([\\d.]+)"`))[1])),
    marks: new Set([...sheet.matchAll(/>(q\d+(?:head|row\d+(?:start|end)))</g)].map(([, word]) => word)),
  }));
}

const isA4 = ([width, height]) => [Math.min(width, height) - A4[0], Math.max(width, height) - A4[1]].every((off) => Math.abs(off) < 2);

/** What is wrong with `page` on paper. */
async function faults(page) {
  const found = [];
  const tables = await page.evaluate(mark);
  const sheets = await sheetsOf(page);
  for (const { size } of sheets) if (!isA4(size)) found.push(`a sheet is ${size.join(" × ")} points, not A4`);
  const on = (word) => sheets.findIndex(({ marks }) => marks.has(word));
  tables.forEach(({ hasHead, rows }, t) => {
    const used = new Set();
    for (let r = 0; r < rows; r += 1) {
      const [start, end] = [on(`q${t}row${r}start`), on(`q${t}row${r}end`)];
      if (start < 0 || end < 0) found.push(`row ${r + 1} of table ${t + 1} is not printed`);
      else if (start !== end) found.push(`row ${r + 1} of table ${t + 1} is cut between sheets ${start + 1} and ${end + 1}`);
      used.add(start);
    }
    for (const sheet of used) if (hasHead && sheet >= 0 && !sheets[sheet].marks.has(`q${t}head`)) found.push(`sheet ${sheet + 1} has rows of table ${t + 1} without its head`);
  });
  return { found, sheets: sheets.length, longest: Math.max(0, ...tables.map(({ rows }) => rows)) };
}

test("a cut row, a head that is not repeated and a wrong sheet are found", async () => {
  const page = await browser.newPage();
  const rows = Array.from({ length: 9 }, (_, row) => `<tr><td>${row}${"<br>ก".repeat(12)}</td></tr>`).join("");
  const table = (css) => `<!DOCTYPE html><style>@page { size: A4; margin: 20mm } ${css}</style><table><thead><tr><th>หัว</th></tr></thead><tbody>${rows}</tbody></table>`;
  const look = async (css) => {
    await page.setContent(table(css));
    return (await faults(page)).found.join("\n");
  };
  assert.equal(await look("tr { break-inside: avoid }"), "");
  assert.match(await look(""), /is cut between sheets/);
  assert.match(await look("tr { break-inside: avoid } thead { display: table-row-group }"), /without its head/);
  assert.match(await look("@page { size: A5 }"), /not A4/);
  await page.close();
});

/** One page of each kind, and every page with a table of more than ten rows. */
async function printed() {
  const all = new Set(await onePerKind(sites.pages));
  for (const where of sites.pages) {
    const html = await readFile(where.file, "utf8");
    if ((html.match(/<tr[ >]/g) ?? []).length > 10) all.add(where);
  }
  return all;
}

test("pages print on A4, with heads on every sheet and whole rows", async () => {
  const problems = new Problems();
  const page = await browser.newPage();
  let most = 0;
  for (const where of await printed()) {
    await page.goto(where.url);
    const { found, sheets, longest } = await faults(page);
    if (longest > 40) most = Math.max(most, sheets);
    for (const text of found) problems.add(where, text);
    if (where.kind === "poster" && sheets !== 1) problems.add(where, `the poster has ${sheets} sheets`);
  }
  assert.ok(most >= 3, `the longest table runs over sheets: ${most}`);
  await page.close();
  problems.none();
});
