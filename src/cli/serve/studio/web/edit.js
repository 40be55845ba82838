// One document: its form or its text, saved without overwriting anybody, with problems at their fields.

import { ask, folder, known, refresh, say } from './app.js';
import { makeForm, showProblems } from './form.js';
import { problem as problemRow } from './views.js';
import { el, lang, of, t } from './words.js';

/** What is open now; `dirty` while something is not saved. */
let open = null;

/** Whether something would be lost. */
export const isDirty = () => open?.dirty ?? false;

const key = (path) => `prongsai-unsaved:${path}`;

/** What was typed and not saved, kept in this browser until it is. */
const unsaved = {
  get(path) {
    try {
      return JSON.parse(localStorage.getItem(key(path)));
    } catch {
      return null;
    }
  },
  put(path, what) {
    try {
      if (what === null) localStorage.removeItem(key(path));
      else localStorage.setItem(key(path), JSON.stringify(what));
    } catch { /* A full or forbidden storage only means that a crash loses what was typed. */ }
  },
};

/** Opens the document at a path; `words` may say which field or line to go to. */
export async function edit(path, words) {
  open = null;
  const document = await ask(`document?of=${encodeURIComponent(path)}`);
  return show(document, { field: words.get('field'), line: Number(words.get('line')) || null, raw: Boolean(document.broken) });
}

/** An empty document of a folder. */
export function fresh(name, words) {
  open = null;
  const values = {};
  const topic = words.get('topic');
  const item = known.site.form?.items.find((item) => item.item === words.get('item'));
  if (item) values.title = of(item.title);
  return show({ path: null, folder: name, sha256: null, values, body: '', raw: '', problems: [], files: [] }, { topic, item });
}

