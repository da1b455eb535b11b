/** The traversal under each dial: painted a few at a time between frames, the topmost in sight first. */
import { paintStrip } from '../pictures.js';
import { REACH } from './dial.js';

const FRAMES = 9;
const BUDGET_MS = 6;

export class Strips {
  #waiting = [];
  #running = 0;

  constructor(dials, model) {
    this.dials = dials;
    this.model = model;
    this.images = Array.from({ length: FRAMES }, () => new Float32Array(model.pixels));
    dials.forEach((dial) => paintStrip(dial.strip, this.images, model.width, model.height));
  }

  show(decoder, code, label) {
    const given = { decoder, code: code.slice(), label };
    this.#waiting = this.dials.map((dial) => ({ dial, ...given }));
    if (!this.#running) this.#running = requestAnimationFrame(() => this.#run());
  }

  stop() {
    this.#waiting = [];
  }

  #run() {
    this.#running = 0;
    const end = performance.now() + BUDGET_MS;
    while (this.#waiting.length && performance.now() < end) this.#paint(this.#waiting.shift());
    if (this.#waiting.length) this.#running = requestAnimationFrame(() => this.#run());
  }

  #paint({ dial, decoder, code, label }) {
    const kept = code[dial.index];
    this.images.forEach((image, k) => {
      code[dial.index] = -REACH + (2 * REACH * k) / (FRAMES - 1);
      decoder.decode(code, label, image);
    });
    code[dial.index] = kept;
    paintStrip(dial.strip, this.images, this.model.width, this.model.height);
  }
}
