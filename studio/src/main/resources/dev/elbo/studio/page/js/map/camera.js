/** Where one looks at the map: world coordinates, y upwards, to pixels of the screen, y downwards. */
const MARGIN = 0.06;
const NEAREST = 400;
const FARTHEST = 0.4;

export class Camera {
  x = 0;
  y = 0;
  scale = 1;
  fitted = 1;

  /** Looks at all of these bounds. */
  fit(bounds, width, height) {
    const wide = Math.max(1e-6, bounds.right - bounds.left);
    const tall = Math.max(1e-6, bounds.high - bounds.low);
    this.fitted = Math.min(width / wide, height / tall) * (1 - 2 * MARGIN);
    this.home = { x: (bounds.left + bounds.right) / 2, y: (bounds.low + bounds.high) / 2 };
    if (width <= 0 || height <= 0) return;
    this.resize(width, height);
  }

  reset() {
    Object.assign(this, { x: this.home.x, y: this.home.y, scale: this.fitted });
  }

  resize(width, height) {
    this.width = width;
    this.height = height;
  }

  /** How much nearer than at the whole map. */
  get zoom() {
    return this.scale / this.fitted;
  }

  lookAt(x, y, zoom) {
    this.x = x;
    this.y = y;
    this.scale = this.fitted * Math.max(FARTHEST, Math.min(NEAREST, zoom));
  }

  toScreen(x, y) {
    return [this.width / 2 + (x - this.x) * this.scale, this.height / 2 - (y - this.y) * this.scale];
  }

  toWorld(screenX, screenY) {
    return [this.x + (screenX - this.width / 2) / this.scale, this.y - (screenY - this.height / 2) / this.scale];
  }

  /** Moves what is seen by pixels. */
  pan(byX, byY) {
    this.x -= byX / this.scale;
    this.y += byY / this.scale;
  }

  /** Nearer by a factor; what is under the pixel stays there. */
  zoomAt(screenX, screenY, factor) {
    const [x, y] = this.toWorld(screenX, screenY);
    const zoom = Math.max(FARTHEST, Math.min(NEAREST, this.zoom * factor));
    this.scale = this.fitted * zoom;
    this.x = x - (screenX - this.width / 2) / this.scale;
    this.y = y + (screenY - this.height / 2) / this.scale;
  }

  /** The rectangle of the world that is seen, `more` pixels wider at each side. */
  seen(more = 0) {
    const [left, high] = this.toWorld(-more, -more);
    const [right, low] = this.toWorld(this.width + more, this.height + more);
    return { left, right, low, high };
  }

  /** The radius of a point in pixels, for so many of them. */
  pointRadius(count) {
    const crowded = count > 30000 ? 1.3 : count > 5000 ? 1.8 : 2.6;
    return Math.min(7, crowded * Math.sqrt(Math.max(0.6, Math.min(9, this.zoom))));
  }
}
