/** What a hand has drawn: lines of points between 0 and 1, in steps of 1/255 so that an address keeps them exactly. */
import { bytesToText, textToBytes } from '../packing.js';

const STEPS = 255;
/** A point nearer than this to the one before says nothing new. */
const NEAR = 1.5 / STEPS;
const MOST_POINTS = 4000;
const BREAK = 255;

const stepped = (value) => Math.round(Math.max(0, Math.min(1, value)) * (STEPS - 1)) / STEPS;

export class Strokes {
  lines = [];

  get empty() {
    return this.lines.length === 0;
  }

  get points() {
    return this.lines.reduce((sum, line) => sum + line.length, 0);
  }

  begin(x, y) {
    this.lines.push([[stepped(x), stepped(y)]]);
  }

  /** False where the point was left out. */
  extend(x, y) {
    const line = this.lines[this.lines.length - 1];
    const [lastX, lastY] = line[line.length - 1];
    if (Math.hypot(x - lastX, y - lastY) < NEAR || this.points >= MOST_POINTS) return false;
    line.push([stepped(x), stepped(y)]);
    return true;
  }

  clear() {
    this.lines = [];
  }

  toText() {
    return textOf(this.lines);
  }

  /** At most so many letters: where there are more, every second, third, … point of a line, and both its ends. */
  shortText(most) {
    const longest = Math.max(...this.lines.map((line) => line.length));
    for (let every = 1; every <= longest; every++) {
      const text = textOf(this.lines.map((line) => line.filter((_, i) => i % every === 0 || i === line.length - 1)));
      if (text.length <= most) return text;
    }
    return '';
  }

  static fromText(text) {
    const strokes = new Strokes();
    const bytes = textToBytes(text) ?? [];
    let line = [];
    for (let i = 0; i < bytes.length && strokes.points < MOST_POINTS; ) {
      if (bytes[i] === BREAK) {
        if (line.length) strokes.lines.push(line);
        line = [];
        i++;
      } else {
        if (i + 1 < bytes.length && bytes[i + 1] !== BREAK) line.push([bytes[i] / STEPS, bytes[i + 1] / STEPS]);
        i += 2;
      }
    }
    return strokes;
  }
}

/** Two bytes a point; 255 ends a line. */
function textOf(lines) {
  return bytesToText(Uint8Array.from(lines.flatMap((line) => [...line.flatMap(([x, y]) => [x * STEPS, y * STEPS].map(Math.round)), BREAK])));
}
