// What is shown of the site as a whole: what is next, the form, the files of a folder.

import { folder, known } from './app.js';
import { el, of, t } from './words.js';

/** A problem with the way to its place. */
export function problem(problem) {
  const words = new URLSearchParams();
  if (problem.field) words.set('field', problem.field);
  if (problem.line) words.set('line', problem.line);
  const query = words.size ? `?${words}` : '';
  const isOurs = /^content\/.*\.(md|toml)$/.test(problem.path);
  const place = `${problem.path}${problem.line ? `, ${t('line', { n: problem.line })}` : ''}`;
  return el('li', { class: problem.severity },
    el('span', { class: 'code' }, problem.code), ' ', of(problem.message),
    problem.help ? el('span', { class: 'help' }, of(problem.help)) : null,
    isOurs ? el('a', { href: `#/edit/${problem.path}${query}` }, place) : el('span', { class: 'place' }, place));
}

const bar = (counts) => el('div', { class: 'progress' },
  el('progress', { max: counts.items || 1, value: counts.complete, 'aria-label': t('progress', counts) }),
  el('p', {}, t('progress', counts)));

/** What is next, most valuable first: errors stop everything, then the items that give most for what they lack. */
export function overview() {
  const { site } = known;
  const errors = site.problems.filter((problem) => problem.severity === 'error');
  const drafts = Object.values(site.documents).flat().filter((document) => document.draft);
  const part = (title, rows) => (rows.length ? [el('h3', {}, `${title} (${rows.length})`), el('ul', { class: 'rows' }, rows.slice(0, 12))] : []);
  const steps = [
    ...part(t('mend'), errors.map(problem)),
    ...part(t('lacks'), site.next.map(step)),
    ...part(t('finish'), drafts.filter((document) => !site.next.some((step) => step.path === document.path)).map((document) => el('li', {}, el('a', { href: `#/edit/${document.path}` }, of(document.title)), ' ', el('span', { class: 'place' }, document.path)))),
  ];
  return el('div', {},
    el('h1', {}, t('overview')),
    el('p', { class: `box ${site.errors ? 'bad' : 'good'}` }, site.errors ? t('not_ready', { n: site.errors }) : t('ready')),
    site.form ? bar(site.form.counts) : null,
    el('h2', {}, t('next')),
    steps.length ? steps : el('p', {}, t('nothing_next')),
    el('h2', {}, t('problems')),
    site.problems.length ? el('ul', { class: 'rows' }, site.problems.map(problem)) : el('p', {}, t('no_problems')));
}

/** An item to complete, with what it gives for what it lacks. */
function step(step) {
  const item = known.site.form.items.find((item) => item.item === step.item);
  return el('li', {}, el('strong', {}, step.item), ' ', of(step.title), ' ',
    el('span', { class: 'badge' }, t('points', { n: step.points.toFixed(2) })), ' ', answerOf(item, step),
    el('span', { class: 'help' }, step.is_draft ? t('draft_waits') : of(step.lacks)));
}

/** Where an item's answer is written: an existing document, a draft, or a new one. */
function answerOf(item, step = known.site.next.find((step) => step.item === item.item)) {
  const documents = Object.values(known.site.documents).flat();
  const there = documents.find((document) => document.path === (step?.path ?? item.home));
  const [, name] = item.home.split('/');
  if (step?.is_draft) return el('a', { href: `#/edit/${step.path}` }, t('edit'));
  if (there) return el('a', { href: `#/edit/${there.path}` }, t('edit'));
  if (name === 'disclosures') {
    const words = new URLSearchParams({ topic: item.home.split('/').pop().replace('.md', ''), item: item.item });
    return el('a', { href: `#/new/disclosures?${words}` }, t('write'));
  }
  return el('a', { href: name === 'site.toml' ? '#/edit/content/site.toml' : `#/list/${name}` }, t('write'));
}

function itemRow(item) {
  const words = (gap) => (gap.write ? `${of(gap.what)} (${of(gap.write)})` : of(gap.what));
  const gaps = item.requirements.filter((row) => row.coverage === 'missing').flatMap((row) => row.gaps.map((gap) => `${row.id} ${words(gap)}`));
  return el('li', { id: `item-${item.item}` },
    el('strong', {}, item.item), ' ', of(item.title), ' ',
    el('span', { class: `badge ${item.status}` }, t(item.status)), ' ', answerOf(item),
    gaps.length ? el('ul', {}, gaps.slice(0, 8).map((gap) => el('li', {}, gap))) : null);
}

/** The form, item by item. */
export function form() {
  const { site } = known;
  return el('div', {},
    el('h1', {}, t('form', { year: site.fiscal_year })),
    site.form ? [bar(site.form.counts), el('ul', { class: 'rows' }, site.form.items.map(itemRow))] : el('p', {}, t('nothing_next')));
}

/** How many files are listed at once. */
const AT_ONCE = 50;

/** A text as it is compared: one form of Unicode, small letters, Arabic digits. */
const folded = (text) => text.normalize('NFC').toLowerCase().replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - 0x0e50);

/** What was looked for in which folder, and how far down: coming back from a file leads to the same place. */
const looked = new Map();

/** The files of a folder: some at a time, and those whose title or path has all words that are looked for. */
export function list(name) {
  const schema = folder(name);
  const documents = known.site.documents[name] ?? [];
  const state = looked.get(name) ?? { words: '', n: AT_ONCE };
  looked.set(name, state);
  const isLong = documents.length > AT_ONCE;
  if (!isLong) state.words = '';
  const rows = el('ul', { class: 'rows' });
  const count = el('p', { role: 'status' });
  const more = el('button', { type: 'button', onclick: () => draw(state.n, state.n + AT_ONCE) });
  const row = (document) => el('li', {},
    el('a', { href: `#/edit/${document.path}` }, of(document.title)), ' ',
    document.english ? el('a', { class: 'badge', href: `#/edit/${document.english}` }, t('english')) : null,
    document.draft ? el('span', { class: 'badge' }, t('draft')) : null,
    document.errors ? el('span', { class: 'badge bad' }, t('n_errors', { n: document.errors })) : null,
    document.warnings ? el('span', { class: 'badge partial' }, t('n_warnings', { n: document.warnings })) : null,
    el('span', { class: 'place' }, document.path));
  /** Lists as many as are wanted; those from `at` on are new, and the first of them gets the focus of the button that is gone. */
  const draw = (at, n) => {
    state.n = n;
    const words = folded(state.words).split(/\s+/);
    const found = documents.filter((document) => {
      const text = folded(`${of(document.title)} ${document.path}`);
      return words.every((word) => text.includes(word));
    });
    rows.replaceChildren(...found.slice(0, n).map(row));
    count.textContent = found.length ? t('shown', { shown: Math.min(n, found.length), n: found.length }) : t('none_found');
    more.hidden = found.length <= n;
    more.textContent = t('show_more', { n: Math.min(AT_ONCE, found.length - n) });
    if (at) rows.children[at]?.querySelector('a').focus();
  };
  draw(0, state.n);
  const find = el('input', { type: 'search', value: state.words, oninput: () => {
    state.words = find.value;
    draw(0, AT_ONCE);
  } });
  return el('div', {},
    el('h1', {}, of(schema.label)),
    known.site.can_write ? el('p', {}, el('a', { class: 'button', href: `#/new/${name}` }, t('add_to', { label: of(schema.label) }))) : null,
    isLong ? [el('label', { class: 'find' }, t('find'), find), count] : null,
    documents.length ? [rows, more] : el('p', {}, t('none_yet')));
}
