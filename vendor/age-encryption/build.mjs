// Bundles age-encryption for themes/default/assets/vendor/: `npm ci --ignore-scripts && node build.mjs`. With `--check` nothing is
// written, and a bundle or licence that is not byte for byte the committed one is an error.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const OUT = "../../themes/default/assets/vendor";

/** Parts of the library for keys that the page never seals to: post-quantum keys, hardware tags, passphrases, passkeys. Settings refuse
    such keys; were one to come, the page would fail instead of sealing wrongly. */
const LEFT_OUT = {
  "@noble/post-quantum/hybrid.js": "export const MLKEM768P256 = undefined, MLKEM768X25519 = undefined;",
  "@noble/curves/nist.js": "export const p256 = undefined;",
  "@noble/hashes/scrypt.js": "export const scrypt = undefined;",
  "./webauthn.js": "export {};",
};

const leaveOut = {
  name: "leave-out",
  setup(build) {
    build.onResolve({ filter: /./ }, ({ path }) => (path in LEFT_OUT ? { path, namespace: "left-out" } : undefined));
    build.onLoad({ filter: /./, namespace: "left-out" }, ({ path }) => ({ contents: LEFT_OUT[path] }));
  },
};

const { version } = JSON.parse(await readFile(here("node_modules/age-encryption/package.json"), "utf8"));
const banner = `/* age-encryption ${version} (BSD-3-Clause, the typage authors), with @noble/ciphers, @noble/curves, @noble/hashes and @scure/base (MIT, Paul Miller). Licences: LICENCES.txt */`;
const { outputFiles, metafile } = await build({
  stdin: { contents: `export { Encrypter, armor } from "age-encryption";`, resolveDir: here(".") },
  absWorkingDir: here("."),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "ascii",
  legalComments: "none",
  banner: { js: banner },
  plugins: [leaveOut],
  metafile: true,
  write: false,
});

const packages = new Set(Object.keys(metafile.inputs).flatMap((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []));
const licences = [];
for (const name of [...packages].sort()) {
  const { version } = JSON.parse(await readFile(here(`node_modules/${name}/package.json`), "utf8"));
  const text = (await readFile(here(`node_modules/${name}/LICENSE`), "utf8")).replaceAll("\r\n", "\n").trim();
  licences.push(`${name} ${version}\n\n${text}\n`);
}

const bytes = Buffer.from(outputFiles[0].contents);
const sum = (bytes) => createHash("sha256").update(bytes).digest("hex");
const files = { "age-encryption.js": bytes, "LICENCES.txt": Buffer.from(licences.join(`\n${"-".repeat(72)}\n\n`)) };
const sums = Object.entries(files).map(([name, bytes]) => `${sum(bytes)}  ${name}\n`).join("");
const outputs = { ...Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${OUT}/${name}`, bytes])), SHA256SUMS: Buffer.from(sums) };

for (const [path, bytes] of Object.entries(outputs)) {
  if (!process.argv.includes("--check")) await writeFile(here(path), bytes);
  else if (!bytes.equals(await readFile(here(path)))) throw new Error(`${path} is not what this script makes; run it without --check and read the diff`);
}
console.log(`age-encryption ${version}: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzipped, of ${[...packages].sort().join(", ")}\n${sums}`);
