/** A canvas for charts: as sharp as the screen, painted anew when its size or the colours change. */
import { element } from './dom.js';
import { onTheme, token } from './theme.js';

export class Surface {
  /** @param painter is given the context and the size in CSS pixels */
  constructor(label, painter, properties = {}) {
    this.canvas = element('canvas', { class: 'chart', role: 'img', 'aria-label': label, ...properties });
    this.painter = painter;
    this.asked = false;
    new ResizeObserver(() => this.ask()).observe(this.canvas);
    onTheme(() => this.ask());
  }

  /** Paints before the next frame, once however often it is asked. */
  ask() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.#paint();
    });
  }

  describe(text) {
    this.canvas.setAttribute('aria-label', text);
  }

  #paint() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (width === 0 || height === 0) return;
    const ratio = devicePixelRatio;
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
    }
    const context = this.canvas.getContext('2d');
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    this.painter(context, width, height);
  }
}

/** Small type of a chart, in the reader's own size. */
export function chartFont(context) {
  const root = parseFloat(getComputedStyle(document.documentElement).fontSize);
  context.font = `${root * 0.72}px ${token('--face')}`;
  context.textBaseline = 'middle';
  return root;
}
