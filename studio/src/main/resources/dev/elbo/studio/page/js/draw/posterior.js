/** The posterior as bars: mean ± σ of each active dimension against the prior, and its KL in nats. */
import { fixed } from '../numbers.js';
import { chartFont, Surface } from '../surface.js';
import { token } from '../theme.js';
import { ticks } from '../ticks.js';

const RANGE = 3.5;

export class Posterior {
  #shown = null;

  constructor(dimensions) {
    this.dimensions = dimensions;
    this.surface = new Surface('Posterior, nothing drawn yet', (...where) => this.#paint(...where), { class: 'chart posterior' });
    this.element = this.surface.canvas;
  }

  show({ mean, log_variance: logVariance, kl_per_dimension: kl }) {
    this.#shown = this.dimensions.map(({ index }) => ({
      index, mean: mean[index], sigma: Math.exp(logVariance[index] / 2), kl: kl[index],
    }));
    const most = [...this.#shown].sort((a, b) => b.kl - a.kl).slice(0, 5);
    this.surface.describe('Posterior of the active dimensions. Most telling: ' + most.map((each) =>
      `dimension ${each.index}: mean ${fixed(each.mean, 2)}, σ ${fixed(each.sigma, 2)}, ${fixed(each.kl, 1)} nats`).join('; '));
    this.surface.ask();
  }

  /** Other dimensions, or another order of them. */
  setDimensions(dimensions) {
    this.dimensions = dimensions;
    this.#shown = null;
    this.surface.ask();
  }

  clear() {
    this.#shown = null;
    this.surface.describe('Posterior, nothing drawn yet');
    this.surface.ask();
  }

  #paint(context, width, height) {
    const root = chartFont(context);
    const left = root * 1.9;
    const bottom = root * 1.5;
    const gap = root;
    const upper = { top: root * 0.5, height: (height - bottom - gap) * 0.62 - root * 0.5 };
    const lower = { top: upper.top + upper.height + gap, height: (height - bottom - gap) * 0.38 };
    const slot = (width - left) / this.dimensions.length;
    this.#paintMeans(context, left, width, slot, upper);
    this.#paintKl(context, left, width, slot, lower);
    context.textAlign = 'center';
    context.fillStyle = token('--ink-soft');
    const every = Math.ceil((root * 1.5) / slot);
    this.dimensions.forEach(({ index }, k) => {
      if (k % every === 0) context.fillText(String(index), left + (k + 0.5) * slot, height - root * 0.6);
    });
  }

  #paintMeans(context, left, width, slot, { top, height }) {
    const y = (value) => top + (height * (RANGE - Math.max(-RANGE, Math.min(RANGE, value)))) / (2 * RANGE);
    context.fillStyle = token('--band');
    context.fillRect(left, y(1), width - left, y(-1) - y(1));
    context.textAlign = 'right';
    for (const value of [-3, 0, 3]) {
      context.fillStyle = token('--line');
      context.fillRect(left, y(value), width - left, 1);
      context.fillStyle = token('--ink-soft');
      context.fillText(fixed(value, 0), left - 6, y(value));
    }
    if (!this.#shown) return;
    context.strokeStyle = token('--accent');
    context.fillStyle = token('--accent');
    context.lineCap = 'round';
    this.#shown.forEach((each, k) => {
      const x = left + (k + 0.5) * slot;
      context.lineWidth = Math.max(2, Math.min(6, slot * 0.4));
      context.globalAlpha = 0.45;
      line(context, x, y(each.mean - each.sigma), x, y(each.mean + each.sigma));
      context.globalAlpha = 1;
      context.beginPath();
      context.arc(x, y(each.mean), Math.max(2.5, Math.min(4.5, slot * 0.28)), 0, 2 * Math.PI);
      context.fill();
    });
  }

  #paintKl(context, left, width, slot, { top, height }) {
    const largest = Math.max(4, ...(this.#shown ?? []).map((each) => each.kl));
    context.textAlign = 'right';
    for (const value of ticks(0, largest, 3)) {
      const y = top + height * (1 - value / largest);
      context.fillStyle = token('--line');
      context.fillRect(left, y, width - left, 1);
      context.fillStyle = token('--ink-soft');
      context.fillText(String(value), left - 6, y);
    }
    context.fillStyle = token('--second');
    this.#shown?.forEach((each, k) => {
      const tall = (height * each.kl) / largest;
      context.fillRect(left + k * slot + slot * 0.18, top + height - tall, slot * 0.64, tall);
    });
  }
}

function line(context, ax, ay, bx, by) {
  context.beginPath();
  context.moveTo(ax, ay);
  context.lineTo(bx, by);
  context.stroke();
}
