/** The pad one draws on: mouse, pen and touch, or arrow keys and the space bar. */
import { element } from '../dom.js';
import { imageData } from '../pictures.js';
import { Strokes } from './strokes.js';

/** Of the pad's width: MNIST's pen on its 28 pixels. */
const PEN = 2.3 / 28;
const KEY_STEP = 1 / 28;
const MOST_STATES = 200;
const INSTRUCTIONS =
  'With a mouse, pen or finger draw on it. With the keyboard: arrow keys move the pen, the space bar puts it down and lifts it, ' +
  'Backspace takes the last stroke back, Delete clears.';

export class Pad {
  strokes = new Strokes();
  #background = null;
  #cursor = null;
  #penDown = false;
  #drawing = false;
  /** What the pad has been, {background, lines}; lines are only ever added to, so that they need no copies of their points. */
  #history = [];

  /** @param changed called at each change of the strokes */
  constructor(changed) {
    this.changed = changed;
    this.canvas = element('canvas', {
      class: 'pad', tabindex: '0', role: 'application', 'aria-label': 'Drawing pad', 'aria-describedby': 'pad-help',
    });
    this.element = element('div', { class: 'pad-frame' },
      this.canvas, element('p', { id: 'pad-help', class: 'unseen', text: INSTRUCTIONS }));
    this.#listen();
    new ResizeObserver(() => this.paint()).observe(this.canvas);
  }

  get background() {
    return this.#background;
  }

  /** An image under the pen, {pixels, width, height, source}; the first stroke takes it away. */
  setBackground(background) {
    this.#liftPen();
    // The same image in other pixels is no step of its own.
    if (this.#background?.source !== background.source) this.#keep();
    this.#background = background;
    this.strokes.clear();
    this.paint();
  }

  /** Each stroke can be taken back, as if it had been drawn here. */
  setStrokes(strokes) {
    this.#liftPen();
    this.#keep();
    for (let count = 1; count < strokes.lines.length; count++) this.#history.push({ background: null, lines: strokes.lines.slice(0, count) });
    this.#background = null;
    this.strokes = strokes;
    this.paint();
  }

  /** Back to what the pad was before the last stroke, image or clearing. */
  undo() {
    this.#liftPen();
    const before = this.#history.pop();
    if (!before) return;
    this.#background = before.background;
    this.strokes.lines = before.lines;
    this.#draw();
  }

  clear() {
    this.#liftPen();
    this.#keep();
    this.#background = null;
    this.strokes.clear();
    this.#draw();
  }

  #liftPen() {
    this.#penDown = false;
    this.#drawing = false;
  }

  #keep() {
    this.#history.push({ background: this.#background, lines: [...this.strokes.lines] });
    if (this.#history.length > MOST_STATES) this.#history.shift();
  }

  #begin(x, y) {
    this.#keep();
    this.#background = null;
    this.strokes.begin(x, y);
    this.#draw();
  }

  #draw() {
    this.paint();
    this.changed();
  }

  #listen() {
    const pad = this.canvas;
    const at = (event) => {
      const box = pad.getBoundingClientRect();
      return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    };
    pad.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || !event.isPrimary) return;
      pad.setPointerCapture(event.pointerId);
      this.#cursor = null;
      this.#penDown = false;
      this.#drawing = true;
      this.#begin(...at(event));
    });
    pad.addEventListener('pointermove', (event) => {
      if (!this.#drawing || !event.isPrimary) return;
      const moves = event.getCoalescedEvents?.() ?? [];
      let more = false;
      for (const move of moves.length ? moves : [event]) more = this.strokes.extend(...at(move)) || more;
      if (more) this.#draw();
    });
    const end = () => (this.#drawing = false);
    pad.addEventListener('pointerup', end);
    pad.addEventListener('pointercancel', end);
    pad.addEventListener('keydown', (event) => this.#key(event));
    pad.addEventListener('focus', () => this.paint());
    pad.addEventListener('blur', () => {
      this.#penDown = false;
      this.#cursor = null;
      this.paint();
    });
  }

  #key(event) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.key in moves) {
      const [x, y] = this.#cursor ?? [0.5, 0.5];
      const by = moves[event.key].map((step) => step * KEY_STEP);
      this.#cursor = [Math.max(0, Math.min(1, x + by[0])), Math.max(0, Math.min(1, y + by[1]))];
      if (this.#penDown && this.strokes.extend(...this.#cursor)) this.changed();
      this.paint();
    } else if (event.key === ' ') {
      this.#cursor ??= [0.5, 0.5];
      this.#penDown = !this.#penDown;
      if (this.#penDown) this.#begin(...this.#cursor);
      else this.paint();
    } else if (event.key === 'Backspace') {
      this.undo();
    } else if (event.key === 'Delete') {
      this.clear();
    } else {
      return;
    }
    event.preventDefault();
  }

  paint() {
    const side = Math.round(this.canvas.clientWidth * devicePixelRatio);
    if (side === 0) return;
    if (this.canvas.width !== side) {
      this.canvas.width = side;
      this.canvas.height = side;
    }
    const context = this.canvas.getContext('2d');
    context.fillStyle = '#000';
    context.fillRect(0, 0, side, side);
    if (this.#background) this.#paintBackground(context, side);
    else this.#paintGuide(context, side);
    context.strokeStyle = '#fff';
    context.lineWidth = PEN * side;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    for (const line of this.strokes.lines) {
      context.beginPath();
      context.moveTo(line[0][0] * side, line[0][1] * side);
      line.forEach(([x, y]) => context.lineTo(x * side, y * side));
      context.stroke();
    }
    if (this.#cursor) this.#paintCursor(context, side);
  }

  #paintBackground(context, side) {
    const { pixels, width, height } = this.#background;
    const small = new OffscreenCanvas(width, height);
    small.getContext('2d').putImageData(imageData(pixels, width, height), 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, side, side);
  }

  /** The box into which MNIST scales a digit, faint. */
  #paintGuide(context, side) {
    if (!this.strokes.empty) return;
    const inset = (4 / 28) * side;
    context.strokeStyle = '#555';
    context.lineWidth = devicePixelRatio;
    context.setLineDash([4 * devicePixelRatio, 6 * devicePixelRatio]);
    context.strokeRect(inset, inset, side - 2 * inset, side - 2 * inset);
    context.setLineDash([]);
    context.fillStyle = '#aaa';
    context.font = `${0.9 * parseFloat(getComputedStyle(document.documentElement).fontSize) * devicePixelRatio}px system-ui, sans-serif`;
    context.textAlign = 'center';
    context.fillText('Draw a digit here', side / 2, side / 2);
  }

  #paintCursor(context, side) {
    const [x, y] = this.#cursor;
    context.strokeStyle = this.#penDown ? '#ffb454' : '#8fb1ff';
    context.lineWidth = 2 * devicePixelRatio;
    context.beginPath();
    context.arc(x * side, y * side, (PEN * side) / 2 + 2 * devicePixelRatio, 0, 2 * Math.PI);
    context.stroke();
  }
}
