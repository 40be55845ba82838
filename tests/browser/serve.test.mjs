// `prongsai serve` reloads the browser when a file changes, and lets no page of another site use it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { launch, PROGRAM, ROOT } from "./sites.mjs";

/** The address that `serve` prints. */
function addressOf(server) {
  return new Promise((resolve, reject) => {
    let text = "";
    server.stdout.on("data", (data) => {
      text += data;
      const address = text.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (address) resolve(address[0]);
    });
    server.on("exit", () => reject(new Error(`serve stopped: ${text}`)));
  });
}

test("serve reloads the browser when a file changes", async () => {
  const folder = await mkdtemp(join(tmpdir(), "prongsai-serve-"));
  await cp(join(ROOT, "content"), join(folder, "content"), { recursive: true });
  const browser = await launch();
  const server = spawn(PROGRAM, ["serve", "--port", "0", "--lang", "en"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  try {
    const page = await browser.newPage();
    const listens = page.waitForResponse(/_prongsai\/changes/);
    await page.goto(`${await addressOf(server)}/about/`);
    await listens;
    const file = join(folder, "content/pages/about.md");
    const before = await readFile(file, "utf8");
    await writeFile(file, before.replace(/title = ".*"/, 'title = "หน้านี้เพิ่งเปลี่ยน"'));
    await page.getByRole("heading", { level: 1, name: "หน้านี้เพิ่งเปลี่ยน" }).waitFor({ timeout: 10_000 });
  } finally {
    server.kill();
    await browser.close();
    await rm(folder, { recursive: true });
  }
});

/** What a page of another site can do with the preview at `preview`: each line ends as a word in its title. */
const HOSTILE = (preview) => `<!doctype html><title></title><body><script>
  const say = (words) => { document.title += words + ","; };
  const element = (name, set) => new Promise((done) => {
    const one = Object.assign(document.createElement(name), set, { onload: () => done("loaded"), onerror: () => done("refused") });
    document.body.append(one);
  });
  const asked = (mode) => fetch("${preview}/about/", { mode }).then((answer) => answer.text()).then((text) => text ? "read" : "refused", () => "refused");
  const stream = () => new Promise((done) => {
    const source = new EventSource("${preview}/_prongsai/changes");
    Object.assign(source, { onopen: () => done("open"), onerror: () => done("refused") });
  });
  (async () => {
    say("script:" + await element("script", { src: "${preview}/_prongsai/studio/panel.js" }));
    say("picture:" + await element("img", { src: "${preview}/assets/favicon.svg" }));
    say("cors:" + await asked("cors"));
    say("no-cors:" + await asked("no-cors"));
    say("post:" + await fetch("${preview}/", { method: "POST", mode: "no-cors", body: "a" }).then(() => "sent", () => "refused"));
    say("stream:" + await stream());
    say("end");
  })();
</script>`;

test("a page of another site can neither read nor embed the preview", async () => {
  const folder = await mkdtemp(join(tmpdir(), "prongsai-serve-"));
  await cp(join(ROOT, "content"), join(folder, "content"), { recursive: true });
  const browser = await launch();
  const server = spawn(PROGRAM, ["serve", "--port", "0", "--lang", "en"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  let hostile;
  try {
    const preview = await addressOf(server);
    hostile = createServer((request, response) => {
      response.setHeader("content-type", "text/html");
      response.end(request.url === "/frame" ? `<!doctype html><iframe src="${preview}/about/"></iframe>` : HOSTILE(preview));
    });
    await new Promise((resolve) => hostile.listen(0, "127.0.0.1", resolve));
    const port = hostile.address().port;
    // Another port is another origin of the same site, another name another site.
    for (const host of ["127.0.0.1", "localhost"]) {
      const page = await browser.newPage();
      await page.goto(`http://${host}:${port}/`);
      await page.waitForFunction(() => document.title.endsWith("end,"), null, { timeout: 30_000 });
      const tried = (await page.title()).split(",").slice(0, -2);
      // What is sent without leave is refused by the server, which no-cors hides from the page: it sees neither answer nor status.
      const seen = tried.filter((line) => !/:refused$/.test(line) && line !== "post:sent");
      assert.deepEqual(seen, [], host);
      assert.equal(tried.length, 6);
      const framed = page.waitForResponse(`${preview}/about/`);
      await page.goto(`http://${host}:${port}/frame`);
      assert.equal((await framed).status(), 403, host);
      await page.close();
    }
    // A link from there is followed: only the reader sees the page.
    const page = await browser.newPage();
    await page.goto(`http://localhost:${port}/frame`);
    await page.evaluate((to) => { location.href = to; }, `${preview}/about/`);
    await page.getByRole("heading", { level: 1 }).waitFor({ timeout: 10_000 });
  } finally {
    server.kill();
    hostile?.close();
    await browser.close();
    await rm(folder, { recursive: true });
  }
});
