/** Numbers as text, the same in every browser language. */

/** With so many decimals, and a true minus sign; a dash for what is not there. */
export function fixed(value, decimals = 1) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? (0).toFixed(decimals) : text.replace('-', '−');
}

/** With thousands apart: 12,345. */
export function whole(value) {
  return Number.isFinite(value) ? Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, ',') : '–';
}

/** Up to four significant digits, no trailing zeros. */
export function brief(value) {
  if (!Number.isFinite(value)) return '–';
  return String(Number(value.toPrecision(4))).replace('-', '−');
}

/** A length of time: 45 s, 3 min 20 s, 2 h 5 min. */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) return '–';
  const all = Math.max(0, Math.round(seconds));
  if (all < 60) return `${all} s`;
  if (all < 3600) return `${Math.floor(all / 60)} min ${all % 60} s`;
  return `${Math.floor(all / 3600)} h ${Math.floor((all % 3600) / 60)} min`;
}
