/** A walk along a line as a strip of decoded images; each can be sent to Dials. */
import { card, element } from '../dom.js';
import { paint } from '../pictures.js';

const FRAMES = 11;

export class Film {
  /** @param send with the code of the frame that was pressed */
  constructor(model, send) {
    this.model = model;
    this.frames = Array.from({ length: FRAMES }, (_, k) => {
      const picture = element('canvas', { class: 'picture', 'aria-hidden': 'true' });
      const open = element('button', { type: 'button', class: 'bare', 'aria-label': `Frame ${k + 1} of ${FRAMES}, send to Dials` }, picture);
      open.addEventListener('click', () => send(this.codes[k], this.label));
      return { picture, open };
    });
    this.element = card('Along the line', element('div', { class: 'film' }, this.frames.map((frame) => frame.open)));
    this.element.hidden = true;
  }

  /** From one code to another in equal steps. */
  show(from, to, decoder, label) {
    this.label = label;
    this.codes = this.frames.map((_, k) => {
      const t = k / (FRAMES - 1);
      return Float32Array.from(from, (value, d) => value + t * (to[d] - value));
    });
    this.codes.forEach((code, k) => paint(this.frames[k].picture, decoder.decode(code, label), this.model.width, this.model.height));
    this.element.hidden = false;
  }

  hide() {
    this.element.hidden = true;
  }
}
