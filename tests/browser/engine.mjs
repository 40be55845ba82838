// The script of the search page without a browser, over the files of a built site.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("../../themes/default/assets/search.js", import.meta.url));

/** What the script exports, as published: without comments and indentation. */
export const engine = await import(`data:text/javascript,${encodeURIComponent(await readFile(SCRIPT, "utf8"))}`);

/** The index of a built site, its texts loaded. */
export async function open(folder) {
  const read = async (name) => JSON.parse(await readFile(join(folder, "search", name), "utf8"));
  const titles = await read("titles.json");
  const index = engine.index(titles);
  for (let n = 0; n < titles.shards; n++) engine.add(index, await read(`text-${n}.json`));
  return index;
}

/** An index of one page that says `text`. */
export function one(text) {
  const index = engine.index({ same: [], skip: [], pages: [["a/", "", ""]] });
  engine.add(index, { "a/": text });
  return index;
}
