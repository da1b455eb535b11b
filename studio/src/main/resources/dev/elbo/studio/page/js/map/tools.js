/** What a drag, a click or a key does on the map: walk, line, lasso, move. */
import { arrow } from './gestures.js';

const REACH = 14;

export const TOOLS = [['walk', 'Walk'], ['line', 'Line'], ['lasso', 'Lasso'], ['move', 'Move']];

export class Tools {
  tool = 'walk';
  #lineStart = null;

  /**
   * @param view the MapView
   * @param walks is told hovered(index), walked(place, screen), rested(), chosen(index or null, cleared), lined(ends), lassoed(polygon)
   * @param moved called when the camera has moved
   */
  constructor(view, walks, moved) {
    this.view = view;
    this.walks = walks;
    this.moved = moved;
    this.use('walk');
  }

  use(tool) {
    this.tool = tool;
    this.#lineStart = null;
    this.view.element.dataset.tool = tool;
  }

  panning = () => this.tool === 'move';

  /** The nearest shown point within reach of a place of the screen, or null. */
  #nearest(x, y, reach = REACH) {
    const { points } = this.view.scene;
    if (!points) return null;
    const found = points.nearest(...this.view.camera.toWorld(x, y), 1, this.view.shows, reach / this.view.camera.scale);
    return found.length ? found[0].index : null;
  }

  hover(x, y) {
    const index = this.#nearest(x, y);
    if (index === this.view.scene.hovered) return;
    this.view.scene.hovered = index;
    this.view.ask();
    this.walks.hovered(index);
  }

  leave() {
    if (this.view.scene.hovered === null) return;
    this.view.scene.hovered = null;
    this.view.ask();
    this.walks.hovered(null);
  }

  start(x, y) {
    const place = this.view.camera.toWorld(x, y);
    const { scene } = this.view;
    scene.hovered = null;
    if (this.tool === 'line') scene.line = [this.#snapped(x, y), place];
    else if (this.tool === 'lasso') scene.lasso = [place];
  }

  drag(x, y, time) {
    const place = this.view.camera.toWorld(x, y);
    const { scene } = this.view;
    if (this.tool === 'walk') this.#walk(place, [x, y], time);
    else if (this.tool === 'line') scene.line = [scene.line[0], place];
    else if (this.tool === 'lasso') scene.lasso.push(place);
    this.view.ask();
  }

  end(x, y, moved) {
    const { scene } = this.view;
    if (this.tool === 'line' && moved) {
      scene.line = [scene.line[0], this.#snapped(x, y)];
      this.walks.lined(scene.line);
    } else if (this.tool === 'lasso' && moved) {
      this.walks.lassoed(scene.lasso);
    } else if (!moved) {
      if (this.tool === 'line') this.#lineEnd(x, y);
      else if (this.tool === 'lasso') scene.lasso = null;
      else this.#choose(x, y);
    }
    this.walks.rested();
    this.view.ask();
  }

  cancel() {
    this.walks.rested();
    if (this.tool === 'line') this.view.scene.line = null;
    if (this.tool === 'lasso') this.view.scene.lasso = null;
    this.view.ask();
  }

  pan(byX, byY) {
    this.view.camera.pan(byX, byY);
    this.view.moved();
    this.moved();
  }

  zoom(x, y, factor) {
    this.view.camera.zoomAt(x, y, factor);
    this.view.moved();
    this.moved();
  }

  #walk(place, screen, time) {
    this.view.scene.cursor = place;
    this.walks.walked(place, screen, time);
  }

  #choose(x, y) {
    const index = this.#nearest(x, y);
    if (index === null) this.#walk(this.view.camera.toWorld(x, y), [x, y]);
    this.walks.chosen(index);
  }

  /** An end of a line: on a point where one is near. */
  #snapped(x, y) {
    const index = this.#nearest(x, y);
    const { points } = this.view.scene;
    return index === null ? this.view.camera.toWorld(x, y) : [points.x[index], points.y[index]];
  }

  /** Two clicks make a line, too. */
  #lineEnd(x, y) {
    const end = this.#snapped(x, y);
    if (this.#lineStart) {
      this.view.scene.line = [this.#lineStart, end];
      this.#lineStart = null;
      this.walks.lined(this.view.scene.line);
    } else {
      this.#lineStart = end;
      this.view.scene.line = [end];
    }
  }

  /** Arrow keys walk, with shift they move the map; plus, minus and 0 zoom; Enter does what a click does. */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return; // The browser's own: its zoom, above all.
    const { camera, scene } = this.view;
    const middle = [camera.width / 2, camera.height / 2];
    const step = arrow(event);
    if (step && event.shiftKey) {
      this.pan(-step[0] * 3, -step[1] * 3);
    } else if (step) {
      const [x, y] = scene.cursor ? camera.toScreen(...scene.cursor) : middle;
      this.#stepTo(x + step[0], y + step[1]);
    } else if (event.key === '+' || event.key === '=') {
      this.zoom(...this.#focus(middle), 1.3);
    } else if (event.key === '-') {
      this.zoom(...this.#focus(middle), 1 / 1.3);
    } else if (event.key === '0') {
      this.home();
    } else if (event.key === 'Enter') {
      this.#enter(middle);
    } else if (event.key === 'c' && this.tool === 'lasso' && scene.lasso?.length > 2) {
      this.walks.lassoed(scene.lasso);
    } else if (event.key === 'Escape') {
      Object.assign(scene, { line: null, lasso: null, chosen: null, cursor: null });
      this.#lineStart = null;
      this.walks.chosen(null, true);
      this.view.ask();
    } else {
      return;
    }
    event.preventDefault();
  }

  home() {
    this.view.camera.reset();
    this.view.moved();
    this.moved();
  }

  #focus(middle) {
    return this.view.scene.cursor ? this.view.camera.toScreen(...this.view.scene.cursor) : middle;
  }

  #stepTo(x, y) {
    const { camera } = this.view;
    const within = [Math.max(0, Math.min(camera.width, x)), Math.max(0, Math.min(camera.height, y))];
    this.hover(...within);
    this.#walk(camera.toWorld(...within), within);
    this.view.ask();
  }

  #enter(middle) {
    const [x, y] = this.#focus(middle);
    if (this.tool === 'line') this.#lineEnd(x, y);
    else if (this.tool === 'lasso') this.view.scene.lasso = [...(this.view.scene.lasso ?? []), this.view.camera.toWorld(x, y)];
    else this.#choose(x, y);
    this.view.ask();
  }
}
