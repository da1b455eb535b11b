/** Curves over epochs: axes, a cross-hair that reads values, a sentence for those who do not see it. */
import { brief, fixed } from './numbers.js';
import { chartFont, Surface } from './surface.js';
import { token } from './theme.js';
import { ticks } from './ticks.js';

const DASH = [5, 4];

export class LinePlot {
  #series = [];
  #pointer = null;

  /** @param title such as "Loss" @param unit such as "nats" */
  constructor(title, unit) {
    this.title = title;
    this.unit = unit;
    this.surface = new Surface(`${title}: no figures yet`, (...where) => this.#paint(...where));
    this.canvas = this.surface.canvas;
    this.canvas.addEventListener('pointermove', (event) => {
      this.#pointer = event.offsetX;
      this.surface.ask();
    });
    this.canvas.addEventListener('pointerleave', () => {
      this.#pointer = null;
      this.surface.ask();
    });
  }

  /** @param series [{name, colour, dashed, faint, points: [[x, y], …]}], x ascending */
  show(series) {
    this.#series = series.map((each) => ({ ...each, points: each.points.filter(([, y]) => Number.isFinite(y)) }));
    const told = this.#series.filter((each) => each.points.length && !each.faint)
      .map(({ name, points }) => `${name} ${fixed(points.at(-1)[1], 2)} at epoch ${brief(points.at(-1)[0])}`);
    this.surface.describe(told.length ? `${this.title} in ${this.unit}: ${told.join(', ')}` : `${this.title}: no figures yet`);
    this.surface.ask();
  }

  #paint(context, width, height) {
    const root = chartFont(context);
    const area = { left: root * 3.1, top: root * 0.6, right: width - root * 0.6, bottom: height - root * 1.6 };
    const all = this.#series.flatMap((each) => each.points);
    if (!all.length) {
      context.fillStyle = token('--ink-soft');
      context.textAlign = 'center';
      context.fillText('after the first steps', width / 2, height / 2);
      return;
    }
    // Single steps start high and jump: once there are epochs, the height is theirs.
    const epochs = this.#series.filter((each) => !each.faint).flatMap((each) => each.points);
    const scale = scales(all, epochs.length > 1 ? epochs : all, area);
    this.#paintAxes(context, area, scale, root);
    context.save();
    context.beginPath();
    context.rect(area.left, 0, width - area.left, area.bottom + 2);
    context.clip();
    this.#series.forEach((each) => paintSeries(context, each, scale));
    context.restore();
    if (this.#pointer !== null) this.#paintReading(context, area, scale, root);
  }

  #paintAxes(context, area, scale, root) {
    context.lineWidth = 1;
    for (const value of ticks(scale.low, scale.high, 4)) {
      context.fillStyle = token('--line');
      context.fillRect(area.left, Math.round(scale.y(value)), area.right - area.left, 1);
      context.fillStyle = token('--ink-soft');
      context.textAlign = 'right';
      context.fillText(brief(value), area.left - 6, scale.y(value));
    }
    context.textAlign = 'center';
    for (const value of ticks(scale.first, scale.last, Math.max(2, Math.floor((area.right - area.left) / (root * 3))))) {
      if (Number.isInteger(value)) context.fillText(String(value), scale.x(value), area.bottom + root * 0.85);
    }
  }

  /** The values at the epoch nearest to the pointer. */
  #paintReading(context, area, scale, root) {
    const x = scale.first + ((this.#pointer - area.left) / (area.right - area.left)) * (scale.last - scale.first);
    const read = this.#series.filter((each) => !each.faint && each.points.length).map((each) => ({
      each, point: each.points.reduce((best, point) => (Math.abs(point[0] - x) < Math.abs(best[0] - x) ? point : best)),
    }));
    if (!read.length) return;
    const at = scale.x(read[0].point[0]);
    context.fillStyle = token('--edge');
    context.fillRect(at, area.top, 1, area.bottom - area.top);
    const lines = [`epoch ${brief(read[0].point[0])}`, ...read.map(({ each, point }) => `${each.name} ${fixed(point[1], 2)}`)];
    const wide = Math.max(...lines.map((text) => context.measureText(text).width)) + root;
    const left = at + wide + 8 > area.right ? at - wide - 8 : at + 8;
    context.fillStyle = token('--surface');
    context.strokeStyle = token('--line');
    context.beginPath();
    context.roundRect(left, area.top, wide, lines.length * root + root * 0.5, 4);
    context.fill();
    context.stroke();
    context.textAlign = 'left';
    lines.forEach((text, k) => {
      context.fillStyle = k === 0 ? token('--ink-soft') : token('--ink');
      context.fillText(text, left + root * 0.5, area.top + root * (k + 0.75));
    });
    for (const { each, point } of read) {
      context.fillStyle = each.colour;
      context.beginPath();
      context.arc(scale.x(point[0]), scale.y(point[1]), 3.5, 0, 2 * Math.PI);
      context.fill();
    }
  }
}

/** Wide enough for all points, high enough for those of `tall`. */
function scales(all, tall, area) {
  const xs = all.map(([x]) => x);
  const ys = tall.map(([, y]) => y);
  const first = Math.min(...xs);
  const last = Math.max(first + 1, ...xs);
  const least = Math.min(...ys);
  const most = Math.max(...ys);
  const margin = Math.max((most - least) * 0.06, Math.abs(most) * 1e-3, 1e-9);
  const [low, high] = [least - margin, most + margin];
  return {
    first, last, low, high,
    x: (value) => area.left + ((value - first) / (last - first)) * (area.right - area.left),
    y: (value) => area.bottom - ((value - low) / (high - low)) * (area.bottom - area.top),
  };
}

function paintSeries(context, { points, colour, dashed, faint }, scale) {
  context.strokeStyle = colour;
  context.lineWidth = faint ? 1 : 2;
  context.globalAlpha = faint ? 0.35 : 1;
  context.lineJoin = 'round';
  context.setLineDash(dashed ? DASH : []);
  context.beginPath();
  points.forEach(([x, y]) => context.lineTo(scale.x(x), scale.y(y)));
  context.stroke();
  context.setLineDash([]);
  if (points.length === 1) {
    context.fillStyle = colour;
    context.beginPath();
    context.arc(scale.x(points[0][0]), scale.y(points[0][1]), 3, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}
