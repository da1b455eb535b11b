/** What the page asks a server for, answered from what lies in this file. */
import { fromBase64 } from '../page/js/pictures.js';

const content = JSON.parse(document.getElementById('content').textContent);
const bytes = new Map();

/** What this file cannot answer. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function bytesOf(name) {
  if (!bytes.has(name)) bytes.set(name, fromBase64(content.bytes[name]));
  return bytes.get(name);
}

const floatsOf = (name) => new Float32Array(bytesOf(name).buffer);
const lastPart = (path) => path.split('/').pop();

function unknown(path) {
  return new ApiError(404, `${lastPart(path)}: this file holds the map and the dials alone; elbo studio shows the rest.`);
}

/** JSON of a GET. */
export async function getJson(path, query) {
  if (path === `/models/${content.model.id}`) return content.model;
  if (path.endsWith('/map')) return content.map;
  if (path.endsWith('/sample')) return { codes: [draw(content.model.latent_size, query.seed)] };
  throw unknown(path);
}

/** Bytes of a GET. */
export async function getBytes(path, query) {
  const name = lastPart(path);
  if (!(name in content.bytes)) throw unknown(path);
  const all = bytesOf(name);
  if (name !== 'digits') return all.buffer;
  const pixels = content.model.width * content.model.height;
  return all.slice(query.from * pixels, (query.from + query.count) * pixels).buffer;
}

/** Encodes an image of the map: the one that has these pixels. */
export async function postFloats(path, floats) {
  if (!path.endsWith('/encode')) throw unknown(path);
  const index = indexOf(Uint8Array.from(floats, (value) => Math.round(value * 255)));
  if (index < 0) throw new ApiError(404, 'encode: this file holds no encoder, only the codes of its own images.');
  return { mean: [rowOf('codes', index)], log_variance: [rowOf('log_variances', index)] };
}

function indexOf(pixels) {
  const all = bytesOf('digits');
  for (let start = 0; start < all.length; start += pixels.length) {
    if (pixels.every((value, p) => all[start + p] === value)) return start / pixels.length;
  }
  return -1;
}

function rowOf(name, index) {
  const size = content.model.latent_size;
  return floatsOf(name).slice(index * size, (index + 1) * size);
}

/** Nothing here can be changed. */
export async function change(path) {
  throw unknown(path);
}

/** Standard normals of a seed (mulberry32, Box and Muller): a draw from the prior. */
function draw(size, seed) {
  let state = seed | 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
  return Float32Array.from({ length: size }, () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()));
}