function show(document, view) {
  const schema = folder(document.folder);
  const canWrite = known.site.can_write;
  const typed = document.path ? unsaved.get(document.path) : null;
  const kept = typed && typed.sha256 === document.sha256 ? typed : null;
  const state = { document, dirty: Boolean(kept), uploads: new Map(), schema };
  open = state;
  const summary = el('div', { class: 'summary', tabindex: -1, role: 'group', 'aria-labelledby': 'summary-title' });
  const banner = el('div', {});
  let timer = null;
  const changed = () => {
    state.dirty = true;
    if (document.path) unsaved.put(document.path, { sha256: document.sha256, ...reading() });
    clearTimeout(timer);
    if (!view.raw) timer = setTimeout(look, 700);
  };
  const context = {
    changed,
    files: document.files,
    uploads: state.uploads,
    folderPath: document.path?.split('/').slice(0, -1).join('/'),
    stem: () => (document.path ?? 'photo').split('/').pop().replace(/\.\w+$/, ''),
  };
  const isDraft = el('input', { type: 'checkbox', id: 'draft', checked: (kept?.values ?? document.values)?.draft === true, onchange: changed });
  const fields = view.raw ? null : makeForm(schema.fields, kept?.values ?? document.values, context);
  const body = el('textarea', { id: 'body', class: 'body', rows: 14, value: kept?.body ?? document.body ?? '', oninput: changed, 'aria-describedby': 'body-hint' });
  const raw = el('textarea', { id: 'raw', class: 'body raw', rows: 28, spellcheck: 'false', value: kept?.raw ?? document.raw, oninput: changed });
  const slug = el('input', { type: 'text', id: 'slug', value: view.topic ?? '', autocomplete: 'off' });
  const period = el('input', { type: 'text', id: 'period', value: known.site.fiscal_year, autocomplete: 'off' });
  const frame = el('iframe', { class: 'page', title: t('preview_of'), sandbox: 'allow-same-origin', hidden: true });

  function reading() {
    if (view.raw) return { raw: raw.value };
    return { values: { ...fields.read(), draft: isDraft.checked ? true : document.values?.draft === false ? false : null }, body: schema.has_body ? body.value : undefined };
  }

  /** Looks at the text as it is typed, without saving it. */
  async function look() {
    if (!document.path || open !== state) return;
    try {
      const { problems, html } = await ask('preview', { path: document.path, ...reading() });
      if (open === state) {
        tell(problems, t('warnings_of', { n: problems.length }), false);
        if (!frame.hidden) frame.srcdoc = page(html);
      }
    } catch { /* The next look may do; saving says what is wrong. */ }
  }

  const page = (html) => {
    if (!html) return `<!doctype html><meta charset="utf-8"><p>${t('no_preview')}</p>`;
    const base = `${location.origin}${document.url ?? '/'}`;
    return html.replace(/<head>/i, `<head><base href="${base.replace(/"/g, '&quot;')}">`);
  };

  /** Shows problems at their fields and above them. */
  function tell(problems, title, focus) {
    const shown = fields ? showProblems(fields.node, problems) : problems.map((problem) => ({ problem, id: null }));
    const hasErrors = problems.some((problem) => problem.severity === 'error');
    const rows = shown.map(({ problem, id }) => {
      if (!id) return problemRow(problem);
      const go = (event) => {
        event.preventDefault();
        window.document.getElementById(id)?.focus();
      };
      return el('li', { class: problem.severity }, el('a', { href: `#${id}`, onclick: go }, of(problem.message)), problem.help ? el('span', { class: 'help' }, of(problem.help)) : null);
    });
    const heading = hasErrors && !focus ? t('n_errors', { n: problems.filter((problem) => problem.severity === 'error').length }) : title;
    summary.replaceChildren(...(problems.length ? [el('h2', { id: 'summary-title' }, heading), el('ul', { class: 'rows' }, rows)] : []));
    summary.className = problems.length ? `summary box ${hasErrors ? 'bad' : 'partial'}` : 'summary';
    if (focus) summary.focus();
    return hasErrors;
  }

  const asked = async () => {
    if (document.path) return document.path;
    const wanted = { folder: document.folder, values: fields.read(), slug: slug.value, period: schema.goes_by === 'name' ? '' : period.value };
    return (await ask('blank', wanted)).path;
  };

  async function save(extra = {}) {
    say(t('saving'));
    try {
      const path = await asked();
      const files = [];
      const names = JSON.stringify(reading());
      for (const [name, { data, replace }] of state.uploads) {
        // A file that was chosen and then replaced by another is not sent.
        if (names.includes(JSON.stringify(name))) files.push({ name, replace, data: await base64(data) });
      }
      const answer = await ask('save', { path, sha256: document.sha256, ...reading(), files, ...extra });
      if (answer.conflict) return conflict(answer.theirs);
      if (answer.has_errors) {
        tell(answer.problems, t('has_errors', { n: answer.problems.filter((problem) => problem.severity === 'error').length }), true);
        const draft = () => {
          isDraft.checked = true;
          save();
        };
        summary.append(el('p', { class: 'buttons' },
          view.raw ? null : el('button', { type: 'button', onclick: draft }, t('save_draft')),
          el('button', { type: 'button', onclick: () => save({ anyway: true }) }, t('save_anyway'))));
        say(summary.firstElementChild.textContent);
        return;
      }
      state.dirty = false;
      unsaved.put(path, null);
      await refresh();
      history.replaceState(null, '', `#/edit/${path}`);
      window.document.getElementById('main').replaceChildren(show(answer, { raw: Boolean(answer.broken) }));
      window.document.getElementById('save')?.focus();
      say(t('saved'));
    } catch (error) {
      say(error.message);
      banner.replaceChildren(el('p', { class: 'box bad', role: 'alert' }, error.message));
    }
  }

  /** Somebody else wrote the file since it was opened. */
  function conflict(theirs) {
    const take = () => {
      state.dirty = false;
      if (document.path) unsaved.put(document.path, null);
      location.reload();
    };
    const keep = () => {
      document.sha256 = theirs?.sha256 ?? null;
      save();
    };
    banner.replaceChildren(el('div', { class: 'box bad', role: 'alert' }, el('p', {}, t('conflict')),
      el('p', { class: 'buttons' }, el('button', { type: 'button', onclick: take }, t('take_theirs')), el('button', { type: 'button', onclick: keep }, t('keep_mine')))));
    say(t('conflict'));
  }

  async function remove() {
    if (!confirm(t('sure', { path: document.path }))) return;
    try {
      const answer = await ask('delete', { path: document.path, sha256: document.sha256 });
      if (answer.conflict) return conflict(answer.theirs);
      state.dirty = false;
      unsaved.put(document.path, null);
      await refresh();
      location.hash = `#/list/${document.folder}`;
      say(t('deleted'));
    } catch (error) {
      say(error.message);
    }
  }

  const flip = async () => {
    if (state.dirty && !confirm(t('leave'))) return;
    state.dirty = false;
    unsaved.put(document.path, null);
    window.document.getElementById('main').replaceChildren(show(document, { raw: !view.raw }));
  };
  const togglePreview = () => {
    frame.hidden = !frame.hidden;
    layout.classList.toggle('with-page', !frame.hidden);
    if (!frame.hidden) look();
  };
  const forget = () => {
    unsaved.put(document.path, null);
    state.dirty = false;
    window.document.getElementById('main').replaceChildren(show(document, view));
  };

  const place = document.path ? el('p', { class: 'place' }, document.path) : el('div', { class: 'where' },
    schema.goes_by !== 'name' ? el('div', { class: 'field' }, el('label', { for: 'period' }, t('period', { year: known.site.fiscal_year })), period) : null,
    schema.goes_by !== 'year' ? el('div', { class: 'field' }, el('label', { for: 'slug' }, t('slug')), slug) : null);
  const item = view.item ?? known.site.form?.items.find((one) => one.home === document.path);
  const asks = item ? el('section', { class: 'box asks' }, el('h2', {}, t('asks', { item: item.item })),
    el('ul', {}, item.requirements.map((row) => el('li', {}, `${row.id} ${of(row.text)}`)))) : null;
  const form = el('form', { onsubmit: (event) => { event.preventDefault(); save(); }, novalidate: true },
    view.raw ? el('div', { class: 'field' }, el('label', { for: 'raw' }, t('raw_label')), raw) : [
      fields.node,
      schema.has_body ? el('div', { class: 'field' }, el('label', { for: 'body' }, t('body')), el('p', { class: 'hint', id: 'body-hint' }, t('body_hint')), body) : null,
      schema.name === 'site' ? null : el('div', { class: 'field check' }, isDraft, el('label', { for: 'draft' }, t('draft')), el('p', { class: 'hint' }, t('draft_hint'))),
    ],
    canWrite ? el('p', { class: 'buttons sticky' },
      el('button', { type: 'submit', id: 'save', class: 'main' }, t('save')),
      document.path && !view.raw ? el('button', { type: 'button', onclick: togglePreview }, t('preview')) : null,
      document.path && !document.broken ? el('button', { type: 'button', onclick: flip }, view.raw ? t('as_form') : t('raw')) : null,
      document.url ? el('a', { href: document.url, class: 'button' }, t('view')) : null,
      document.path && document.folder !== 'site' ? el('button', { type: 'button', class: 'danger', onclick: remove }, t('remove_file')) : null) : null);
  const layout = el('div', { class: 'edit' }, form, frame);
  const listed = known.site.documents[document.folder]?.find((one) => one.path === document.path);
  const isSettings = document.folder === 'site';
  const title = document.path
    ? (isSettings ? of(schema.label) : document.values?.title || document.values?.name || of(listed?.title) || document.path.split('/').pop())
    : t('add_to', { label: of(schema.label) });
  if (document.broken) banner.append(el('p', { class: 'box bad' }, t('raw_broken', { why: of(document.broken) })));
  if (document.values?.draft === true && canWrite && !view.raw) {
    const finish = () => {
      isDraft.checked = false;
      changed();
      save();
    };
    banner.append(el('p', { class: 'box partial' }, t('is_draft'), ' ', el('button', { type: 'button', id: 'finish', onclick: finish }, t('finish_draft'))));
  }
  if (kept) banner.append(el('p', { class: 'box partial' }, t('restored'), ' ', el('button', { type: 'button', onclick: forget }, t('forget'))));
  const node = el('div', { lang: lang() }, el('p', { class: 'crumb' }, el('a', { href: `#/list/${document.folder}` }, of(schema.label))), el('h1', {}, title), place, asks, banner, summary, layout);
  queueMicrotask(() => requestAnimationFrame(() => {
    if (document.problems?.length) tell(document.problems, t('warnings_of', { n: document.problems.length }), false);
    goTo(view, raw);
  }));
  return node;
}

/** Goes to the field or line that somebody clicked. */
function goTo(view, raw) {
  if (view.raw && view.line) {
    const start = raw.value.split('\n').slice(0, view.line - 1).join('\n').length + (view.line > 1 ? 1 : 0);
    const end = raw.value.indexOf('\n', start);
    raw.focus();
    raw.setSelectionRange(start, end < 0 ? raw.value.length : end);
    return;
  }
  for (let path = view.field ?? ''; path; path = path.split('.').slice(0, -1).join('.')) {
    const input = document.getElementById(`f-${path}`);
    if (!input) continue;
    const folded = input.closest('details');
    if (folded) folded.open = true;
    input.focus();
    input.scrollIntoView({ block: 'center' });
    return;
  }
}

async function base64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
}
