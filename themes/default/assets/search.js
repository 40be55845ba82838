// Search without a server: titles at once, texts when they are wanted. What is typed stays in the browser.

// Whatever is no letter, mark or digit parts words; so do ฯ and ๆ.
const GAP = "(?:[^\\p{Alphabetic}\\p{N}\\u0e47-\\u0e4e]|[ฯๆ])+";
const SOME = `(?:${GAP})?`;
const FAULTS = /\u0e4d([\u0e48-\u0e4b]?)\u0e32|เเ|[\u00ad\u200b\u200c\u200e\u200f\u202a\u202c\u2060\u2066\ufeff]/g;
const DIGITS = "๐๑๒๓๔๕๖๗๘๙";
const words = Intl.Segmenter && new Intl.Segmenter("th", { granularity: "word" });

/** The text as a search compares it; `thai::search::key` of the program does the same. */
export const fold = (text) =>
  text
    .replace(FAULTS, (fault, tone) => (tone === undefined ? (fault === "เเ" ? "แ" : "") : `${tone}ำ`))
    .replace(/[๐-๙]/g, (digit) => DIGITS.indexOf(digit))
    .toLowerCase()
    .replace(new RegExp(GAP, "gu"), " ")
    .trim();

/** What finds a folded word in a text as it is written: either digits, any gap. */
const plain = (word) => word.replace(/\d/g, (digit) => `[${digit}${DIGITS[digit]}]`).replace(/ /g, GAP);

/** The same; O42, 042 and O 42 are one, and so are all ways to write a telephone number or a sum. */
const written = (word) => {
  const code = /^([eio0]) ?(\d\d?)$/.exec(word);
  if (code) return code[1].replace(/[o0]/, "[o0๐]") + SOME + plain(code[2]);
  if (/^[\d ]{5,}$/.test(word)) return [...word.replace(/ /g, "")].map(plain).join(SOME);
  return plain(word);
};

const finder = (source) => new RegExp(source, "iu");

/** The words of a query; a letter and a number that make a code are one word. */
const terms = (query) =>
  query
    .replace(/(^|\s)([eio0๐])\s+([\d๐-๙]{1,2})(?=\s|$)/gi, "$1$2$3")
    .split(/\s+/)
    .map(fold)
    .filter(Boolean);

/** An index with its titles; the texts come later, by `add`. */
export function index({ same, skip, pages }) {
  const titles = new Map(pages);
  const known = new RegExp(`(${same.flat().join("|") || "$^"})`);
  return { same, skip, known, pages: pages.map(([url, title, keys]) => ({ url, title, keys, body: "", places: [], path: path(url, titles) })) };
}

/** The titles of the pages above a page; of a year that has no page, the year. */
const path = (url, titles) => {
  const parts = url.split("/");
  return parts.map((part, at) => titles.get(`${parts.slice(0, at + 1).join("/")}/`) ?? (+part ? part : "")).slice(0, url.endsWith("/") ? -2 : -1);
};

/** Adds a shard of texts; a heading's line brings the id of its place. */
export function add({ pages }, shard) {
  for (const page of pages) {
    const text = shard[page.url];
    if (text === undefined) continue;
    let cut = 0;
    page.body = text.replace(/\t(.*)\t(.*)/g, (_, id, heading, at) => {
      page.places.push({ at: at - cut, id, heading });
      cut += id.length + 2;
      return heading;
    });
  }
}

/** The looser sense of a term: its words, and others for them; without words that only ask. */
const senses = ({ known, same, skip }, term) =>
  term.split(known).flatMap((part, at) => {
    if (at % 2) return [same.find((set) => set.includes(part)).map(written).join("|")];
    const parts = words ? [...words.segment(part)].map(({ segment }) => segment.trim()) : [part];
    return parts.filter((word) => word[1] && !skip.includes(word)).map(written);
  });

/** How well a page has what is wanted; 0 when it has not. In a text, what comes early weighs more. */
function score({ title, keys, body }, wanted) {
  const [inTitle, inKeys, inBody] = [title, keys, body].map((text) => wanted.exec(text));
  let sum = inTitle ? 60 + (40 * inTitle[0].length) / title.length : 0;
  if (inKeys) sum += /(^|\n)$/.test(keys.slice(0, inKeys.index)) ? 35 : 25;
  if (inBody) sum += 10 - (5 * inBody.index) / body.length;
  return sum;
}

/** More for a hit that begins and ends where words do: `มา` is not meant by `มาตรการ`. */
function whole(text, wanted, worth) {
  const hit = words && wanted.exec(text);
  if (!hit) return 0;
  const from = Math.max(0, hit.index - 24);
  const cuts = [...words.segment(text.slice(from, from + 99))].map(({ index }) => from + index);
  const ends = [hit.index, hit.index + hit[0].length];
  return ends.every((at) => at === text.length || cuts.includes(at)) ? worth : 0;
}

