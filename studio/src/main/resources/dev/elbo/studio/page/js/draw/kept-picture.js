/** The picture that was opened last, kept while the browser's tab is open: an address is too short for it. */
import { fromBase64, toFloats } from '../pictures.js';

const KEY = 'elbo-picture';

/** @param picture {grey, width, height} */
export function keepPicture({ grey, width, height }) {
  const letters = Array.from(grey, (value) => String.fromCharCode(Math.round(value * 255)));
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ width, height, grey: btoa(letters.join('')) }));
  } catch {
    // Without storage, or where it is full, the picture lasts as long as the page.
  }
}

/** As it was kept, in steps of 1/255; null where there is none. */
export function keptPicture() {
  try {
    const { width, height, grey } = JSON.parse(sessionStorage.getItem(KEY));
    const floats = toFloats(fromBase64(grey));
    return floats.length === width * height ? { width, height, grey: floats } : null;
  } catch {
    return null;
  }
}
