/** Points that have become pictures: which ones, and their images as small canvases. */
import { imageData } from '../pictures.js';

/** With more points in sight than this, points stay points. */
const MOST_SEEN = 500;
const KEPT = 1500;

export class Thumbnails {
  #made = new Map();

  /** @param arrived called when images that were missing have come */
  constructor(model, arrived) {
    this.model = model;
    this.arrived = arrived;
  }

  /** Indices of the points in sight where they are few enough, else none. */
  inSight(points, camera, shows) {
    const seen = [];
    points.within(camera.seen(20), shows, (i) => {
      seen.push(i);
      return seen.length <= MOST_SEEN;
    });
    return seen.length <= MOST_SEEN && camera.zoom > 1.5 ? seen : [];
  }

  /** The picture of image i; null while it is on its way. */
  of(index) {
    if (this.#made.has(index)) return this.#made.get(index);
    const pixels = this.model.digits.at(index);
    if (!pixels) {
      this.model.digits.fetchBlock(index).then(this.arrived, () => {});
      return null;
    }
    const { width, height } = this.model;
    const picture = new OffscreenCanvas(width, height);
    picture.getContext('2d').putImageData(imageData(pixels, width, height), 0, 0);
    if (this.#made.size > KEPT) this.#made.clear();
    this.#made.set(index, picture);
    return picture;
  }
}
