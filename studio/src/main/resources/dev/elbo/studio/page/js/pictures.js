/** Grey images onto canvases. */

/** Paints pixels, floats of 0 to 1 or bytes, at their own size; CSS makes them large. */
export function paint(canvas, pixels, width, height) {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  canvas.getContext('2d').putImageData(imageData(pixels, width, height), 0, 0);
}

/** The same as an ImageData. */
export function imageData(pixels, width, height) {
  const data = new ImageData(width, height);
  fill(new Uint32Array(data.data.buffer), 0, width, pixels, 0, width, height);
  return data;
}

/** Copies one image into a larger one of `stride` pixels a row. */
export function fill(target, offset, stride, pixels, from, width, height) {
  const scale = pixels instanceof Uint8Array ? 1 : 255;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = pixels[from + y * width + x] * scale;
      const grey = value <= 0 ? 0 : value >= 255 ? 255 : (value + 0.5) | 0;
      target[offset + y * stride + x] = 0xff000000 | (grey << 16) | (grey << 8) | grey;
    }
  }
}

/** A strip of images side by side on one canvas, a pixel of the ground between them. */
export function paintStrip(canvas, images, width, height) {
  const stride = images.length * (width + 1) - 1;
  const data = new ImageData(Math.max(1, stride), height);
  const target = new Uint32Array(data.data.buffer);
  images.forEach((image, k) => fill(target, k * (width + 1), stride, image, 0, width, height));
  canvas.width = data.width;
  canvas.height = height;
  canvas.getContext('2d').putImageData(data, 0, 0);
}

/** Bytes of base64 text. */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** Floats of 0 to 1 from bytes. */
export function toFloats(bytes) {
  return Float32Array.from(bytes, (byte) => byte / 255);
}
