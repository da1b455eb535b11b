/** The KL that each latent dimension costs, the dearest first. */
import { card, element } from '../dom.js';
import { fixed } from '../numbers.js';
import { chartFont, Surface } from '../surface.js';
import { token } from '../theme.js';
import { ticks } from '../ticks.js';

/** Nats; a dimension below carries nothing. */
const ASLEEP = 0.01;

export class KlBars {
  #values = [];
  #text = element('p', { class: 'soft', text: 'After the first epoch.' });

  constructor() {
    this.surface = new Surface('KL per latent dimension: no figures yet', (...where) => this.#paint(...where));
    this.element = card('KL per latent dimension, nats', this.surface.canvas, this.#text);
  }

  show(kl) {
    this.#values = kl ? [...kl].sort((a, b) => b - a) : [];
    if (kl) {
      const awake = this.#values.filter((value) => value > ASLEEP).length;
      const text = `${awake} of ${kl.length} dimensions carry more than ${ASLEEP} nats; the dearest ${fixed(this.#values[0], 2)}.`;
      this.#text.textContent = text;
      this.surface.describe(`KL per latent dimension: ${text}`);
    } else {
      this.#text.textContent = 'After the first epoch.';
    }
    this.surface.ask();
  }

  #paint(context, width, height) {
    const root = chartFont(context);
    const left = root * 2;
    const bottom = height - root * 0.5;
    const top = root * 0.6;
    const largest = Math.max(0.5, this.#values[0] ?? 0);
    context.textAlign = 'right';
    for (const value of ticks(0, largest, 3)) {
      const y = bottom - (value / largest) * (bottom - top);
      context.fillStyle = token('--line');
      context.fillRect(left, Math.round(y), width - left, 1);
      context.fillStyle = token('--ink-soft');
      context.fillText(String(value), left - 6, y);
    }
    const slot = (width - left) / Math.max(1, this.#values.length);
    this.#values.forEach((value, k) => {
      const tall = Math.max(1, (value / largest) * (bottom - top));
      context.fillStyle = value > ASLEEP ? token('--second') : token('--edge');
      context.fillRect(left + k * slot + slot * 0.12, bottom - tall, Math.max(1, slot * 0.76), tall);
    });
  }
}
