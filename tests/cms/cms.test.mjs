// The CMS configuration against the schema that Sveltia publishes and the one that Decap checks with; the page's script against its
// checksum; the schemas for editors in taplo, the checker behind them. PRONGSAI=target/debug/prongsai tries another program.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFile, cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import Ajv from "ajv";
import yaml from "js-yaml";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = join(HERE, "../..");
const PROGRAM = process.env.PRONGSAI ? join(process.cwd(), process.env.PRONGSAI) : join(ROOT, "target/release/prongsai");

/** What Decap checks a configuration with, and the checksums of these packages: of it all, with React and 500 others, only this is used. */
const DECAP = {
  "decap-cms-core@3.19.1": "sha512-j+Wnmpc+LM2kXDdPCwIcH+G67HROEJepfHUi1yynjzckdTHl8x2t9096O+TZlyniWiBYc3qm00+dsXTD4hEEOQ==",
  "decap-cms-widget-number@3.4.2": "sha512-lL/Td+OBL9ZluidHBzGXsg/cA0OtPkbETPmfZ1m2IU+58myH3LmJnFTu/S32cQs5rv/2gU8aMCFsn+fTH5o+Hg==",
  "decap-cms-widget-select@3.4.2": "sha512-ae938mGxSucoNaA4JhFQbt0UuXMwrCfRfj/eQNl3Zqt/767GVIXcSC9i5Bn2FTBLRuDDWmhBbEs3aa12BgByZA==",
  "decap-cms-widget-list@3.6.3": "sha512-9YL6EEpTKlysG1YujlRJQZqUNRn9I4cGLJfIixox6p6+Z4MO0XaIRHkOYACgm8bX4F6D3rcDju2L4u1B+4Fr+g==",
  "decap-cms-widget-object@3.7.3": "sha512-tDyFKsOqoYzh6kkLfVUaYuG0jImpV5KWHcJcF5ifBVDHvTzu7QXDSTggqFTDHZW8WL9jf7Hh8uurNTlXoV2VaQ==",
  "decap-cms-widget-file@3.5.3": "sha512-f9zv90ibM71pyb80RHMvu48UwLECJGSb6bMpguBICbx2YYp0cYuZunAzG+bTviVFQPstunizpKUF8a+sYiesvQ==",
  "decap-cms-widget-image@3.4.3": "sha512-9tonGW3JwZjHDxMg8Htp1xhsiX+xwjVUPJYdeR8v/CG7r/FdCe/BsbEZVkON0WO60qoWFd0V6Xxvi8eXLG+ZKw==",
  "decap-cms-widget-markdown@3.13.1": "sha512-ycVL3Y5Uzz2YfVbRRXlYBoYVThe8FXipjLsRvkzLDPybEnNMNpNh6YV2Za7OI50rmn4eU+eL/ZrWhLxdyv2oOg==",
};

let folder;
const configs = {};

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "cms-"));
  for (const [name, site] of [["example", ROOT], ["complete", join(ROOT, "tests/sites/complete")]]) {
    await mkdir(join(folder, name));
    await cp(join(site, "content"), join(folder, name, "content"), { recursive: true });
    execFileSync(PROGRAM, ["-C", join(folder, name), "cms", "--repo", "tessaban/website"]);
    configs[name] = yaml.load(await readFile(join(folder, name, "cms/config.yml"), "utf8"));
  }
});
after(() => rm(folder, { recursive: true, force: true }));

/** One package, as the registry has it, when its checksum is the recorded one. */
async function unpacked(name) {
  const to = join(folder, "packages", name);
  await mkdir(to, { recursive: true });
  const [packed] = JSON.parse(execFileSync("npm", ["pack", name, "--json", "--pack-destination", to], { encoding: "utf8" }));
  assert.equal(packed.integrity, DECAP[name], name);
  execFileSync("tar", ["xzf", join(to, packed.filename), "-C", to]);
  return join(to, "package/src");
}

