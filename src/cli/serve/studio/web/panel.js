// The panel on every page of the preview: reloads it, says what is wrong with it and with the site, and leads to the studio.

import { onChange } from './changes.js';
import { el, of, t } from './words.js';

const STYLE = `
:host { all: initial; position: fixed; right: 12px; bottom: 12px; z-index: 2147483647; font: 15px/1.7 "Noto Sans Thai", "Sarabun", "Loma", system-ui, sans-serif; max-width: min(28rem, calc(100vw - 24px)); }
@media print { :host { display: none; } }
* { box-sizing: border-box; }
button, a { font: inherit; color: #0b4a55; }
.toggle { display: block; margin-left: auto; padding: 6px 14px; min-height: 44px; border: 2px solid #fff; border-radius: 22px; background: #0b4a55; color: #fff; cursor: pointer; box-shadow: 0 2px 8px #0006; }
.toggle.bad { background: #a11616; }
:focus-visible { outline: 3px solid #ffb300; outline-offset: 2px; }
.box { background: #fff; color: #1b1b1b; border: 2px solid #0b4a55; border-radius: 8px; padding: 12px 16px; margin-bottom: 8px; max-height: 70vh; overflow: auto; box-shadow: 0 4px 18px #0005; }
.box.bad { border-color: #a11616; }
h2 { font-size: 1.05em; margin: 0 0 4px; }
ul { margin: 4px 0 8px; padding-left: 1.2em; }
li { margin-bottom: 6px; }
.error { color: #a11616; }
.warning { color: #6b4a00; }
.help { display: block; color: #444; }
progress { width: 100%; accent-color: #0b4a55; }
[hidden] { display: none; }
`;

const page = decodeURIComponent(location.pathname);
let state = null;

const remembered = (value) => {
  try {
    if (value === undefined) return sessionStorage.getItem('prongsai-panel');
    sessionStorage.setItem('prongsai-panel', value);
  } catch { /* It is closed the next time. */ }
  return null;
};

const element = document.createElement('prongsai-panel');
const shadow = element.attachShadow({ mode: 'open' });
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);
shadow.adoptedStyleSheets = [sheet];

const linkOf = (problem) => {
  const words = new URLSearchParams();
  if (problem.field) words.set('field', problem.field);
  if (problem.line) words.set('line', problem.line);
  return `/_prongsai/studio/#/edit/${problem.path}?${words}`;
};

const row = (problem) => el('li', { class: problem.severity }, of(problem.message),
  problem.help ? el('span', { class: 'help' }, of(problem.help)) : null, ' ',
  el('a', { href: linkOf(problem) }, `${problem.path}${problem.line ? `, ${t('line', { n: problem.line })}` : ''}`));

function draw() {
  const isBroken = state.errors > 0;
  const isOpen = isBroken ? remembered() !== `hidden-${state.errors}` : remembered() === 'open';
  const box = el('aside', { class: isBroken ? 'box bad' : 'box', id: 'box', 'aria-label': t('panel') });
  box.hidden = !isOpen;
  if (isBroken) box.append(el('h2', {}, t('site_broken')), el('ul', {}, state.broken.map(row)));
  const here = state.here.filter((problem) => !isBroken || problem.severity !== 'error');
  box.append(el('h2', {}, t('here')), here.length ? el('ul', {}, here.map(row)) : el('p', {}, t('here_fine')));
  if (state.sources.length) {
    const name = (path) => path.split('/').pop();
    box.append(el('ul', {}, state.sources.slice(0, 12).map((path) => el('li', {}, el('a', { href: `/_prongsai/studio/#/edit/${path}` }, t('edit_this', { name: name(path) }))))));
  }
  if (state.form) {
    box.append(el('h2', {}, t('form', { year: state.fiscal_year })),
      el('progress', { max: state.form.items || 1, value: state.form.complete, 'aria-label': t('progress', state.form) }), el('p', {}, t('progress', state.form)));
  }
  box.append(el('p', {}, `${t('n_warnings', { n: state.warnings })} · ${t('n_drafts', { n: state.drafts })}`), el('a', { href: '/_prongsai/studio/' }, t('open_studio')));
  const words = isBroken ? t('n_errors', { n: state.errors }) : `prongsai · ${here.length ? t('n_warnings', { n: here.length }) : '✓'}`;
  const toggle = el('button', { type: 'button', class: isBroken ? 'toggle bad' : 'toggle', 'aria-expanded': String(isOpen), 'aria-controls': 'box' }, words);
  toggle.addEventListener('click', () => {
    box.hidden = !box.hidden;
    toggle.setAttribute('aria-expanded', String(!box.hidden));
    remembered(box.hidden ? `hidden-${state.errors}` : 'open');
  });
  shadow.replaceChildren(box, toggle);
}

async function look() {
  const response = await fetch(`/_prongsai/api/panel?of=${encodeURIComponent(page)}`);
  if (!response.ok) return;
  state = await response.json();
  draw();
}

onChange(() => location.reload());
// A preview inside the studio has no scripts; everything else has a panel.
document.body?.append(element);
look().catch(() => { /* The server stopped; the page stays as it is. */ });
