// A picture cut to a frame of 3:4, by keyboard or pointer. What the camera wrote into it stays behind: the canvas has pixels only.

import { el, t } from './words.js';

const WIDTH = 900;
const HEIGHT = 1200;

/** Shows the frame in `place` for a file, and hands every cut to `take` as a JPEG. Fails when it is no picture. */
export async function crop(place, file, take) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const canvas = el('canvas', { width: WIDTH, height: HEIGHT, role: 'img', 'aria-label': t('crop') });
  const fit = Math.max(WIDTH / picture.width, HEIGHT / picture.height);
  // A head is above the middle of a tall picture.
  const view = { zoom: 1, x: 0.5, y: picture.height > picture.width ? 0.2 : 0.5 };
  const slider = (key, label, min, max) => {
    const input = el('input', { type: 'range', min, max, step: 0.01, value: view[key], 'aria-label': label, oninput: () => { view[key] = Number(input.value); draw(); }, onchange: give });
    return [el('span', {}, label), input];
  };
  const draw = () => {
    const scale = fit * view.zoom;
    const [width, height] = [picture.width * scale, picture.height * scale];
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, WIDTH, HEIGHT);
    context.drawImage(picture, (WIDTH - width) * view.x, (HEIGHT - height) * view.y, width, height);
  };
  let number = 0;
  function give() {
    number += 1;
    const mine = number;
    canvas.toBlob((blob) => {
      if (blob && mine === number) take(blob);
    }, 'image/jpeg', 0.9);
  }
  const controls = [slider('zoom', t('zoom'), 1, 4), slider('x', t('across'), 0, 1), slider('y', t('along'), 0, 1)];
  let from = null;
  canvas.addEventListener('pointerdown', (event) => {
    from = [event.clientX, event.clientY];
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!from) return;
    const scale = WIDTH / canvas.clientWidth;
    const room = [picture.width * fit * view.zoom - WIDTH, picture.height * fit * view.zoom - HEIGHT];
    const moved = [event.clientX - from[0], event.clientY - from[1]];
    ['x', 'y'].forEach((key, n) => {
      if (room[n] > 0) view[key] = Math.min(1, Math.max(0, view[key] - (moved[n] * scale) / room[n]));
    });
    from = [event.clientX, event.clientY];
    controls[1][1].value = view.x;
    controls[2][1].value = view.y;
    draw();
  });
  canvas.addEventListener('pointerup', () => {
    from = null;
    give();
  });
  place.replaceChildren(el('div', { class: 'crop' }, el('p', { class: 'hint' }, t('crop')), canvas, controls.map((pair) => el('label', {}, pair))));
  draw();
  give();
}
