/** Map: the latent space as a landscape one can walk through. */
import { getBytes, getJson } from '../api.js';
import { button, element, heading, segments, trouble } from '../dom.js';
import { bindGestures } from '../map/gestures.js';
import { Legend } from '../map/legend.js';
import { Points } from '../map/points.js';
import { Neighbours, Plane } from '../map/projection.js';
import { TOOLS, Tools } from '../map/tools.js';
import { TsneWatch } from '../map/tsne.js';
import { classNames, MapView } from '../map/view.js';
import { Walks } from '../map/walks.js';
import { fixed, whole } from '../numbers.js';
import { here } from '../router.js';

const HELP = {
  walk: 'Drag: the image under the pointer is decoded as you go. Click a point to choose it and see its posterior.',
  line: 'Drag from one place to another, or click both: the images between them become a strip.',
  lasso: 'Draw around points: their mean and spread are decoded.',
  move: 'Drag moves the map. Everywhere: the wheel or two fingers zoom, shift and drag moves.',
};
const KEYS =
  'Keys on the map: arrows walk, with shift they move the map, + − zoom, 0 shows all, Enter chooses, Escape clears; in a lasso Enter sets corners, c closes it.';
const TRUST_MS = 1000;
const TRUST_TRIES = 30;
/** What of an address says how the map lies. */
const PLACED = ['view', 'at', 'hide'];

export class MapRoom {
  #description = null;
  /** The projection that is chosen, and the one that is drawn: a t-SNE may be still to come. */
  #viewName = 'pca';
  #drawn = 'pca';
  #turn = 0;

