// Search without a server: titles at once, texts when they are wanted. What is typed stays in the browser.

// Whatever is no letter, mark or digit parts words; so do ฯ and ๆ.
const GAP = "(?:[^\\p{Alphabetic}\\p{N}\\u0e47-\\u0e4e]|[ฯๆ])+";
const SOME = `(?:${GAP})?`;
const FAULTS = /\u0e4d([\u0e48-\u0e4b]?)\u0e32|เเ|[\u00ad\u200b\u200c\u200e\u200f\u202a\u202c\u2060\u2066\ufeff]/g;
const SHOWN = 20;
const words = globalThis.Intl?.Segmenter && new Intl.Segmenter("th", { granularity: "word" });

/** The text as a search compares it; `thai::search::key` of the program does the same. */
export const fold = (text) =>
  text
    .replace(FAULTS, (fault, tone) => (tone === undefined ? (fault === "เเ" ? "แ" : "") : `${tone}ำ`))
    .replace(/[๐-๙]/g, (digit) => digit.charCodeAt() & 15)
    .toLowerCase()
    .replace(new RegExp(GAP, "gu"), " ")
    .trim();

/** What finds a folded word in a text as it is written: either digits, any gap. */
const plain = (word) => word.replace(/ /g, GAP).replace(/\d(?![^[]*])/g, (digit) => `[${digit}${String.fromCharCode(3664 + +digit)}]`);

/** The same; O42, 042 and O 42 are one, and so are all ways to write a telephone number. */
const written = (word) => {
  const code = /^([eio0]) ?(\d\d?)$/.exec(word);
  if (code) return `${/[o0]/.test(code[1]) ? "[o0๐]" : code[1]}${SOME}${plain(code[2])}`;
  if (/^[\d ]{9,}$/.test(word)) return [...word.replace(/ /g, "")].map(plain).join(SOME);
  return plain(word);
};

const finder = (source) => new RegExp(source, "giu");

/** The words of a query; a letter and a number that make a code are one word. */
const terms = (query) =>
  query
    .replace(/(^|\s)([eio0๐])\s+([\d๐-๙]{1,2})(?=\s|$)/gi, "$1$2$3")
    .split(/\s+/)
    .map(fold)
    .filter(Boolean);

/** An index with its titles; the texts come later, by `add`. */
export function index({ same, pages }) {
  const titles = new Map(pages.map(([url, title]) => [url, title]));
  const sets = same.map((set) => set.map(fold));
  return {
    sets,
    known: new RegExp(`(${sets.flat().sort((a, b) => b.length - a.length).join("|") || "$^"})`),
    pages: pages.map(([url, title, keys]) => ({ url, title, keys, body: "", places: [], path: path(url, titles) })),
  };
}

/** The titles of the pages above a page. */
const path = (url, titles) =>
  url.split("/").slice(0, url.endsWith("/") ? -2 : -1).map((part, at, parts) => titles.get(`${parts.slice(0, at + 1).join("/")}/`) ?? (/^\d+$/.test(part) ? part : "")).filter(Boolean);

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

/** The looser sense of a term: its words, and others for them. */
function senses({ known, sets }, term) {
  const parts = term.split(known).flatMap((part, at) => {
    if (at % 2) return [sets.find((set) => set.includes(part)).map(written).join("|")];
    const cut = words ? [...words.segment(part)].filter((word) => word.isWordLike).map((word) => word.segment) : [part];
    return cut.filter((word) => word.trim().length > 1 || cut.length === 1).map((word) => written(word.trim()));
  });
  return parts.filter(Boolean).map(finder);
}

/** Whether a hit begins and ends where words do. */
function isWhole(text, at, length) {
  const from = Math.max(0, at - 24);
  const cuts = words ? [...words.segment(text.slice(from, at + length + 24))].map((word) => from + word.index) : [];
  return cuts.includes(at) && (cuts.includes(at + length) || at + length === text.length);
}

function hits(text, wanted, most) {
  wanted.lastIndex = 0;
  const found = [];
  for (let hit; found.length < most && (hit = wanted.exec(text)) && hit[0]; ) found.push(hit);
  return found;
}

/** How well a page has what is wanted; 0 when it has not. */
function score(page, wanted) {
  const [title] = hits(page.title, wanted, 1);
  const [key] = hits(page.keys, wanted, 1);
  const in_keys = key ? (key.index && page.keys[key.index - 1] !== "\n" ? 25 : 35) : 0;
  const body = hits(page.body, wanted, 5);
  const in_title = title ? 60 + (40 * title[0].length) / page.title.length + (isWhole(page.title, title.index, title[0].length) ? 20 : 0) : 0;
  const in_body = body.length ? 5 + body.length + (isWhole(page.body, body[0].index, body[0][0].length) ? 5 : 0) : 0;
  return in_title + in_keys + in_body;
}

