// `prongsai serve` reloads the browser when a file changes.
import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
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
    await page.goto(`${await addressOf(server)}/about/`);
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
