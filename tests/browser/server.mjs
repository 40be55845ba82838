// Serves a built site from disk as a web host would, gzip and all, on a free port of this machine.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".pdf": "application/pdf",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".json": "application/json",
  ".woff2": "font/woff2",
};
/** What hosts compress; pictures and fonts are compressed already. */
const COMPRESSED = new Set([".html", ".css", ".js", ".svg", ".xml", ".txt", ".csv", ".json"]);

/** Starts a server for `folder`; `origin` is its address, `close` stops it. Fonts wait `fontDelay` milliseconds, as on a slow line. */
export async function serveFolder(folder, { fontDelay = 0 } = {}) {
  const answers = new Map();
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname);
    if (extname(path) === ".woff2" && fontDelay > 0) await sleep(fontDelay);
    if (!answers.has(path)) answers.set(path, answer(folder, path));
    const { status, headers, body } = await answers.get(path);
    response.writeHead(status, headers).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, folder, close };
}

async function answer(folder, path) {
  const file = normalize(join(folder, path.endsWith("/") ? `${path}index.html` : path));
  const found = await readFile(file).catch(() => null);
  const body = found ?? (await readFile(join(folder, "404.html")));
  const type = found ? extname(file) : ".html";
  const headers = { "content-type": TYPES[type] ?? "application/octet-stream" };
  if (!COMPRESSED.has(type)) return { status: found ? 200 : 404, headers, body };
  return { status: found ? 200 : 404, headers: { ...headers, "content-encoding": "gzip" }, body: gzipSync(body) };
}
