/** Pointers, wheel and keys over the map as what they mean: hover, drag, click, pan, zoom. */
const CLICK_SLACK = 5;
const KEY_STEP = 14;

/**
 * @param target the element
 * @param act hover(x, y), leave(), start(x, y), drag(x, y, time), end(x, y, moved), cancel(), pan(dx, dy), zoom(x, y, factor), key(event)
 */
export function bindGestures(target, act) {
  const held = new Map();
  let first = null;
  let moved = false;
  let panning = false;
  let pinch = null;
  const at = (event) => {
    const box = target.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  target.addEventListener('pointerdown', (event) => {
    target.setPointerCapture(event.pointerId);
    held.set(event.pointerId, at(event));
    if (held.size === 2) {
      if (first) act.cancel();
      first = null;
      pinch = pinchOf(held);
      return;
    }
    panning = event.button !== 0 || event.shiftKey || act.panning();
    first = { x: at(event)[0], y: at(event)[1], last: at(event) };
    moved = false;
    if (!panning) act.start(...at(event));
    if (event.button !== 0) event.preventDefault();
  });

  target.addEventListener('pointermove', (event) => {
    const [x, y] = at(event);
    if (!held.has(event.pointerId)) {
      act.hover(x, y);
      return;
    }
    held.set(event.pointerId, [x, y]);
    if (pinch && held.size === 2) {
      const now = pinchOf(held);
      act.pan(now.x - pinch.x, now.y - pinch.y);
      act.zoom(now.x, now.y, now.reach / pinch.reach);
      pinch = now;
    } else if (first) {
      moved ||= Math.hypot(x - first.x, y - first.y) > CLICK_SLACK;
      if (panning) act.pan(x - first.last[0], y - first.last[1]);
      else if (moved) act.drag(x, y, event.timeStamp);
      first.last = [x, y];
    }
  });

  const end = (event) => {
    held.delete(event.pointerId);
    if (held.size < 2) pinch = null;
    if (!first) return;
    if (!panning) event.type === 'pointerup' ? act.end(...at(event), moved) : act.cancel();
    first = null;
  };
  target.addEventListener('pointerup', end);
  target.addEventListener('pointercancel', end);
  target.addEventListener('pointerleave', () => act.leave());
  target.addEventListener('contextmenu', (event) => event.preventDefault());
  target.addEventListener('wheel', (event) => {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    act.zoom(...at(event), Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0016)));
  }, { passive: false });
  target.addEventListener('keydown', (event) => act.key(event));
}

function pinchOf(held) {
  const [[ax, ay], [bx, by]] = [...held.values()];
  return { x: (ax + bx) / 2, y: (ay + by) / 2, reach: Math.max(1, Math.hypot(ax - bx, ay - by)) };
}

/** How far an arrow key moves, in pixels; null for other keys. */
export function arrow(event) {
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  return steps[event.key]?.map((step) => step * KEY_STEP) ?? null;
}