const byScore = (a, b) => b.score - a.score;

/** The pages that have all that is wanted, or at `near` 2 some of it, best first. */
function best(pages, wants, near) {
  const found = [];
  for (const page of pages) {
    let sum = 0;
    const has = (want) => sum < (sum += score(page, want)) || near > 1;
    if (wants.every(has) && sum) found.push({ page, wants, near, score: sum / wants.length - 25 * near });
  }
  const top = found.sort(byScore).splice(0, 50);
  for (const one of top) for (const want of wants) one.score += (whole(one.page.title, want, 20) + whole(one.page.body, want, 5)) / wants.length;
  return top.concat(found);
}

/** The pages that have all of a query, best first; where there are few, those too that have it in other words, or only some. */
export function find(index, query) {
  const list = terms(query);
  const found = best(index.pages, list.map((term) => finder(written(term))), 0);
  for (const near of [1, 2]) {
    if (found.length > 14 - 6 * near) break;
    const rest = index.pages.filter((page) => !found.some((one) => one.page === page));
    if (rest[0]) found.push(...best(rest, list.flatMap((term) => senses(index, term)).map(finder), near).slice(0, 30 / near));
  }
  return found.sort(byScore);
}

/** What a page says where most of the wanted is, in pieces of which every second is a hit, and the place it is at. */
export function snippet({ page: { title, body, places }, wants }) {
  const round = (at) => [cut(body, at - 50), cut(body, at + 110)];
  const worth = (at) => wants.filter((want) => want.test(body.slice(...round(at)))).length;
  const [at] = wants.map((want) => want.exec(body)?.index ?? -1).sort((a, b) => worth(b) - worth(a));
  const [from, to] = round(at);
  const text = (from ? "…" : "") + body.slice(from, to).replace(/\n/g, " ") + (to < body.length ? "…" : "");
  const place = !wants.some((want) => want.test(title)) && places.filter((place) => place.at <= at).pop();
  return { pieces: text.split(finder(`(${wants.map((want) => want.source).join("|")})`)), place };
}

/** Where to cut a text: after the next space when that is near, else before a letter that is no mark and follows no leading vowel. */
const cut = (text, at) => {
  const ahead = text.slice(at - 1, at + 15);
  return at > 0 ? at + Math.max(0, ahead.search(/\s/), ahead.search(/[^เ-ไ][^\p{M}ะาำ]/u)) : 0;
};

/** Puts results on the page. */
function start(root) {
  const said = root.dataset;
  const [needs, form, status, list, more] = root.children;
  const field = form.q;
  let data, loading, isComplete, timer, results;
  const make = (name, ...children) => {
    const made = document.createElement(name);
    made.append(...children);
    return made;
  };
  const item = (result) => {
    const { pieces, place } = snippet(result);
    const link = make("a", result.page.title);
    link.href = said.home + result.page.url + (place?.id ? `#${place.id}` : "");
    const steps = [...result.page.path, place?.heading].filter(Boolean).join(" › ");
    return make("li", link, make("p", steps), make("p", ...pieces.map((piece, at) => (at % 2 ? make("mark", piece) : piece))));
  };
  const show = () => {
    const at = list.children.length;
    list.append(...results.slice(at, at + 20).map(item));
    more.hidden = !results[at + 20];
    return list.children[at];
  };
  const run = () => {
    clearTimeout(timer);
    load();
    const query = field.value.trim();
    history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    results = data ? find(data, query) : [];
    list.replaceChildren();
    show();
    const words = isComplete ? (results[0] ? said.found : said.none) : said.loading;
    status.textContent = query && data ? words.replace("{n}", results.length) : "";
  };
  const load = async () => {
    if (loading) return;
    loading = true;
    const get = async (name) => (await fetch(said.titles.replace("titles", name))).json();
    try {
      const titles = await get("titles");
      data = index(titles);
      for (let n = 0; n < titles.shards; n++) {
        run();
        add(data, await get(`text-${n}`));
      }
      isComplete = true;
      run();
    } catch {
      // What is typed next tries again.
      loading = false;
      status.textContent = said.failed;
    }
  };
  needs.remove();
  form.hidden = false;
  field.value = new URLSearchParams(location.search).get("q");
  field.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(run, 150);
  };
  field.onkeydown = ({ key }) => {
    if (key === "Escape") run((field.value = ""));
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    run();
  };
  more.onclick = () => show().firstChild.focus();
  field.onfocus = load;
  if (field.value) load();
}

if (globalThis.document) start(document.querySelector(".search"));
