/** MNIST's own preparation: the ink scaled into 20×20 with its shape kept, its centre of mass in the middle of 28×28. */

/** Moved by whole pixels so that the centre of mass is in the middle; ink never leaves the image. */
export function centredByMass(pixels, width, height) {
  let mass = 0;
  let sumX = 0;
  let sumY = 0;
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const ink = pixels[y * width + x];
      if (ink <= 0) continue;
      mass += ink;
      sumX += ink * (x + 0.5);
      sumY += ink * (y + 0.5);
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  if (mass === 0) return pixels;
  const byX = within(Math.round(width / 2 - sumX / mass), -left, width - 1 - right);
  const byY = within(Math.round(height / 2 - sumY / mass), -top, height - 1 - bottom);
  const moved = new Float32Array(pixels.length);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) moved[(y + byY) * width + x + byX] = pixels[y * width + x];
  }
  return moved;
}

const within = (value, low, high) => Math.max(low, Math.min(high, value));

/** Ink fainter than this is paper. */
const PAPER = 0.1;

/** A grey picture of any size as the model's image: its ink boxed and centred, or the whole picture scaled. */
export function fitted(grey, sourceWidth, sourceHeight, width, height, centred) {
  const box = centred ? inkBox(grey, sourceWidth, sourceHeight) : null;
  const from = box ?? { left: 0, top: 0, width: sourceWidth, height: sourceHeight };
  const room = box ? 20 / 28 : 1;
  const scale = Math.min((width * room) / from.width, (height * room) / from.height);
  const toWidth = Math.max(1, Math.round(from.width * scale));
  const toHeight = Math.max(1, Math.round(from.height * scale));
  const pixels = new Float32Array(width * height);
  const offsetX = Math.floor((width - toWidth) / 2);
  const offsetY = Math.floor((height - toHeight) / 2);
  for (let y = 0; y < toHeight; y++) {
    for (let x = 0; x < toWidth; x++) {
      pixels[(y + offsetY) * width + x + offsetX] = average(grey, sourceWidth, {
        left: from.left + (x * from.width) / toWidth,
        right: from.left + ((x + 1) * from.width) / toWidth,
        top: from.top + (y * from.height) / toHeight,
        bottom: from.top + ((y + 1) * from.height) / toHeight,
      });
    }
  }
  return box ? centredByMass(pixels, width, height) : pixels;
}

/** Null where there is no ink. */
function inkBox(grey, width, height) {
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (grey[y * width + x] < PAPER) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Mean over an area whose edges may cut pixels. */
function average(grey, stride, area) {
  let sum = 0;
  let weight = 0;
  for (let y = Math.floor(area.top); y < area.bottom; y++) {
    const tall = Math.min(y + 1, area.bottom) - Math.max(y, area.top);
    for (let x = Math.floor(area.left); x < area.right; x++) {
      const share = tall * (Math.min(x + 1, area.right) - Math.max(x, area.left));
      sum += grey[y * stride + x] * share;
      weight += share;
    }
  }
  return weight > 0 ? sum / weight : 0;
}
