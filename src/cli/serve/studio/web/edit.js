// One document: its form or its text, saved without overwriting anybody, with problems at their fields.

import { ask, folder, known, readdress, refresh, say } from './app.js';
import { freeName, makeForm, placeOf, showProblems } from './form.js';
import { problem as problemRow } from './views.js';
import { el, lang, of, t } from './words.js';

/** What is open now; `dirty` while something is not saved. */
let open = null;

/** Whether something would be lost. */
export const isDirty = () => open?.dirty ?? false;

/** Whether what is not saved would be there again after a reload: chosen files would not. */
export const isKept = () => Boolean(open?.kept) && open.uploads.size === 0;

/** Nothing is open any more. */
export const close = () => {
  open = null;
};

/** What was typed and not saved, kept in this browser until it is. */
const unsaved = {
  get(key) {
    try {
      return JSON.parse(localStorage.getItem(`prongsai-unsaved:${key}`));
    } catch {
      return null;
    }
  },
  /** Returns whether it is kept. */
  put(key, what) {
    try {
      if (what === null) localStorage.removeItem(`prongsai-unsaved:${key}`);
      else localStorage.setItem(`prongsai-unsaved:${key}`, JSON.stringify(what));
      return true;
    } catch {
      return false;
    }
  },
};

/** Form and text of a document are kept apart, for one cannot be shown as the other. */
const keyOf = (document, view) => (document.path ? `${document.path}${view.raw ? '#text' : ''}` : `new:${document.folder}:${view.topic ?? ''}`);

/** Opens the document at a path; `words` may say which field or line to go to. */
export async function edit(path, words) {
  const document = await ask(`document?of=${encodeURIComponent(path)}`);
  const raw = Boolean(document.broken || unsaved.get(keyOf(document, { raw: true })));
  return show(document, { field: words.get('field'), line: Number(words.get('line')) || null, raw });
}

/** An empty document of a folder. */
export function fresh(name, words) {
  const values = {};
  const topic = words.get('topic');
  const item = known.site.form?.items.find((item) => item.item === words.get('item'));
  if (item) values.title = item.title.th;
  return show({ path: null, folder: name, sha256: null, values, body: '', raw: '', problems: [], files: [] }, { topic, item });
}

