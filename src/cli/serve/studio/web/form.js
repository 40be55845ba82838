// Forms made of the schema of a content type: one control for each field, rows for tables, problems at their fields.

import { crop } from './crop.js';
import { el, of, t } from './words.js';

/** Fields that every document may have; shown last, folded. */
const COMMON = ['updated', 'unit', 'example', 'draft'];

/** Text fields that hold a word or a line; the others grow. */
const SHORT = ['name', 'position', 'title', 'unit', 'code', 'id', 'grade', 'level', 'budget', 'spent', 'amount', 'price', 'fee', 'topic',
  'reports_on', 'responsible', 'frequency', 'at', 'hours', 'requirement', 'addresses', 'about', 'base_url', 'theme', 'colour', 'instrument'];

/** The id of the control of a field: `step.1.text`. */
export const idOf = (path) => `f-${path}`;

/**
 * The form of `fields`, filled in with `values`. `context` has `changed()`, `files` (names beside the document), `uploads` (a set of
 * `{ input, name, data, replace, isPhoto }`: the field that names a chosen file, the name that we gave it, and its data), `stem` (name for a photo) and `folderPath`.
 * Returns the node and `read()`, which gives the values as they are now.
 */
export function makeForm(fields, values, context) {
  const make = (field) => ({ field, ...control(field, values[field.key], field.key, context) });
  const own = fields.filter((field) => !COMMON.includes(field.key)).map(make);
  const common = fields.filter((field) => COMMON.includes(field.key) && field.key !== 'draft').map(make);
  const all = [...own, ...common];
  const node = el('div', { class: 'fields' },
    own.map((one) => one.node),
    common.length ? el('details', {}, el('summary', {}, t('more')), common.map((one) => one.node)) : null);
  return { node, read: () => Object.fromEntries(all.map((one) => [one.field.key, one.read()])) };
}

function control(field, value, path, context) {
  if (field.shape === 'table') return field.list ? rows(field, value ?? [], path, context) : group(field, value ?? {}, path, context);
  if (field.list) return several(field, value ?? [], path, context);
  if (field.shape === 'boolean') return checkbox(field, value, path, context);
  if (field.shape === 'two-texts') return twoTexts(field, value, path, context);
  if (field.shape === 'file') return upload(field, value, path, context);
  const input = one(field, value, path, context);
  return { node: wrap(field, path, input), read: () => input.value };
}

/** Label, hint and the place for a problem around a control. */
function wrap(field, path, input, ...more) {
  const id = idOf(path);
  return el('div', { class: 'field', 'data-path': path },
    el('label', { for: id }, of(field.label), field.required ? el('span', { class: 'must' }, ` (${t('required')})`) : null,
      el('code', {}, field.key)),
    hint(field, id), input, more, el('p', { class: 'problem', id: `${id}-problem` }));
}

function hint(field, id) {
  const typed = { date: true, year: true, period: true, number: true, score: true, phone: true, email: true, url: true };
  const isTold = typed[field.shape] || (field.shape === 'text' && of(field.expects) !== of({ th: 'ข้อความ', en: 'text' }));
  return isTold ? el('p', { class: 'hint', id: `${id}-hint` }, `${of(field.expects)}, ${field.example}`) : null;
}

/** The control of a single value. */
function one(field, value, path, context) {
  const id = idOf(path);
  const base = { id, name: path, 'aria-describedby': `${id}-hint ${id}-problem`, oninput: context.changed };
  if (field.shape === 'choice') {
    const options = field.choices.map((choice) => el('option', { value: choice.word }, of(choice.label) || choice.word));
    const input = el('select', { ...base, onchange: context.changed }, el('option', { value: '' }, t('choose')), options);
    // A word that nobody knows stays to be seen.
    if (value && !field.choices.some((choice) => choice.word === value)) input.append(el('option', { value }, value));
    input.value = value ?? '';
    return input;
  }
  // An input would join the lines of a text.
  const isLong = !SHORT.includes(field.key) || String(value ?? '').includes('\n');
  if (field.shape === 'text' && isLong) return el('textarea', { ...base, rows: 1, value: value ?? '' });
  const modes = { number: 'numeric', score: 'decimal', year: 'numeric', phone: 'tel', email: 'email', url: 'url' };
  return el('input', { ...base, type: 'text', inputmode: modes[field.shape], value: value ?? '', autocomplete: 'off' });
}

function checkbox(field, value, path, context) {
  const id = idOf(path);
  const input = el('input', { id, name: path, type: 'checkbox', checked: value === true, onchange: context.changed, 'aria-describedby': `${id}-problem` });
  const node = el('div', { class: 'field check', 'data-path': path }, input,
    el('label', { for: id }, of(field.label), el('code', {}, field.key)), el('p', { class: 'problem', id: `${id}-problem` }));
  // `false` is written only where it stood already.
  return { node, read: () => (input.checked ? true : value === false ? false : null) };
}

