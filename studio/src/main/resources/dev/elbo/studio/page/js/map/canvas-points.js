/** The same points without WebGL2: discs written into the pixels of a 2-D canvas. */
import { classColour, components } from '../colours.js';

export class CanvasPoints {
  constructor(canvas) {
    this.context = canvas.getContext('2d');
    this.canvas = canvas;
  }

  setPoints(points) {
    this.points = points;
  }

  draw(camera, shows, opacity) {
    const { width, height } = this.canvas;
    const image = new ImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    const disc = discOf(camera.pointRadius(this.points.count) * devicePixelRatio);
    const alpha = Math.round(opacity * 255) << 24;
    const colours = Uint32Array.from({ length: 256 }, (_, label) => {
      const [red, green, blue] = components(classColour(label)).map((part) => Math.round(part * 255));
      return (alpha | (blue << 16) | (green << 8) | red) >>> 0;
    });
    const { x, y, labels } = this.points;
    this.points.within(camera.seen(8), shows, (i) => {
      const [screenX, screenY] = camera.toScreen(x[i], y[i]);
      const column = Math.round(screenX * devicePixelRatio);
      const row = Math.round(screenY * devicePixelRatio);
      for (const [byX, byY] of disc) {
        const atX = column + byX;
        const atY = row + byY;
        if (atX >= 0 && atX < width && atY >= 0 && atY < height) pixels[atY * width + atX] = colours[labels[i]];
      }
    });
    this.context.putImageData(image, 0, 0);
  }
}

function discOf(radius) {
  const reach = Math.ceil(radius);
  const found = [];
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) if (x * x + y * y <= radius * radius) found.push([x, y]);
  }
  return found;
}