/** The pages that have all of a query, best first; where there are few, then those that have it in other words. */
export function find(index, query) {
  const list = terms(query);
  if (!list.length) return [];
  const all = list.length > 1 ? [finder(list.map(written).join(GAP))] : [];
  const exact = list.map((term) => finder(written(term)));
  const rate = (wants, more) => (page) => {
    let sum = 0;
    for (const want of wants) {
      const one = score(page, want);
      if (!one) return { page, wants, score: 0 };
      sum += one;
    }
    return { page, wants: [...more, ...wants], score: sum / wants.length + more.reduce((sum, want) => sum + score(page, want), 0) };
  };
  const best = (pages, wants, more) => pages.map(rate(wants, more)).filter((one) => one.score).sort((a, b) => b.score - a.score);
  const found = best(index.pages, exact, all);
  if (found.length >= 10) return found;
  const has = new Set(found.map(({ page }) => page));
  return found.concat(best(index.pages.filter((page) => !has.has(page)), list.flatMap((term) => senses(index, term)), []));
}

/** What a page says round the first hit, in pieces of which every second is a hit, and the place it is at. */
export function snippet({ page: { title, body, places }, wants }) {
  const first = wants.map((want) => hits(body, want, 1)[0]).find(Boolean);
  const at = first?.index ?? 0;
  const from = cut(body, at - 50, at);
  const to = cut(body, at + 110, body.length);
  const text = (from ? "…" : "") + body.slice(from, to).replace(/\n/g, " ") + (to < body.length ? "…" : "");
  const place = first && !wants.some((want) => hits(title, want, 1)[0]) && places.filter((place) => place.at <= at).pop();
  return { pieces: text.split(finder(`(${wants.map((want) => want.source).join("|")})`)), place };
}

/** A place to cut a text near `at`: a space, or else a letter that no mark follows. */
function cut(text, at, end) {
  if (at <= 0 || at >= text.length) return Math.max(0, Math.min(at, text.length));
  const space = text.slice(at, Math.min(end, at + 15)).search(/\s/);
  if (space >= 0) return at + space + 1;
  while (/[\p{M}ะาำๅ]/u.test(text[at]) || /[เ-ไ]/.test(text[at - 1])) at++;
  return at;
}

/** Puts results on the page. */
async function start(root) {
  const { titles, home, found: said, loading, none, failed } = root.dataset;
  const [form, list, more, status] = ["form", "ol", "[type=button]", "[role=status]"].map((name) => root.querySelector(name));
  const field = form.q;
  let index_, left = true, results = [], timer;
  const get = async (name) => {
    const response = await fetch(new URL(name, new URL(titles, location.href)));
    if (!response.ok) throw response;
    return response.json();
  };
  const element = (name, kind, ...children) => {
    const made = document.createElement(name);
    made.className = `search__${kind}`;
    made.append(...children);
    return made;
  };
  const item = (result) => {
    const { pieces, place } = snippet(result);
    const link = element("a", "link", result.page.title);
    link.href = home + result.page.url + (place?.id ? `#${place.id}` : "");
    const marked = pieces.map((piece, at) => (at % 2 ? element("mark", "hit", piece) : piece));
    const steps = [...result.page.path, place?.heading].filter(Boolean).join(" › ");
    return element("li", "result", link, element("p", "path", steps), element("p", "text", ...marked));
  };
  const show = () => {
    list.append(...results.slice(list.children.length, list.children.length + SHOWN).map(item));
    more.hidden = list.children.length >= results.length;
  };
  const run = () => {
    const query = field.value.trim();
    history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    results = index_ && query ? find(index_, query) : [];
    list.replaceChildren();
    show();
    const words = left ? loading : results.length ? said : none;
    status.textContent = query && index_ ? words.replace("{n}", results.length) : "";
  };
  const load = async () => {
    load_ = () => {};
    try {
      const data = await get("titles.json");
      index_ = index(data);
      run();
      for (let n = 0; n < data.shards; n++) {
        add(index_, await get(`text-${n}.json`));
        left = n + 1 < data.shards;
        if (field.value) run();
      }
    } catch {
      status.textContent = failed;
    }
  };
  let load_ = load;
  form.hidden = false;
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(run, 150);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    field.value = "";
    run();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  more.addEventListener("click", () => {
    const next = list.children.length;
    show();
    list.children[next]?.querySelector("a").focus();
  });
  field.addEventListener("focus", () => load_());
  if (field.value) load_();
}

if (globalThis.document) start(document.querySelector("[data-titles]"));