function twoTexts(field, value, path, context) {
  const now = typeof value === 'string' ? { th: value, en: value } : value ?? {};
  const parts = ['th', 'en'].map((lang) => el('textarea', { id: lang === 'th' ? idOf(path) : null, rows: 1, lang, 'aria-label': `${of(field.label)} (${lang})`, value: now[lang] ?? '', oninput: context.changed }));
  const read = () => {
    const [th, en] = parts.map((part) => part.value.trim());
    if (typeof value === 'string' && th === en) return th;
    const typed = Object.entries({ th, en }).filter(([lang, words]) => words || lang in now);
    return th || en ? Object.fromEntries(typed) : null;
  };
  return { node: wrap(field, path, parts), read };
}

/** A list of values. */
function several(field, values, path, context) {
  const list = el('ul', { class: 'several' });
  const label = of(field.label);
  const problem = el('p', { class: 'problem', id: `${idOf(path)}-problem` });
  const renumber = () => [...list.children].forEach((row, n) => {
    const input = row.firstElementChild;
    input.id = n === 0 ? idOf(path) : `${idOf(path)}.${n}`;
    input.setAttribute('aria-label', `${label} ${n + 1}`);
    row.lastElementChild.setAttribute('aria-label', t('remove_row', { label, n: n + 1 }));
  });
  const add = (value, focus) => {
    const input = one(field, value, `${path}.${list.children.length}`, context);
    const remove = () => {
      const next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      renumber();
      context.changed();
      (next?.firstElementChild ?? button).focus();
    };
    const row = el('li', {}, input, el('button', { type: 'button', class: 'small', onclick: remove }, '×'));
    list.append(row);
    renumber();
    if (focus) input.focus();
  };
  const button = el('button', { type: 'button', class: 'small', onclick: () => { add('', true); context.changed(); } }, `+ ${t('add_row', { label })}`);
  (Array.isArray(values) ? values : [values]).forEach((value) => add(value, false));
  const node = el('fieldset', { class: 'field', 'data-path': path },
    el('legend', {}, label, field.required ? el('span', { class: 'must' }, ` (${t('required')})`) : null, el('code', {}, field.key)),
    hint(field, idOf(path)), list, button, problem);
  return { node, read: () => [...list.children].map((row) => row.firstElementChild.value).filter((value) => value.trim() !== '') };
}

/** A table of its own: `[agency]`. */
function group(field, value, path, context) {
  const parts = field.fields.map((inner) => ({ key: inner.key, ...control(inner, value[inner.key], `${path}.${inner.key}`, context) }));
  const node = el('fieldset', { class: 'group', 'data-path': path }, el('legend', {}, of(field.label), el('code', {}, `[${field.key}]`)), parts.map((part) => part.node));
  return { node, read: () => Object.fromEntries(parts.map((part) => [part.key, part.read()])) };
}

/** Rows of a table: `[[step]]`. */
function rows(field, values, path, context) {
  const label = of(field.label);
  const list = el('div', { class: 'table' });
  let all = [];
  let n_made = 0;
  const draw = () => {
    list.replaceChildren(...all.map((row, n) => {
      const legend = row.node.querySelector('legend');
      legend.textContent = `${label} ${n + 1}`;
      const [up, down, remove] = row.buttons;
      up.disabled = n === 0;
      down.disabled = n === all.length - 1;
      up.setAttribute('aria-label', t('up', { label, n: n + 1 }));
      down.setAttribute('aria-label', t('down', { label, n: n + 1 }));
      remove.setAttribute('aria-label', t('remove_row', { label, n: n + 1 }));
      return row.node;
    }));
  };
  const add = (value) => {
    // A row keeps its ids wherever it is moved; `placeOf` knows which row of the file it is.
    const at = `${path}.${n_made}`;
    n_made += 1;
    const parts = field.fields.map((inner) => ({ key: inner.key, ...control(inner, value[inner.key], `${at}.${inner.key}`, context) }));
    const row = {
      node: null,
      read: () => ({ ...(value._row === undefined ? {} : { _row: value._row }), ...Object.fromEntries(parts.map((part) => [part.key, part.read()])) }),
    };
    const move = (by) => {
      const n = all.indexOf(row);
      all.splice(n, 1);
      all.splice(n + by, 0, row);
      draw();
      context.changed();
      row.buttons[by < 0 ? 0 : 1].focus();
    };
    const remove = () => {
      all = all.filter((other) => other !== row);
      draw();
      context.changed();
      button.focus();
    };
    row.buttons = [
      el('button', { type: 'button', class: 'small', onclick: () => move(-1) }, '↑'),
      el('button', { type: 'button', class: 'small', onclick: () => move(1) }, '↓'),
      el('button', { type: 'button', class: 'small', onclick: remove }, '×'),
    ];
    row.node = el('fieldset', { class: 'row', 'data-path': at }, el('legend', {}), el('div', { class: 'buttons' }, row.buttons), parts.map((part) => part.node));
    row.node.read = row.read;
    all.push(row);
    draw();
    return row;
  };
  values.forEach(add);
  const more = () => {
    add({}).node.querySelector('input, select, textarea')?.focus();
    context.changed();
  };
  const button = el('button', { type: 'button', class: 'small', id: idOf(path), onclick: more }, `+ ${t('add_row', { label })}`);
  const title = el('h2', { id: `${idOf(path)}-title` }, label, el('code', {}, `[[${field.key}]]`));
  const node = el('section', { class: 'field', 'data-path': path, 'aria-labelledby': `${idOf(path)}-title` }, title, list, button, el('p', { class: 'problem', id: `${idOf(path)}-problem` }));
  return { node, read: () => all.map((row) => row.read()) };
}

