/** Map: the latent space as a landscape one can walk through. */
import { getBytes, getJson, postFloats } from '../api.js';
import { button, canvas, element, heading, segments, trouble } from '../dom.js';
import { Film } from '../map/film.js';
import { bindGestures } from '../map/gestures.js';
import { countLabels, meanOf, members, pixelSpread } from '../map/lasso.js';
import { Legend } from '../map/legend.js';
import { Panel } from '../map/panel.js';
import { Points } from '../map/points.js';
import { Neighbours, Plane } from '../map/projection.js';
import { TOOLS, Tools } from '../map/tools.js';
import { TsneWatch } from '../map/tsne.js';
import { classNames, MapView } from '../map/view.js';
import { fixed, whole } from '../numbers.js';
import { paint, toFloats } from '../pictures.js';

const HELP = {
  walk: 'Drag: the image under the pointer is decoded as you go. Click a point to choose it and see its posterior.',
  line: 'Drag from one place to another, or click both: the images between them become a strip.',
  lasso: 'Draw around points: their mean and spread are decoded.',
  move: 'Drag moves the map. Everywhere: the wheel or two fingers zoom, shift and drag moves.',
};
const KEYS = 'Keys on the map: arrows walk, with shift they move the map, + − zoom, 0 shows all, Enter chooses, Escape clears; in a lasso Enter sets corners, c closes it.';

const TRUST_MS = 1000;
const TRUST_TRIES = 30;

export class MapRoom {
  #description = null;
  #viewName = 'pca';
  #place = null;
  #chosenCode = null;
  #opened = false;

