/** Light or dark: as the system says, until one is chosen. */
const KEY = 'elbo-theme';
const ORDER = ['auto', 'light', 'dark'];
const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set();
let chosen = stored();

function stored() {
  try {
    return ORDER.includes(localStorage.getItem(KEY)) ? localStorage.getItem(KEY) : 'auto';
  } catch {
    return 'auto';
  }
}

/** 'light' or 'dark'. */
export function theme() {
  if (chosen !== 'auto') return chosen;
  return system.matches ? 'dark' : 'light';
}

function apply() {
  if (document.documentElement.dataset.theme === theme()) return;
  document.documentElement.dataset.theme = theme();
  listeners.forEach((listener) => listener());
}

/** What is painted on a canvas must be painted anew. Gives a function that ends it. */
export function onTheme(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The value of a token, such as `--ink`. */
export const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Makes the button step through the three. */
export function bindTheme(control) {
  const label = () => {
    const text = { auto: 'Colours: as the system', light: 'Colours: light', dark: 'Colours: dark' }[chosen];
    control.setAttribute('aria-label', text);
    control.title = text;
  };
  control.addEventListener('click', () => {
    chosen = ORDER[(ORDER.indexOf(chosen) + 1) % ORDER.length];
    try {
      localStorage.setItem(KEY, chosen);
    } catch {
      // A browser that keeps nothing still shows it now.
    }
    label();
    apply();
  });
  system.addEventListener('change', apply);
  label();
}

apply();