function show(document, view) {
  const schema = folder(document.folder);
  const canWrite = known.site.can_write && !document.locked;
  const key = keyOf(document, view);
  const kept = canWrite ? unsaved.get(key) : null;
  // What was typed over another text than the file has now is saved only when somebody says so.
  const state = { document, dirty: Boolean(kept), kept: Boolean(kept), uploads: new Set(), schema, sha256: kept ? kept.sha256 : document.sha256 };
  open = state;
  const summary = el('div', { class: 'summary', tabindex: -1, role: 'group', 'aria-labelledby': 'summary-title' });
  const banner = el('div', {});
  let timer = null;
  let turn = 0;
  const changed = () => {
    if (!state.dirty) say('');
    state.dirty = true;
    const where = document.path ? {} : { slug: slug.value, period: period.value };
    state.kept = unsaved.put(key, { sha256: state.sha256, ...reading(), ...where, files: state.uploads.size });
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
  const raw = el('textarea', { id: 'raw', class: 'body raw', rows: 28, spellcheck: 'false', value: kept?.raw ?? document.raw, readonly: Boolean(document.locked), oninput: changed });
  const slug = el('input', { type: 'text', id: 'slug', value: kept?.slug ?? view.topic ?? '', autocomplete: 'off', 'aria-describedby': 'slug-problem', oninput: changed });
  const period = el('input', { type: 'text', id: 'period', value: kept?.period ?? known.site.fiscal_year, autocomplete: 'off', 'aria-describedby': 'period-problem', oninput: changed });
  const frame = el('iframe', { class: 'page', title: t('preview_of'), sandbox: 'allow-same-origin', hidden: true });

  function reading() {
    if (view.raw) return { raw: raw.value };
    return { values: { ...fields.read(), draft: isDraft.checked ? true : document.values?.draft === false ? false : null }, body: schema.has_body ? body.value : undefined };
  }

  /** Looks at the text as it is typed, without saving it. */
  async function look() {
    if (!document.path || open !== state) return;
    turn += 1;
    const mine = turn;
    try {
      const { problems: found, html } = await ask('preview', { path: document.path, ...reading() });
      if (open === state && mine === turn) {
        // A chosen file comes when the document is saved.
        const problems = found.filter(({ code, message }) => code !== 'P202' || !sent().some(({ input }) => of(message).includes(input.value)));
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

  /** Where the document is, or belongs; `null` when it can be nowhere, which is said. */
  async function asked() {
    if (document.path) return document.path;
    for (const input of [slug, period]) input.removeAttribute('aria-invalid');
    for (const place of form.querySelectorAll('.where .problem')) place.textContent = '';
    const wanted = { folder: document.folder, values: fields.read(), slug: slug.value, period: schema.goes_by === 'name' ? '' : period.value };
    const { path, problem, is_there: isThere, files } = await ask('blank', wanted);
    if (problem) {
      const input = problem.field === 'slug' ? slug : period;
      window.document.getElementById(`${problem.field}-problem`).textContent = of(problem.message);
      input.setAttribute('aria-invalid', 'true');
      say(of(problem.message));
      state.focus = input;
      return null;
    }
    if (isThere) return taken(path);
    for (const upload of sent()) {
      const isOurs = upload.isPhoto && upload.input.value === upload.name;
      const name = isOurs ? `${path.split('/').pop().replace(/\.\w+$/, '')}.jpg` : upload.input.value;
      upload.input.value = freeName(name, files, state.uploads, upload);
      if (isOurs) upload.name = upload.input.value;
    }
    return path;
  }

  /** The chosen files that a field still names. */
  const sent = () => [...state.uploads].filter(({ input }) => input.isConnected && input.value.trim());

  /** Saves, while nothing can be typed that would be in neither the file nor the form. */
  async function save(extra = {}) {
    if (form.inert) return;
    clearTimeout(timer);
    turn += 1;
    state.focus = window.document.activeElement;
    form.inert = true;
    say(t('saving'));
    await send(extra);
    form.inert = false;
    if (form.isConnected && window.document.activeElement === window.document.body) state.focus?.focus();
  }

  async function send(extra) {
    try {
      const path = await asked();
      if (!path) return;
      const files = [];
      for (const { input, name, data, replace } of sent()) {
        files.push({ name: input.value.trim(), replace: replace && input.value === name, data: await base64(data) });
      }
      const answer = await ask('save', { path, sha256: state.sha256, ...reading(), files, ...extra });
      if (answer.conflict) {
        if (document.path) conflict(answer.theirs);
        else taken(path);
        return;
      }
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
      unsaved.put(key, null);
      await refresh();
      // Somebody went elsewhere meanwhile.
      if (open !== state) return say(t('saved'));
      readdress(`#/edit/${path}`);
      window.document.getElementById('main').replaceChildren(show(answer, { raw: Boolean(answer.broken) }));
      window.document.getElementById('save')?.focus();
      say(t('saved'));
    } catch (error) {
      say(error.message);
      banner.replaceChildren(el('p', { class: 'box bad', role: 'alert' }, error.message));
    }
  }

  /** A new document would be where one is already. */
  function taken(path) {
    const words = t('taken', { path });
    banner.replaceChildren(el('div', { class: 'box bad', role: 'alert' }, el('p', {}, words),
      el('p', {}, el('a', { href: `#/edit/${path}` }, t('edit_this', { name: path.split('/').pop() })))));
    say(words);
    return null;
  }

  /** Somebody else wrote the file since it was opened. */
  function conflict(theirs) {
    const take = () => {
      state.dirty = false;
      unsaved.put(key, null);
      location.reload();
    };
    const keep = () => {
      state.sha256 = theirs?.sha256 ?? null;
      save();
    };
    banner.replaceChildren(el('div', { class: 'box bad', role: 'alert' }, el('p', {}, t('conflict')),
      el('p', { class: 'buttons' }, el('button', { type: 'button', onclick: take }, t('take_theirs')), el('button', { type: 'button', onclick: keep }, t('keep_mine')))));
    say(t('conflict'));
  }

  async function remove() {
    if (!confirm(document.english ? t('sure_both', document) : t('sure', document))) return;
    try {
      const answer = await ask('delete', { path: document.path, sha256: document.sha256 });
      if (answer.conflict) return conflict(answer.theirs);
      state.dirty = false;
      unsaved.put(key, null);
      await refresh();
      location.hash = `#/list/${document.folder}`;
      say(t('deleted'));
    } catch (error) {
      say(error.message);
    }
  }

  const flip = async () => {
    if (state.dirty && !confirm(t('leave'))) return;
    unsaved.put(key, null);
    window.document.getElementById('main').replaceChildren(show(document, { raw: !view.raw }));
  };
  const togglePreview = () => {
    frame.hidden = !frame.hidden;
    layout.classList.toggle('with-page', !frame.hidden);
    if (!frame.hidden) look();
  };
  const forget = () => {
    unsaved.put(key, null);
    window.document.getElementById('main').replaceChildren(show(document, view));
  };

  const place = document.path ? el('p', { class: 'place' }, document.path) : el('div', { class: 'where' },
    schema.goes_by !== 'name' ? el('div', { class: 'field' }, el('label', { for: 'period' }, t('period', { year: known.site.fiscal_year })), period, el('p', { class: 'problem', id: 'period-problem' })) : null,
    schema.goes_by !== 'year' ? el('div', { class: 'field' }, el('label', { for: 'slug' }, t('slug')), slug, el('p', { class: 'problem', id: 'slug-problem' })) : null);
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
  if (document.broken) banner.append(el('p', { class: 'box bad' }, document.locked ? of(document.broken) : t('raw_broken', { why: of(document.broken) })));
  if (document.values?.draft === true && canWrite && !view.raw) {
    const finish = () => {
      isDraft.checked = false;
      changed();
      save();
    };
    banner.append(el('p', { class: 'box partial' }, t('is_draft'), ' ', el('button', { type: 'button', id: 'finish', onclick: finish }, t('finish_draft'))));
  }
  const restored = kept?.sha256 === document.sha256 ? t('restored') : t('restored_stale');
  if (kept) banner.append(el('p', { class: 'box partial' }, restored, kept.files ? ` ${t('choose_again')}` : '', ' ', el('button', { type: 'button', onclick: forget }, t('forget'))));
  const node = el('div', { lang: lang() }, el('p', { class: 'crumb' }, el('a', { href: `#/list/${document.folder}` }, of(schema.label))), el('h1', {}, title), place, asks, banner, summary, layout);
  queueMicrotask(() => requestAnimationFrame(() => {
    if (document.problems?.length) tell(document.problems, t('warnings_of', { n: document.problems.length }), false);
    goTo(view, raw, node);
  }));
  return node;
}

/** Goes to the field or line that somebody clicked. */
function goTo(view, raw, root) {
  if (view.raw && view.line) {
    const start = raw.value.split('\n').slice(0, view.line - 1).join('\n').length + (view.line > 1 ? 1 : 0);
    const end = raw.value.indexOf('\n', start);
    raw.focus();
    raw.setSelectionRange(start, end < 0 ? raw.value.length : end);
    return;
  }
  for (let path = placeOf(root, view.field ?? ''); path; path = path.split('.').slice(0, -1).join('.')) {
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