  constructor(house) {
    this.house = house;
    this.model = house.model;
    this.trouble = trouble();
    this.waiting = element('p', { class: 'waiting over', text: 'The map is being read …' });
    this.loupe = canvas('', { class: 'loupe picture', hidden: true, 'aria-hidden': 'true' });
    this.summary = element('p', { class: 'soft', id: 'map-summary' });
    this.help = element('p', { class: 'soft', text: HELP.walk });
    this.legend = new Legend((hidden) => {
      this.view.setHidden(hidden);
      this.#remember();
    });
    this.film = new Film(this.model, (code) => this.#send(code, 'a place on a line'));
    this.panel = new Panel(this.model, {
      sendPlace: () => this.#send(this.projection.toCode(...this.#place), 'a place on the map'),
      sendChosen: () => this.#send(this.#chosenCode, this.chosenName),
      openChosen: () => house.go('draw', { digit: this.chosenIndex }),
      sendMean: () => this.#send(this.meanCode, 'the mean of a lasso'),
    });
    this.tsne = new TsneWatch(this.model, (described) => this.#described(described), (error) => this.trouble.show(error));
  }

  get element() {
    this.built ??= this.#build(new URLSearchParams(location.hash.split('?')[1]).get('renderer') === 'canvas');
    return this.built;
  }

  #build(plain) {
    this.view = new MapView(this.model, plain);
    this.tools = new Tools(this.view, {
      hovered: (index) => this.#hovered(index),
      walked: (place, screen) => this.#walked(place, screen),
      chosen: (index, cleared) => this.#clicked(index, cleared),
      lined: (ends) => this.#lined(ends),
      lassoed: (polygon) => this.#lassoed(polygon),
      moved: () => this.#remember(),
    });
    this.tools.use('walk');
    bindGestures(this.view.front, this.tools);
    for (const end of ['pointerup', 'pointercancel', 'blur']) this.view.front.addEventListener(end, () => (this.loupe.hidden = true));
    this.projections = segments('Projection', [['pca', this.model.latentSize === 2 ? 'Latent space' : 'PCA'], ['tsne', 't-SNE']], 'pca', (name) => this.#open(name));
    const tools = segments('What dragging does', TOOLS, 'walk', (tool) => {
      this.tools.use(tool);
      this.help.textContent = HELP[tool];
    });
    const zooms = element('div', { class: 'zooms' },
      button('+', () => this.#zoom(1.5), { class: 'icon', 'aria-label': 'Nearer' }),
      button('−', () => this.#zoom(1 / 1.5), { class: 'icon', 'aria-label': 'Farther' }),
      button('All', () => this.tools.home(), { class: 'icon', 'aria-label': 'Show the whole map' }));
    this.view.element.append(this.waiting, this.loupe, zooms, this.tsne.element);
    return element('div', { class: 'map-room' },
      heading('Map', 'Every image of the test set where its code lies. Walk through it, and the decoder paints what is there.'),
      this.trouble.element,
      element('div', { class: 'columns map-columns' },
        element('section', { class: 'card stack', 'aria-label': 'Map' },
          element('div', { class: 'row spread' }, this.projections.element, tools.element),
          this.view.element, this.legend.element, this.summary, this.help,
          element('p', { class: 'soft', id: 'map-help', text: KEYS })),
        this.panel.element),
      this.film.element);
  }

  async enter(parameters) {
    try {
      if (!this.#opened) await this.#load(parameters);
      if (parameters.get('from') === 'tray' && this.house.tray.items[0]) this.#showItem(this.house.tray.items[0]);
      else if (parameters.has('digit')) await this.#choose(Number(parameters.get('digit')));
      if (this.#description?.tsne.state === 'running') this.tsne.show(this.#description.tsne);
    } catch (error) {
      this.waiting.hidden = true;
      this.trouble.show(error);
    }
  }

  leave() {
    this.tsne.stop();
    clearTimeout(this.trusting);
  }

  async #load(parameters) {
    const [description, decoder] = await Promise.all([getJson(`${this.model.path}/map`), this.model.decoder()]);
    this.#description = description;
    this.decoder = decoder;
    if (this.model.latentSize === 2) this.view.setGround(decoder);
    const wanted = parameters.get('view') === 'tsne' && description.tsne.state === 'ready' ? 'tsne' : 'pca';
    const hidden = (parameters.get('hide') ?? '').split('.').filter(Boolean).map(Number);
    await this.#open(wanted, hidden);
    const [x, y, zoom] = (parameters.get('at') ?? '').split(',').map(Number);
    if (Number.isFinite(x + y + zoom) && parameters.has('at')) {
      this.view.camera.lookAt(x, y, zoom);
      this.view.moved();
    }
    this.#opened = true;
  }

  /** Shows one of the projections; t-SNE only where it is ready. */
  async #open(name, hidden = [...this.legend.hidden]) {
    const tsne = this.#description.tsne;
    this.tsne.show(name === 'tsne' ? tsne : { ...tsne, state: 'ready' });
    this.#viewName = name;
    this.projections.show(name);
    if (name === 'tsne' && tsne.state !== 'ready') return;
    this.waiting.hidden = false;
    try {
      const [bytes, codes] = await Promise.all([
        getBytes(`${this.model.path}/map/${name}`), name === 'tsne' ? this.model.codes() : null]);
      if (this.#viewName !== name) return;
      this.points = new Points(bytes);
      this.projection = codes ? new Neighbours(this.points, codes, this.model.latentSize) : new Plane(this.#description.pca);
      Object.assign(this.view.scene, { chosen: null, cursor: null, line: null, lasso: null });
      const nameOf = (label) => this.model.labelName(label);
      this.view.setPoints(this.points, classNames(this.points, nameOf));
      this.legend.show(this.points.classes, nameOf, hidden);
      this.view.setHidden(this.legend.hidden);
      this.#summarize();
      this.#remember();
    } finally {
      this.waiting.hidden = true;
    }
  }

  #described(description) {
    const before = this.#description.tsne.state;
    this.#description = description;
    if (this.#viewName === 'tsne' && description.tsne.state === 'ready' && before !== 'ready') this.#open('tsne').catch((error) => this.trouble.show(error));
    else if (this.#viewName === 'tsne') this.tsne.show(description.tsne);
  }

  /** Trustworthiness comes a little after the map: it is asked for until it is there. */
  #summarize(tries = TRUST_TRIES) {
    const { trustworthiness } = this.#description[this.#viewName];
    clearTimeout(this.trusting);
    if (trustworthiness === null && tries > 0) {
      this.trusting = setTimeout(async () => {
        this.#description = await getJson(`${this.model.path}/map`).catch(() => this.#description);
        this.#summarize(tries - 1);
      }, TRUST_MS);
    }
    const kind = this.#viewName === 'tsne' ? 't-SNE' : this.model.latentSize === 2 ? 'The latent space itself' : 'PCA';
    const kept = Number.isFinite(trustworthiness)
      ? ` Trustworthiness ${fixed(trustworthiness, 3)}: 1 where neighbours on the map are neighbours in the latent space.` : '';
    this.summary.textContent = `${kind}, ${whole(this.points.count)} images.${kept}`;
  }

  #zoom(factor) {
    this.tools.zoom(this.view.camera.width / 2, this.view.camera.height / 2, factor);
  }

  #walked(place, screen) {
    if (!this.projection) return;
    const started = performance.now();
    this.#place = place;
    const pixels = this.decoder.decode(this.projection.toCode(...place));
    this.panel.walked(pixels, place);
    paint(this.loupe, pixels, this.model.width, this.model.height);
    this.loupe.hidden = false;
    this.loupe.style.setProperty('left', `${screen[0]}px`);
    this.loupe.style.setProperty('top', `${screen[1]}px`);
    this.loupe.classList.toggle('below', screen[1] < this.view.camera.height * 0.35);
    performance.measure('elbo-walk', { start: started, end: performance.now() });
  }

  async #hovered(index) {
    if (index === null) return this.panel.hovered(null, 'point at one');
    const text = `image ${index}: ${this.model.labelName(this.points.labels[index])}`;
    const pixels = await this.model.digits.get(index).catch(() => null);
    if (this.view.scene.hovered !== index) return;
    this.panel.hovered(pixels, text);
    if (document.activeElement === this.view.front) this.house.say(`Near ${text}`);
  }

  #clicked(index, cleared) {
    if (cleared || index === null) {
      this.view.scene.chosen = null;
      this.panel.forget();
      if (cleared) [this.film.hide(), this.panel.emptyLasso()];
      this.chosenIndex = undefined;
      this.#remember();
    } else {
      this.#choose(index).catch((error) => this.trouble.show(error));
    }
  }

  /** Encodes an image of the map: its posterior is shown as an ellipse. */
  async #choose(index) {
    if (!(index >= 0 && index < this.model.digits.count)) return;
    const pixels = await this.model.digits.get(index);
    const { mean, log_variance: logVariance } = await postFloats(`${this.model.path}/encode`, toFloats(pixels));
    this.chosenIndex = index;
    this.chosenName = `test image ${index}`;
    const label = index < this.points.count ? this.model.labelName(this.points.labels[index]) : '';
    this.#showChosen(mean[0], logVariance[0], pixels, `Image ${index}${label ? `, class ${label}` : ''}.`, true);
    this.#remember();
  }

  #showItem(item) {
    this.chosenIndex = undefined;
    this.chosenName = item.name;
    this.#showChosen(item.code, item.logVariance, this.decoder.decode(item.code), `From another room: ${item.name}.`, false);
  }

