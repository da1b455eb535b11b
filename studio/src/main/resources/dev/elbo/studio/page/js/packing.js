/** Arrays as short text for addresses: base64 whose letters need no escape. */

export function bytesToText(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** Null where the text is none of ours. */
export function textToBytes(text) {
  try {
    return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

const STEPS = 4096;

/** A code, each value in 1/4096 between −8 and 8. */
export function codeToText(code) {
  const words = Int16Array.from(code, (value) => Math.round(Math.max(-7.999, Math.min(7.999, value)) * STEPS));
  return bytesToText(new Uint8Array(words.buffer));
}

/** Null where it is no code of this size. */
export function textToCode(text, size) {
  const bytes = text ? textToBytes(text) : null;
  if (!bytes || bytes.length !== size * 2) return null;
  return Float32Array.from(new Int16Array(bytes.buffer), (value) => value / STEPS);
}
