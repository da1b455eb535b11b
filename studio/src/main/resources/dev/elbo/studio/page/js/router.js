/** Addresses of rooms: `#/map?view=tsne`; what stands behind the question mark makes a view sharable. */
const DELAY_MS = 250;
let pending = null;

/** The room and parameters of the address in the browser. */
export function here() {
  const [room, query] = location.hash.replace(/^#\/?/, '').split('?');
  return { room: room || 'draw', parameters: new URLSearchParams(query ?? '') };
}

/** The address of a room; empty parameters are left out. */
export function hashOf(room, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return given.length ? `#/${room}?${new URLSearchParams(given)}` : `#/${room}`;
}

/** Walks to a room. */
export function go(room, parameters) {
  forget();
  location.hash = hashOf(room, parameters);
}

/** Writes where one is, without a new step in the history; waits, as a drag asks at each move. */
export function remember(room, parameters) {
  forget();
  const asked = location.hash;
  pending = setTimeout(() => {
    pending = null;
    // An address that came in between is one to follow, not to write over.
    if (here().room === room && location.hash === asked) history.replaceState(null, '', hashOf(room, parameters));
  }, DELAY_MS);
}

function forget() {
  clearTimeout(pending);
  pending = null;
}

/** Calls `listener` at each change of the address. */
export function onChange(listener) {
  addEventListener('hashchange', listener);
}

/** The link past the navigation moves the focus; its address is that of no room. */
export function bindSkip(link, place) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    place.focus();
  });
}
