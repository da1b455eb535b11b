/** The map's picture: ground, points and overlay on three canvases, seen through one camera. */
import { POINT_OPACITY } from '../colours.js';
import { element } from '../dom.js';
import { onTheme } from '../theme.js';
import { Camera } from './camera.js';
import { CanvasPoints } from './canvas-points.js';
import { manifold } from './manifold.js';
import { paintOverlay } from './overlay.js';
import { Thumbnails } from './thumbnails.js';
import { WebGlPoints } from './webgl-points.js';

const GROUND_AFTER_MS = 120;

export class MapView {
  camera = new Camera();
  scene = { points: null, pictures: [], names: [], chosen: null, hovered: null, cursor: null, line: null, lasso: null };
  hidden = new Set();
  #asked = false;
  #pointsChanged = true;

  /** @param plain draws without WebGL2 */
  constructor(model, plain) {
    this.model = model;
    this.ground = element('canvas', { class: 'layer', 'aria-hidden': 'true' });
    this.front = element('canvas', {
      class: 'layer', tabindex: '0', role: 'application', 'aria-label': 'Map of the latent space', 'aria-describedby': 'map-help',
    });
    this.element = element('div', { class: 'map' }, this.ground, this.front);
    this.#openPoints(plain);
    this.scene.shows = this.shows;
    this.scene.thumbnails = new Thumbnails(model, () => this.ask());
    new ResizeObserver(() => this.#resize()).observe(this.element);
    onTheme(() => this.#again());
  }

  shows = (label) => !this.hidden.has(label);

  #openPoints(plain) {
    this.#layMiddle();
    this.renderer = plain ? null : WebGlPoints.on(this.middle);
    if (!this.renderer) {
      this.#layMiddle(); // A canvas that has been asked for WebGL gives no other context.
      this.renderer = new CanvasPoints(this.middle);
    }
    this.middle.addEventListener('webglcontextlost', () => {
      this.#openPoints(true);
      if (this.scene.points) this.renderer.setPoints(this.scene.points);
      this.#resize();
    });
    this.element.dataset.renderer = this.renderer instanceof WebGlPoints ? 'webgl2' : 'canvas';
  }

  #layMiddle() {
    this.middle?.remove();
    this.middle = element('canvas', { class: 'layer', 'aria-hidden': 'true' });
    this.front.before(this.middle);
  }

  /** @param names of classes, [{text, x, y}] */
  setPoints(points, names) {
    Object.assign(this.scene, { points, names, hovered: null, pictures: [] });
    this.renderer.setPoints(points);
    this.camera.fit(points.bounds, this.element.clientWidth, this.element.clientHeight);
    this.camera.reset();
    this.#again();
  }

  /**
   * Where the map is the latent space itself: the ground is decoded.
   *
   * @param decoder null for a plain ground
   * @param labelAt the class as which a place is decoded
   */
  setGround(decoder, labelAt) {
    Object.assign(this, { decoder, labelAt, groundPicture: null });
    this.#again();
  }

  setHidden(labels) {
    this.hidden = new Set(labels);
    this.#again();
  }

  /** The camera has moved. */
  moved() {
    this.#again();
  }

  #again() {
    this.#pointsChanged = true;
    clearTimeout(this.groundTimer);
    if (this.decoder) this.groundTimer = setTimeout(() => this.#decodeGround(), GROUND_AFTER_MS);
    this.ask();
  }

  #decodeGround() {
    this.groundPicture = manifold(this.decoder, this.model, this.camera.seen(), this.labelAt);
    this.ask();
  }

  /** Paints before the next frame. */
  ask() {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      this.#paint();
    });
  }

  #resize() {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (width === 0 || height === 0) return;
    for (const layer of [this.ground, this.middle, this.front]) {
      layer.width = Math.round(width * devicePixelRatio);
      layer.height = Math.round(height * devicePixelRatio);
    }
    if (this.scene.points) {
      const { x, y, zoom } = this.camera;
      this.camera.fit(this.scene.points.bounds, width, height);
      this.camera.lookAt(x, y, zoom);
    }
    this.camera.resize(width, height);
    this.#pointsChanged = true;
    this.#paint();
    this.#again();
  }

  #paint() {
    const { points } = this.scene;
    if (!points || !this.camera.width) return;
    this.#paintGround();
    if (this.#pointsChanged) {
      this.scene.pictures = this.scene.thumbnails.inSight(points, this.camera, this.shows);
      this.renderer.draw(this.camera, this.shows, this.scene.pictures.length ? 0.35 : POINT_OPACITY);
      this.#pointsChanged = false;
    }
    const context = this.front.getContext('2d');
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    paintOverlay(context, this.camera, this.scene);
  }

  #paintGround() {
    const context = this.ground.getContext('2d');
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, this.camera.width, this.camera.height);
    if (!this.groundPicture) return;
    const { canvas, seen } = this.groundPicture;
    const [left, top] = this.camera.toScreen(seen.left, seen.high);
    const [right, bottom] = this.camera.toScreen(seen.right, seen.low);
    context.globalAlpha = 0.55;
    context.drawImage(canvas, left, top, right - left, bottom - top);
    context.globalAlpha = 1;
  }
}

/** Where a class's name stands: at the median of its points. */
export function classNames(points, nameOf) {
  return points.classes.filter((label) => label !== 255).map((label) => {
    const xs = [];
    const ys = [];
    for (let i = 0; i < points.count; i++) {
      if (points.labels[i] !== label) continue;
      xs.push(points.x[i]);
      ys.push(points.y[i]);
    }
    return { text: nameOf(label), label, x: median(xs), y: median(ys) };
  });
}

function median(values) {
  return Float32Array.from(values).sort()[values.length >> 1];
}
