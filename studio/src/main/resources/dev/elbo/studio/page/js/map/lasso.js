/** What a lasso holds: its members, the mean of their codes, and how far they spread. */
const DECODED = 400;

/** Whether a place lies in a polygon [[x, y], …]. */
export function inside(polygon, x, y) {
  let odd = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [ax, ay] = polygon[i];
    const [bx, by] = polygon[j];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

/** Indices of the points in the polygon whose class is shown. */
export function members(polygon, points, shows) {
  const xs = polygon.map(([x]) => x);
  const ys = polygon.map(([, y]) => y);
  const found = [];
  const box = { left: Math.min(...xs), right: Math.max(...xs), low: Math.min(...ys), high: Math.max(...ys) };
  points.within(box, shows, (i) => {
    if (inside(polygon, points.x[i], points.y[i])) found.push(i);
  });
  return found;
}

/** {mean, distance}: the mean code, and the root of the mean squared distance to it. */
export function meanOf(indices, codes, latentSize) {
  const mean = new Float32Array(latentSize);
  for (const i of indices) for (let d = 0; d < latentSize; d++) mean[d] += codes[i * latentSize + d] / indices.length;
  let squares = 0;
  for (const i of indices) for (let d = 0; d < latentSize; d++) squares += (codes[i * latentSize + d] - mean[d]) ** 2;
  return { mean, distance: Math.sqrt(squares / indices.length) };
}

/** The standard deviation of each pixel over the members' decoded images, at most 400 of them, evenly chosen. */
export function pixelSpread(indices, codes, decoder, labelOf) {
  const step = Math.max(1, indices.length / DECODED);
  const sum = new Float64Array(decoder.pixels);
  const squares = new Float64Array(decoder.pixels);
  const image = new Float32Array(decoder.pixels);
  let count = 0;
  for (let k = 0; k < indices.length; k += step) {
    const i = indices[Math.floor(k)];
    decoder.decode(codes.subarray(i * decoder.latentSize, (i + 1) * decoder.latentSize), labelOf(i), image);
    for (let p = 0; p < image.length; p++) {
      sum[p] += image[p];
      squares[p] += image[p] * image[p];
    }
    count++;
  }
  return Float32Array.from(sum, (total, p) => Math.sqrt(Math.max(0, squares[p] / count - (total / count) ** 2)));
}

/** [[label, count], …], the most frequent first. */
export function countLabels(indices, labels) {
  const counts = new Map();
  for (const i of indices) counts.set(labels[i], (counts.get(labels[i]) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
