// `prongsai serve` on a folder of its own: started, and started anew at the same address.
import { spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROGRAM, ROOT } from "./sites.mjs";

/** A copy of the complete site without submissions, served after `prepare(at)`; `at` gives the path of a file of it. */
export async function serveCopy(prepare = async () => {}) {
  const folder = await mkdtemp(join(tmpdir(), "prongsai-studio-"));
  const at = (path) => join(folder, path);
  await cp(join(ROOT, "tests/sites/complete/content"), at("content"), { recursive: true });
  await rm(at("content/submissions"), { recursive: true, force: true });
  await prepare(at);
  let server = null;
  const start = (port) => new Promise((resolve, reject) => {
    server = spawn(PROGRAM, ["-C", folder, "--lang", "th", "serve", "--port", String(port)], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    server.stdout.on("data", (data) => {
      said += data;
      const found = /http:\/\/[\d.:]+/.exec(said);
      if (found) resolve(found[0]);
    });
    server.on("exit", () => reject(new Error(`serve ended: ${said}`)));
  });
  const stop = () => new Promise((resolve) => {
    server.on("exit", resolve);
    server.kill();
  });
  const origin = await start(0);
  const again = async () => {
    await stop();
    await start(new URL(origin).port);
  };
  const close = async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { folder, at, origin, again, close };
}