  constructor(house) {
    this.house = house;
    this.model = house.model;
    this.trouble = trouble();
    this.waiting = element('p', { class: 'waiting over', text: 'The map is being read …' });
    this.summary = element('p', { class: 'soft', id: 'map-summary' });
    this.help = element('p', { class: 'soft', text: HELP.walk });
    this.legend = new Legend((hidden) => {
      this.view.setHidden(hidden);
      this.#remember();
    });
    this.tsne = new TsneWatch(this.model, (described) => this.#described(described), (error) => this.trouble.show(error));
    this.view = new MapView(this.model, here().parameters.get('renderer') === 'canvas');
    this.walks = new Walks(house, this.view, { remember: () => this.#remember(), failed: (error) => this.trouble.show(error) });
    this.tools = new Tools(this.view, this.walks, () => this.#remember());
    bindGestures(this.view.front, this.tools);
    this.element = this.#build();
  }

  #build() {
    const first = this.model.latentSize === 2 ? 'Latent space' : 'PCA';
    this.projections = segments('Projection', [['pca', first], ['tsne', 't-SNE']], 'pca', (name) => this.#open(name));
    const tools = segments('What dragging does', TOOLS, 'walk', (tool) => {
      this.tools.use(tool);
      this.help.textContent = HELP[tool];
    });
    const zooms = element('div', { class: 'zooms' },
      button('+', () => this.#zoom(1.5), { class: 'icon', 'aria-label': 'Nearer' }),
      button('−', () => this.#zoom(1 / 1.5), { class: 'icon', 'aria-label': 'Farther' }),
      button('All', () => this.tools.home(), { class: 'icon', 'aria-label': 'Show all of the map' }));
    this.view.element.append(this.waiting, this.walks.loupe, zooms, this.tsne.element);
    return element('div', { class: 'map-room' },
      heading('Map', 'Every image where its code lies. Walk through it, and the decoder paints what is there.'),
      this.trouble.element,
      element('div', { class: 'columns map-columns' },
        element('section', { class: 'card stack', 'aria-label': 'Map' },
          element('div', { class: 'row spread' }, this.projections.element, tools.element),
          this.view.element, this.legend.element, this.summary, this.help,
          element('p', { class: 'soft', id: 'map-help', text: KEYS })),
        this.walks.panel.element),
      this.walks.film.element);
  }

  get panel() {
    return this.walks.panel;
  }

  async enter(parameters) {
    this.present = true;
    const turn = ++this.#turn;
    try {
      if (!this.#description) await this.#load();
      if (turn !== this.#turn) return;
      const told = PLACED.some((name) => parameters.has(name));
      if (told || !this.points) await this.#place(parameters);
      if (turn !== this.#turn) return;
      const sent = this.house.tray.find(parameters.get('tray'));
      if (sent) this.walks.showItem(sent);
      else if (parameters.has('digit')) await this.walks.choose(Number(parameters.get('digit')));
      if (turn !== this.#turn) return;
      if (this.#viewName === 'tsne') this.tsne.show(this.#description.tsne);
      if (this.points) this.#summarize();
      this.#remember();
    } catch (error) {
      if (turn !== this.#turn) return;
      this.waiting.hidden = true;
      this.trouble.show(error);
    }
  }

  leave() {
    this.present = false;
    this.#turn++;
    this.tsne.stop();
    clearTimeout(this.trusting);
  }

  async #load() {
    const [description, decoder] = await Promise.all([getJson(`${this.model.path}/map`), this.model.decoder(), this.model.ready()]);
    this.decoder = decoder;
    this.#description = description;
  }

  /** Shows what an address says; what it leaves out is as on a map that nobody has touched. */
  async #place(parameters) {
    const wanted = parameters.get('view') === 'tsne' ? 'tsne' : 'pca';
    const hidden = (parameters.get('hide') ?? '').split('.').filter(Boolean).map(Number);
    const comes = wanted === 'tsne' && this.#description.tsne.state !== 'ready';
    if (!this.points || !(comes || wanted === this.#drawn)) await this.#show(comes ? 'pca' : wanted, hidden);
    if (!this.present) return;
    if (wanted !== this.#viewName) await this.#show(wanted, hidden);
    this.#hide(hidden);
    const [x, y, zoom] = (parameters.get('at') ?? '').split(',').map(Number);
    if (parameters.has('at') && Number.isFinite(x + y + zoom)) this.view.camera.lookAt(x, y, zoom);
    else this.view.camera.reset();
    this.view.moved();
  }

  #hide(hidden) {
    this.legend.show(this.points.classes, (label) => this.model.labelName(label), hidden);
    this.view.setHidden(this.legend.hidden);
  }

  #open(name) {
    this.#show(name, [...this.legend.hidden]).catch((error) => this.trouble.show(error));
  }

  /** Shows one of the projections; t-SNE only where it is ready, else how it comes to be. */
  async #show(name, hidden) {
    const { tsne, pca } = this.#description;
    this.#viewName = name;
    this.projections.show(name);
    if (name === 'tsne') this.tsne.show(tsne);
    else this.tsne.hide();
    if (name === 'tsne' && tsne.state !== 'ready') {
      this.#remember();
      return;
    }
    this.waiting.hidden = false;
    try {
      const [bytes, codes] = await Promise.all([getBytes(`${this.model.path}/map/${name}`), name === 'tsne' ? this.model.codes() : null]);
      if (this.#viewName !== name) return;
      this.#drawn = name;
      this.points = new Points(bytes);
      this.walks.setMap(this.points, codes ? new Neighbours(this.points, codes, this.model.latentSize) : new Plane(pca), this.decoder);
      const nameOf = (label) => this.model.labelName(label);
      this.view.setPoints(this.points, classNames(this.points, nameOf));
      const isLatent = name === 'pca' && this.model.latentSize === 2;
      this.view.setGround(isLatent ? this.decoder : null, (place) => this.walks.labelAt(place));
      this.#hide(hidden);
      this.#summarize();
      this.#remember();
    } finally {
      this.waiting.hidden = true;
    }
  }

  #described(description) {
    const before = this.#description.tsne.state;
    this.#description = description;
    if (this.#viewName !== 'tsne') return;
    if (description.tsne.state === 'ready' && before !== 'ready') this.#open('tsne');
    else this.tsne.show(description.tsne);
  }

  /** Trustworthiness comes a little after the map: it is asked for until it is there. */
  #summarize(tries = TRUST_TRIES) {
    const { trustworthiness } = this.#description[this.#drawn];
    clearTimeout(this.trusting);
    if (!this.present) return;
    if (!Number.isFinite(trustworthiness) && tries > 0) {
      this.trusting = setTimeout(async () => {
        this.#description = await getJson(`${this.model.path}/map`).catch(() => this.#description);
        this.#summarize(tries - 1);
      }, TRUST_MS);
    }
    const kind = this.#drawn === 'tsne' ? 't-SNE' : this.model.latentSize === 2 ? 'The latent space itself' : 'PCA';
    const kept = Number.isFinite(trustworthiness)
      ? ` Trustworthiness ${fixed(trustworthiness, 3)}: 1 where neighbours on the map are neighbours in the latent space.`
      : tries > 0 ? ' Its trustworthiness is being measured …' : ' Its trustworthiness is not measured yet: enter the room again to ask for it.';
    this.summary.textContent = `${kind}, ${whole(this.points.count)} images.${kept}`;
  }

  #zoom(factor) {
    this.tools.zoom(this.view.camera.width / 2, this.view.camera.height / 2, factor);
  }

  #remember() {
    const { camera } = this.view;
    const moved = Math.abs(camera.zoom - 1) > 1e-3 || camera.x !== camera.home?.x;
    this.house.remember('map', {
      view: this.#viewName === 'tsne' ? 'tsne' : '',
      at: moved ? [camera.x, camera.y, camera.zoom].map((value) => value.toFixed(3)).join(',') : '',
      hide: [...this.legend.hidden].join('.'),
      digit: this.walks.chosenIndex ?? '',
      tray: this.walks.sent ?? '',
    });
  }
}