/** A file beside the document: its name, a new one, and for a person's photo the frame it is cut to. */
function upload(field, value, path, context) {
  const id = idOf(path);
  const isPhoto = field.key === 'photo';
  const name = el('input', { id, name: path, type: 'text', value: value ?? '', autocomplete: 'off', list: `${id}-names`, 'aria-describedby': `${id}-problem ${id}-now`, oninput: context.changed });
  const names = el('datalist', { id: `${id}-names` }, context.files.map((file) => el('option', { value: file })));
  const now = el('p', { class: 'hint', id: `${id}-now` });
  const frame = el('div', {});
  const mine = { input: name, isPhoto };
  const take = (file, data, replace) => {
    context.uploads.add(Object.assign(mine, { name: file, data, replace }));
    name.value = file;
    now.textContent = t('file_new', { name: file, size: Math.ceil((data.size ?? data.length) / 1024) });
    context.changed();
  };
  const chosen = async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    if (isPhoto) {
      const own = `${context.stem()}.jpg`;
      // Only the picture that this document has already is replaced.
      const target = value === own ? own : freeName(own, context.files, context.uploads, mine);
      try {
        await crop(frame, file, (blob) => take(target, blob, value === own));
      } catch {
        now.textContent = t('bad_picture');
      }
      return;
    }
    take(freeName(file.name, context.files, context.uploads, mine), file, false);
  };
  // Who types the name of a file that is there means that one.
  name.addEventListener('change', () => {
    if (name.value !== mine.name && context.files.includes(name.value) && context.uploads.delete(mine)) now.textContent = '';
  });
  const picture = isPhoto && value && context.folderPath ? el('img', { class: 'photo', src: `/_prongsai/file/${context.folderPath}/${value}`.split('/').map(encodeURIComponent).join('/'), alt: t('file_now', { name: value }) }) : null;
  const choose = el('input', { type: 'file', id: `${id}-file`, accept: isPhoto ? 'image/*' : null, onchange: chosen, 'aria-label': `${of(field.label)}: ${t('choose_file')}` });
  return { node: wrap(field, path, name, names, now, picture, choose, frame), read: () => name.value };
}

/** A name that a URL can have, and that neither a file beside the document has nor another that was chosen. */
export function freeName(name, files, uploads, mine) {
  const at = name.lastIndexOf('.');
  const clean = (part) => part.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '') || 'file';
  const [stem, ending] = at > 0 ? [clean(name.slice(0, at)), `.${clean(name.slice(at + 1)).toLowerCase()}`] : [clean(name), ''];
  const isTaken = (name) => files.includes(name) || [...uploads].some((other) => other !== mine && other.input.isConnected && other.input.value === name);
  let free = stem + ending;
  for (let n = 2; isTaken(free); n += 1) free = `${stem}-${n}${ending}`;
  return free;
}

const isNothing = (value) => value === null || value === undefined || (typeof value === 'string' && value.trim() === '')
  || (typeof value === 'object' && Object.entries(value).every(([key, inner]) => key === '_row' || isNothing(inner)));

/** The field of the form that a field of the file is: rows may have been moved, and one with nothing in it is in no file. */
export function placeOf(root, path) {
  return path.split('.').reduce((at, part) => {
    const table = /^\d+$/.test(part) ? root.querySelector(`section[data-path="${CSS.escape(at)}"] > .table`) : null;
    const row = table && [...table.children].filter((row) => !isNothing(row.read()))[Number(part)];
    return row?.dataset.path ?? (at ? `${at}.${part}` : part);
  }, '');
}

/** Shows problems at their fields; those of no field are left to the summary. Returns them with the id to go to, if any. */
export function showProblems(root, problems) {
  for (const place of root.querySelectorAll('.problem')) place.textContent = '';
  for (const input of root.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
  return problems.map((problem) => {
    // `step.1.text` is shown there, or at the row, or at the table.
    for (let path = placeOf(root, problem.field ?? ''); path; path = path.split('.').slice(0, -1).join('.')) {
      const id = idOf(path);
      const place = document.getElementById(`${id}-problem`);
      const input = document.getElementById(id) ?? root.querySelector(`[data-path="${CSS.escape(path)}"] input, [data-path="${CSS.escape(path)}"] textarea`);
      if (!place && !input) continue;
      if (place) place.textContent += `${of(problem.message)} ${of(problem.help) ?? ''} `;
      if (input && problem.severity === 'error') input.setAttribute('aria-invalid', 'true');
      for (let folded = input?.closest('details'); folded; folded = folded.parentElement.closest('details')) folded.open = true;
      return { problem, id: input?.id };
    }
    return { problem, id: null };
  });
}