/** Decap's `validateConfig`, with the schemas of its widgets. */
async function decap() {
  const folders = Object.fromEntries(await Promise.all(Object.keys(DECAP).map(async (name) => [name, await unpacked(name)])));
  const widgets = [];
  for (const [name, source] of Object.entries(folders).filter(([name]) => name.includes("-widget-"))) {
    const schema = join(source, "schema.mjs");
    await writeFile(schema, await readFile(join(source, "schema.js"), "utf8"));
    widgets.push({ name: name.match(/widget-([a-z]+)/)[1], schema: (await import(pathToFileURL(schema))).default });
  }
  for (const name of ["string", "text", "boolean", "hidden"]) widgets.push({ name, schema: {} });
  let code = await readFile(join(folders["decap-cms-core@3.19.1"], "constants/configSchema.js"), "utf8");
  // What it takes from the rest of Decap: the names of formats and widgets.
  code = code.replace(/import \{ frontmatterFormats[^;]*;/, 'const frontmatterFormats = ["frontmatter", "yaml-frontmatter", "toml-frontmatter", "json-frontmatter"]; const extensionFormatters = { yml: 1, yaml: 1, toml: 1, json: 1, md: 1, markdown: 1, html: 1 };');
  code = code.replace(/import \{ getWidgets \}[^;]*;/, "const getWidgets = () => globalThis.decapWidgets;");
  code = code.replace(/import \{ I18N_STRUCTURE[^;]*;/, 'const I18N_STRUCTURE = { a: "multiple_folders" }, I18N_FIELD = { a: "translate" };');
  code = code.replace(/import \{([^}]*)\} from 'ajv-keywords\/dist\/keywords';/, (_, names) => `import keywords from 'ajv-keywords/dist/keywords/index.js'; const {${names.replaceAll(" as ", ": ")}} = keywords.default ?? keywords;`);
  code = code.replace("import AJV from 'ajv';", "import Ajv from 'ajv'; const AJV = Ajv.default ?? Ajv;").replace("import ajvErrors from 'ajv-errors';", "import errors from 'ajv-errors'; const ajvErrors = errors.default ?? errors;");
  assert.ok(!/from '\.\.?\//.test(code), "everything of Decap is stood in for");
  const place = join(HERE, "node_modules/.decap-config-schema.mjs");
  await writeFile(place, code);
  globalThis.decapWidgets = widgets;
  return (await import(pathToFileURL(place))).validateConfig;
}

const fields = (list, place) => list.flatMap((field) => [[field, place], ...fields([...(field.fields ?? []), ...(field.field ? [field.field] : [])], `${place}.${field.name}`)]);

test("Sveltia's schema takes it, and not what is wrong with it", async () => {
  const schema = JSON.parse(await readFile(join(HERE, "node_modules/@sveltia/cms/schema/sveltia-cms.json"), "utf8"));
  const validate = new Ajv({ strict: false, allErrors: false, validateFormats: false }).compile(schema);
  for (const [name, config] of Object.entries(configs)) {
    assert.ok(validate(config), `${name}: ${JSON.stringify(validate.errors?.slice(0, 5), null, 1)}`);
    for (const wrong of [{ ...config, nobody_knows: 1 }, { ...config, collections: "none" }, { ...config, backend: {} }]) assert.ok(!validate(wrong));
  }
});

test("Decap takes it, and not what is wrong with it", async () => {
  const validate = await decap();
  const quiet = console.error;
  console.error = () => {};
  try {
    for (const config of Object.values(configs)) {
      validate(config);
      const broken = structuredClone(config);
      broken.collections[0].fields[0].name = broken.collections[0].fields[1].name;
      assert.throws(() => validate(broken), /names must be unique/);
      const select = structuredClone(config);
      delete fields(select.collections.flatMap((collection) => collection.fields), "").find(([field]) => field.widget === "select")[0].options;
      assert.throws(() => validate(select), /options/);
    }
  } finally {
    console.error = quiet;
  }
});

test("every folder that people write has a collection, with Thai labels and names of files in Latin letters", () => {
  for (const config of Object.values(configs)) {
    const folders = new Set(config.collections.map(({ folder }) => folder.split("/")[1]));
    assert.deepEqual([...folders].sort(), ["analysis", "channels", "disclosures", "executives", "measures", "news", "pages", "progress", "results", "surveys"]);
    for (const collection of config.collections) {
      assert.match(collection.label, /[ก-ฮ]/);
      assert.ok(!collection.create || !collection.slug.includes("{{slug}}"), `${collection.name}: a Thai title makes no name`);
      for (const [, key] of collection.slug.matchAll(/\{\{fields\.(\w+)\}\}/g)) {
        assert.equal(collection.fields.find(({ name }) => name === key)?.required, true, `${collection.name}: ${key} names the file`);
      }
      for (const [field, place] of fields(collection.fields, collection.name)) assert.match(field.label, /[ก-ฮ]|URL|OIT/, `${place}.${field.name}`);
    }
  }
  assert.ok(configs.complete.collections.some(({ folder }) => folder === "content/disclosures/2566"));
});

test("the fields of every document are in the form that edits it", async () => {
  for (const [name, config] of Object.entries(configs)) {
    for (const { folder: place, extension, fields } of config.collections) {
      const names = new Set(fields.map((field) => field.name));
      const files = await readdir(join(folder, name, place)).catch(() => []);
      for (const file of files.filter((file) => file.endsWith(`.${extension}`))) {
        const text = await readFile(join(folder, name, place, file), "utf8");
        const toml = extension === "md" ? text.split(/^\+\+\+\s*$/m)[1] : text;
        for (const [, key] of toml.split(/^\[/m)[0].matchAll(/^(\w+) =/gm)) assert.ok(names.has(key), `${place}/${file}: ${key}`);
        for (const [, key] of toml.matchAll(/^\[\[(\w+)\]\]/gm)) assert.ok(names.has(key), `${place}/${file}: [[${key}]]`);
      }
    }
  }
});

test("the page loads the very file whose checksum it names", async () => {
  const page = await readFile(join(folder, "example/cms/index.html"), "utf8");
  const { version } = JSON.parse(await readFile(join(HERE, "node_modules/@sveltia/cms/package.json"), "utf8"));
  const script = await readFile(join(HERE, "node_modules/@sveltia/cms/dist/sveltia-cms.js"));
  assert.ok(page.includes(`@sveltia/cms@${version}/dist/sveltia-cms.js`));
  assert.ok(page.includes(`integrity="sha384-${createHash("sha384").update(script).digest("base64")}"`));
});

test("taplo takes the content with the schemas that are written, and no unknown key", async () => {
  const site = join(folder, "complete");
  execFileSync(PROGRAM, ["-C", site, "schema"]);
  const lint = () => spawnSync(process.execPath, [join(HERE, "node_modules/@taplo/cli/dist/cli.js"), "lint"], { cwd: site, encoding: "utf8" });
  const good = lint();
  assert.equal(good.status, 0, good.stderr);
  assert.match(good.stderr, /found files total=[1-9]/);
  await appendFile(join(site, "content/surveys/eit-2566.toml"), 'opnes = "1 มีนาคม 2566"\n');
  const bad = lint();
  assert.notEqual(bad.status, 0);
  assert.match(bad.stderr + bad.stdout, /opnes/);
});
