/** A picture from the reader's disk as grey values: bright ink on black, whatever it was on. */
const LARGEST_SIDE = 512;
const LARGEST_BYTES = 32 * 1024 * 1024;

/** {grey, width, height}; an Error with a sentence where it is no picture. */
export async function readImageFile(file) {
  if (!file.type.startsWith('image/')) {
    throw new Error(`${file.name} is no picture: choose a PNG, JPEG, GIF, WebP or SVG file.`);
  }
  if (file.size > LARGEST_BYTES) throw new Error(`${file.name} is larger than 32 MB: choose a smaller picture.`);
  const picture = await decoded(file);
  const scale = Math.min(1, LARGEST_SIDE / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  return { grey: inkOf(context.getImageData(0, 0, width, height)), width, height };
}

async function decoded(file) {
  try {
    return await createImageBitmap(file);
  } catch {
    throw new Error(`${file.name} could not be read as a picture: choose another file.`);
  }
}

/** Luminance of 0 to 1, turned over where the border is bright, stretched to the full range. */
function inkOf({ data, width, height }) {
  const grey = new Float32Array(width * height);
  for (let i = 0; i < grey.length; i++) {
    grey[i] = (0.2126 * data[4 * i] + 0.7152 * data[4 * i + 1] + 0.0722 * data[4 * i + 2]) / 255;
  }
  let border = 0;
  for (let x = 0; x < width; x++) border += grey[x] + grey[(height - 1) * width + x];
  for (let y = 0; y < height; y++) border += grey[y * width] + grey[y * width + width - 1];
  const bright = border / (2 * (width + height)) > 0.5;
  let low = 1;
  let high = 0;
  for (let i = 0; i < grey.length; i++) {
    if (bright) grey[i] = 1 - grey[i];
    low = Math.min(low, grey[i]);
    high = Math.max(high, grey[i]);
  }
  const range = high - low;
  return range < 1e-3 ? grey.fill(0) : grey.map((value) => (value - low) / range);
}
