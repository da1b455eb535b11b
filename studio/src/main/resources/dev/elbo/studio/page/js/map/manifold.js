/** For two latent dimensions: the decoded images themselves as the map's ground. */
import { fill } from '../pictures.js';

const COLUMNS = 22;

/** A canvas of decoded images that covers a rectangle of the latent space, each of the class `labelAt` gives. */
export function manifold(decoder, { width, height }, seen, labelAt) {
  const columns = COLUMNS;
  const rows = Math.max(1, Math.round((columns * (seen.high - seen.low)) / (seen.right - seen.left)));
  const data = new ImageData(columns * width, rows * height);
  const target = new Uint32Array(data.data.buffer);
  const image = new Float32Array(width * height);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = seen.left + ((column + 0.5) * (seen.right - seen.left)) / columns;
      const y = seen.high - ((row + 0.5) * (seen.high - seen.low)) / rows;
      decoder.decode([x, y], labelAt([x, y]), image);
      fill(target, row * height * data.width + column * width, data.width, image, 0, width, height);
    }
  }
  const canvas = new OffscreenCanvas(data.width, data.height);
  canvas.getContext('2d').putImageData(data, 0, 0);
  return { canvas, seen };
}
