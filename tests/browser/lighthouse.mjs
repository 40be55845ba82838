// Lighthouse on a slow phone: run alone, for it measures time (`node --test lighthouse.mjs`).
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import lighthouse from "lighthouse";
import { launch, openSites } from "./sites.mjs";

const CATEGORIES = { accessibility: 100, "best-practices": 100, seo: 100, performance: 95 };
const PAGES = ["/", "/2565/results/", "/oit/2566/", "/report-corruption/"];
/** Time is measured on a machine that does other things too: the best of so many runs counts. The other marks have one run. */
const RUNS = 3;

let browser;
let sites;
let port;

before(async () => {
  port = await freePort();
  browser = await launch([`--remote-debugging-port=${port}`]);
  sites = await openSites();
});

after(async () => {
  await browser?.close();
  await sites?.close();
});

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The marks of a page, 0–100, and what cost marks. */
async function marks(url, onlyCategories) {
  const { lhr } = await lighthouse(url, { port, onlyCategories, logLevel: "error" });
  assert.equal(lhr.runtimeError, undefined, lhr.runtimeError?.message);
  const scores = Object.fromEntries(onlyCategories.map((name) => [name, Math.round(lhr.categories[name].score * 100)]));
  const refs = onlyCategories.filter((name) => scores[name] < 100).flatMap((name) => lhr.categories[name].auditRefs.filter(({ weight }) => weight > 0));
  const lost = refs.filter(({ id }) => lhr.audits[id].score !== null && lhr.audits[id].score < 1).map(({ id }) => `${id}: ${lhr.audits[id].displayValue ?? lhr.audits[id].title}`);
  return { scores, lost };
}

for (const path of PAGES) {
  test(`Lighthouse: ${path}`, async (context) => {
    const { scores, lost } = await marks(sites.example.origin + path, Object.keys(CATEGORIES));
    for (let run = 1; run < RUNS && scores.performance < CATEGORIES.performance; run += 1) {
      const again = await marks(sites.example.origin + path, ["performance"]);
      scores.performance = Math.max(scores.performance, again.scores.performance);
    }
    context.diagnostic(`${path} ${Object.entries(scores).map(([name, score]) => `${name} ${score}`).join(", ")}`);
    const short = Object.entries(CATEGORIES).filter(([name, least]) => scores[name] < least);
    assert.deepEqual(short.map(([name, least]) => `${name} ${scores[name]}, ${least} is the least`), [], lost.join("\n"));
  });
}
