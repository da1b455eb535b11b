/** Strokes as pixels, as MNIST's would be: a soft pen about two pixels wide, a 20×20 box, centred by mass. */
import { centredByMass } from './centring.js';

/** Of a 28-pixel image: where the ink has half its strength, and over how far it fades. */
const HALF_WIDTH = 1.15 / 28;
const FADE = 0.75 / 28;
/** MNIST scales the ink to this share of the image. */
const BOX = 20 / 28;
/** A dot is no digit: it is not blown up further than this. */
const LARGEST_SCALE = 2.5;

/** Pixels of 0 to 1. `centred` is MNIST's scaling and centring; else the ink stays where it was drawn. */
export function pixelsOf(strokes, width, height, centred) {
  if (strokes.empty) return new Float32Array(width * height);
  const lines = centred ? boxed(strokes.lines) : strokes.lines;
  const pixels = inked(lines, width, height);
  return centred ? centredByMass(pixels, width, height) : pixels;
}

/** Scaled and moved so that the ink fills the box in the middle. */
function boxed(lines) {
  const xs = lines.flatMap((line) => line.map(([x]) => x));
  const ys = lines.flatMap((line) => line.map(([, y]) => y));
  const [left, right] = range(xs);
  const [top, bottom] = range(ys);
  const room = BOX - 2 * HALF_WIDTH;
  const scale = Math.min(LARGEST_SCALE, room / Math.max(right - left, bottom - top, 1e-6));
  const middleX = (left + right) / 2;
  const middleY = (top + bottom) / 2;
  return lines.map((line) => line.map(([x, y]) => [0.5 + (x - middleX) * scale, 0.5 + (y - middleY) * scale]));
}

function range(values) {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}

/** Each pixel's ink follows from its distance to the nearest line. */
function inked(lines, width, height) {
  const pixels = new Float32Array(width * height);
  const reach = HALF_WIDTH + FADE;
  for (const line of lines) {
    for (let i = 0; i < Math.max(1, line.length - 1); i++) {
      const [ax, ay] = line[i];
      const [bx, by] = line[Math.min(i + 1, line.length - 1)];
      const firstX = Math.max(0, Math.floor((Math.min(ax, bx) - reach) * width));
      const lastX = Math.min(width - 1, Math.ceil((Math.max(ax, bx) + reach) * width));
      const firstY = Math.max(0, Math.floor((Math.min(ay, by) - reach) * height));
      const lastY = Math.min(height - 1, Math.ceil((Math.max(ay, by) + reach) * height));
      for (let y = firstY; y <= lastY; y++) {
        for (let x = firstX; x <= lastX; x++) {
          const ink = inkAt(distance((x + 0.5) / width, (y + 0.5) / height, ax, ay, bx, by));
          if (ink > pixels[y * width + x]) pixels[y * width + x] = ink;
        }
      }
    }
  }
  return pixels;
}

/** Full inside, none outside, a smooth step between. */
function inkAt(distance) {
  const t = Math.max(0, Math.min(1, (HALF_WIDTH + FADE - distance) / (2 * FADE)));
  return t * t * (3 - 2 * t);
}

function distance(x, y, ax, ay, bx, by) {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}