  #showChosen(mean, logVariance, pixels, text, digit) {
    this.#chosenCode = mean;
    const spread = logVariance
      ? this.projection.spread(mean, logVariance) : { place: this.projection.place(mean), covariance: null };
    this.view.scene.chosen = spread;
    this.panel.choose(pixels, text + (spread.covariance ? ' The ellipse is one σ of its posterior.' : ''), digit);
    this.view.ask();
  }

  #lined(ends) {
    this.film.show(...ends.map((place) => this.projection.toCode(...place)), this.decoder);
    this.house.say('The strip along the line is shown under the map.');
  }

  async #lassoed(polygon) {
    const found = members(polygon, this.points, this.view.shows);
    if (!found.length) {
      this.panel.emptyLasso();
      this.house.say('The lasso holds no image.');
      return;
    }
    try {
      const codes = await this.model.codes();
      const { mean, distance } = meanOf(found, codes, this.model.latentSize);
      this.meanCode = mean;
      this.panel.showLasso({
        mean: this.decoder.decode(mean), spread: pixelSpread(found, codes, this.decoder), distance, count: found.length,
        labels: countLabels(found, this.points.labels),
      });
      this.house.say(`The lasso holds ${found.length} images.`);
    } catch (error) {
      this.trouble.show(error);
    }
  }

  #send(code, name) {
    this.house.tray.add(code, name);
    this.house.go('dials', { from: 'tray' });
  }

  #remember() {
    const { camera } = this.view;
    const moved = Math.abs(camera.zoom - 1) > 1e-3 || camera.x !== camera.home?.x;
    this.house.remember('map', {
      view: this.#viewName === 'tsne' ? 'tsne' : '',
      at: moved ? [camera.x, camera.y, camera.zoom].map((value) => value.toFixed(3)).join(',') : '',
      hide: [...this.legend.hidden].join('.'),
      digit: this.chosenIndex ?? '',
    });
  }
}
