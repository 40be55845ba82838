// The studio: what is shown for which address, and how it talks to the server.

import { onChange } from './changes.js';
import { close, edit, fresh, isDirty, isKept } from './edit.js';
import { form, list, overview } from './views.js';
import { el, lang, of, speak, t } from './words.js';

let token = document.querySelector('meta[name=token]').content;
const main = document.getElementById('main');
const nav = document.getElementById('nav');

/** What is known of the site. */
export const known = { site: null, schema: null };

/** Asks the server. A refusal is thrown as an error whose message is for people. */
export async function ask(name, body) {
  const send = () => fetch(`/_prongsai/api/${name}`, body === undefined ? {} : {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-prongsai-token': token },
    body: JSON.stringify(body),
  });
  let response;
  try {
    response = await send();
    if (response.status === 403 && body !== undefined && (await renewToken())) response = await send();
  } catch {
    throw new Error(t('offline'));
  }
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const answer = isJson ? await response.json() : { refused: await response.text() };
  if (!response.ok) throw new Error(t('failed', { why: of(answer.refused) }));
  return answer;
}

/** A server that was started anew has another token, which its page tells. Returns whether it has. */
async function renewToken() {
  const page = new DOMParser().parseFromString(await (await fetch('/_prongsai/studio/')).text(), 'text/html');
  const before = token;
  token = page.querySelector('meta[name=token]')?.content || token;
  return token !== before;
}

/** Says what happened, also to those who do not see it. */
export function say(words) {
  document.getElementById('status').textContent = words;
}

/** Reads the site anew and draws what is around the page. */
export async function refresh() {
  known.site = await ask('site');
  known.schema ??= (await ask('schema')).folders;
  drawBar();
  drawNav();
}

/** The schema of a folder. */
export const folder = (name) => known.schema.find((folder) => folder.name === name);

function drawBar() {
  const { site } = known;
  const undo = async () => {
    if (isDirty() && !confirm(t('leave'))) return;
    try {
      const { undone, gone } = await ask('undo', {});
      await refresh();
      const [, path] = /^#\/edit\/([^?]*)/.exec(location.hash) ?? [];
      if (path && gone.includes(decoded(path))) readdress(`#/list/${path.split('/')[1]}`);
      await show();
      (document.getElementById('undo') ?? main).focus();
      say(t('undone', { what: of(undone) }));
    } catch (error) {
      say(error.message);
    }
  };
  document.getElementById('skip').textContent = t('skip');
  document.getElementById('bar').replaceChildren(
    el('button', { type: 'button', id: 'toggle', 'aria-controls': 'nav', 'aria-expanded': String(nav.classList.contains('open')), onclick: toggle }, t('menu')),
    el('a', { href: '#/', class: 'brand' }, 'prongsai ', el('span', {}, t('studio'))),
    el('span', { class: 'agency' }, site.agency),
    el('span', { class: site.errors ? 'badge bad' : 'badge good' }, site.errors ? t('n_errors', { n: site.errors }) : t('ready')),
    ...(site.can_write ? [] : [el('span', { class: 'badge' }, t('read_only'))]),
    ...(site.undo && site.can_write ? [el('button', { type: 'button', id: 'undo', onclick: undo }, t('undo', { what: of(site.undo) }))] : []),
    el('a', { href: site.base }, t('view')),
    el('button', { type: 'button', lang: lang() === 'th' ? 'en' : 'th', onclick: change }, t('other')),
  );
}

/** On a phone the menu is folded. */
function toggle(event) {
  const isOpen = nav.classList.toggle('open');
  event.target.setAttribute('aria-expanded', String(isOpen));
}

function change() {
  if (isDirty() && !isKept() && !confirm(t('leave'))) return;
  const other = lang() === 'th' ? 'en' : 'th';
  try {
    localStorage.setItem('prongsai-lang', other);
  } catch { /* It is asked again the next time. */ }
  turn(other);
  drawBar();
  drawNav();
  show();
}

function turn(to) {
  speak(to);
  document.documentElement.lang = to;
}

function drawNav() {
  const here = location.hash || '#/';
  const link = (href, words, extra) => el('li', {}, el('a', { href, 'aria-current': here === href ? 'page' : null }, words, extra));
  const folders = known.schema.map((folder) => {
    const documents = known.site.documents[folder.name] ?? [];
    const n = documents.reduce((sum, document) => sum + document.errors, 0);
    const count = el('span', { class: n ? 'count bad' : 'count' }, String(documents.length));
    const single = folder.name === 'site' && documents[0] ? `#/edit/${documents[0].path}` : `#/list/${folder.name}`;
    return link(single, of(folder.label), count);
  });
  nav.setAttribute('aria-label', t('menu'));
  nav.replaceChildren(
    el('ul', {}, link('#/', t('overview')), link('#/form', t('form', { year: known.site.fiscal_year }))),
    el('h2', {}, t('content')),
    el('ul', {}, folders),
  );
}

const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

async function show() {
  const [path, query] = (location.hash || '#/').slice(1).split('?');
  const words = new URLSearchParams(query ?? '');
  const [, view, ...rest] = path.split('/');
  let page;
  close();
  try {
    switch (view) {
      case 'form': page = form(); break;
      case 'list': page = list(rest[0]); break;
      case 'new': page = fresh(rest[0], words); break;
      case 'edit': page = await edit(decoded(rest.join('/')), words); break;
      default: page = overview();
    }
  } catch (error) {
    page = el('div', {}, el('h1', {}, t('studio')), el('p', { class: 'box bad' }, error.message));
  }
  main.replaceChildren(page);
  document.title = `${main.querySelector('h1')?.textContent ?? ''} – prongsai`;
  drawNav();
}

/** The address that is shown, and its place among those that were: who goes back and then stays is led forward again. */
let last = { hash: location.hash, at: history.state?.at ?? 0 };
let isReturning = false;

/** The page that is shown has another address from now on. */
export function readdress(hash, at = last.at) {
  history.replaceState({ at }, '', hash);
  last = { hash, at };
}

readdress(location.hash || '#/');
addEventListener('hashchange', () => {
  if (isReturning) {
    isReturning = false;
    return;
  }
  const at = history.state?.at ?? last.at + 1;
  if (location.hash === '#main') {
    readdress(last.hash, at);
    main.focus();
    return;
  }
  if (isDirty() && location.hash !== last.hash && !confirm(t('leave'))) {
    isReturning = at !== last.at;
    if (isReturning) history.go(last.at - at);
    else readdress(last.hash);
    return;
  }
  readdress(location.hash, at);
  nav.classList.remove('open');
  drawBar();
  show().then(() => main.focus());
});
addEventListener('beforeunload', (event) => {
  if (isDirty()) event.preventDefault();
});
onChange(async () => {
  try {
    await refresh();
    if (isDirty() || location.hash.startsWith('#/edit') || location.hash.startsWith('#/new')) return;
    const isFinding = document.activeElement?.type === 'search';
    await show();
    if (isFinding) main.querySelector('input[type=search]')?.focus();
  } catch (error) {
    say(error.message);
  }
});

try {
  turn(localStorage.getItem('prongsai-lang') ?? document.documentElement.lang);
} catch { /* Without storage the language of the page stands. */ }
try {
  await refresh();
  await show();
} catch (error) {
  main.replaceChildren(el('h1', {}, 'prongsai'), el('p', { class: 'box bad' }, error.message));
}
