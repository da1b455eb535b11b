/** What is seen on the way: the decoded place, the chosen image and its posterior, a line's film, a lasso's mean. */
import { postFloats } from '../api.js';
import { canvas } from '../dom.js';
import { paint, toFloats } from '../pictures.js';
import { Film } from './film.js';
import { countLabels, meanOf, members, pixelSpread } from './lasso.js';
import { Panel } from './panel.js';

export class Walks {
  #place = null;
  #chosenCode = null;
  #chosenName = '';
  #chosenLabel = -1;
  #meanCode = null;
  #meanLabel = -1;
  /** Raised by what makes an answer under way come too late. */
  #choices = 0;
  #lassos = 0;

  /** @param told remember() where the view has changed, failed(error) */
  constructor(house, view, told) {
    this.house = house;
    this.model = house.model;
    this.view = view;
    this.told = told;
    this.loupe = canvas('', { class: 'loupe picture', hidden: true, 'aria-hidden': 'true' });
    this.film = new Film(this.model, (code, label) => this.#send(code, 'a place on a line', label));
    this.panel = new Panel(this.model, {
      sendPlace: () => this.#send(this.projection.toCode(...this.#place), 'a place on the map', this.labelAt(this.#place)),
      sendChosen: () => this.#send(this.#chosenCode, this.#chosenName, this.#chosenLabel),
      openChosen: () => house.go('draw', { digit: this.chosenIndex }),
      sendMean: () => this.#send(this.#meanCode, 'the mean of a lasso', this.#meanLabel),
    });
    view.front.addEventListener('blur', () => this.rested());
  }

  /** Another projection: what was drawn on the one before means nothing here. */
  setMap(points, projection, decoder) {
    this.#choices++;
    this.#lassos++;
    Object.assign(this, { points, projection, decoder });
    Object.assign(this.view.scene, { chosen: null, cursor: null, line: null, lasso: null });
  }

  /** @param time when the pointer moved, for the browser's own record of how long its pixels took */
  walked(place, screen, time) {
    if (!this.projection) return;
    this.#place = place;
    const pixels = this.decoder.decode(this.projection.toCode(...place), this.labelAt(place));
    this.panel.walked(pixels, place);
    paint(this.loupe, pixels, this.model.width, this.model.height);
    this.loupe.hidden = false;
    this.loupe.style.setProperty('left', `${screen[0]}px`);
    this.loupe.style.setProperty('top', `${screen[1]}px`);
    this.loupe.classList.toggle('below', screen[1] < this.view.camera.height * 0.35);
    if (time) requestAnimationFrame(() => performance.measure('elbo-walk', { start: time, end: performance.now() }));
  }

  /** The pointer has let go. */
  rested() {
    this.loupe.hidden = true;
  }

  /** A conditional model decodes a place as an image of the class that lies nearest. */
  labelAt(place) {
    if (!this.model.conditional) return -1;
    const [nearest] = this.points.nearest(...place, 1, this.view.shows);
    return nearest ? this.points.labels[nearest.index] : 0;
  }

  async hovered(index) {
    if (index === null) {
      this.panel.hovered(null, 'point at one');
      return;
    }
    const text = `image ${index}: ${this.model.labelName(this.points.labels[index])}`;
    const pixels = await this.model.digits.get(index).catch(() => null);
    if (this.view.scene.hovered !== index) return;
    this.panel.hovered(pixels, text);
    if (document.activeElement === this.view.front) this.house.say(`Near ${text}`);
  }

  /** @param index null where there was no point @param cleared whether everything goes */
  chosen(index, cleared) {
    if (index !== null) {
      this.choose(index).catch(this.told.failed);
      return;
    }
    this.#choices++;
    this.view.scene.chosen = null;
    this.chosenIndex = undefined;
    this.sent = undefined;
    this.panel.forget();
    if (cleared) {
      this.#lassos++;
      this.film.hide();
      this.panel.emptyLasso();
    }
    this.told.remember();
  }

  /** Encodes an image of the map: its posterior is shown as an ellipse. */
  async choose(index) {
    if (!(index >= 0 && index < this.model.digits.count)) return;
    const turn = ++this.#choices;
    const pixels = await this.model.digits.get(index);
    const label = this.model.conditional ? this.points.labels[index] : '';
    const { mean, log_variance: logVariance } = await postFloats(`${this.model.path}/encode`, toFloats(pixels), { label });
    if (turn !== this.#choices) return;
    this.chosenIndex = index;
    this.sent = undefined;
    this.#chosenName = `image ${index}`;
    this.#chosenLabel = label === '' ? -1 : label;
    const name = index < this.points.count ? `, class ${this.model.labelName(this.points.labels[index])}` : '';
    this.#show(mean[0], logVariance[0], pixels, `Image ${index}${name}.`, true);
    this.told.remember();
  }

  /** A code that another room has sent. */
  showItem(item) {
    this.#choices++;
    this.chosenIndex = undefined;
    this.sent = item.id;
    this.#chosenName = item.name;
    this.#chosenLabel = item.label;
    this.#show(item.code, item.logVariance, this.decoder.decode(item.code, item.label), `From another room: ${item.name}.`, false);
  }

  #show(mean, logVariance, pixels, text, digit) {
    this.#chosenCode = mean;
    const spread = logVariance
      ? this.projection.spread(mean, logVariance) : { place: this.projection.place(mean), covariance: null };
    this.view.scene.chosen = spread;
    this.panel.choose(pixels, text + (spread.covariance ? ' The ellipse is one σ of its posterior.' : ''), digit);
    this.view.ask();
  }

  lined(ends) {
    this.film.show(...ends.map((place) => this.projection.toCode(...place)), this.decoder, this.labelAt(ends[0]));
    this.house.say('The strip along the line is shown under the map.');
  }

  async lassoed(polygon) {
    const turn = ++this.#lassos;
    const found = members(polygon, this.points, this.view.shows);
    if (!found.length) {
      this.panel.emptyLasso();
      this.house.say('The lasso holds no image.');
      return;
    }
    try {
      const codes = await this.model.codes();
      if (turn !== this.#lassos) return;
      const { mean, distance } = meanOf(found, codes, this.model.latentSize);
      const labels = countLabels(found, this.points.labels);
      this.#meanCode = mean;
      this.#meanLabel = this.model.conditional ? labels[0][0] : -1;
      this.panel.showLasso({
        mean: this.decoder.decode(mean, this.#meanLabel), distance, count: found.length, labels,
        spread: pixelSpread(found, codes, this.decoder, (i) => (this.model.conditional ? this.points.labels[i] : -1)),
      });
      this.house.say(`The lasso holds ${found.length} images.`);
    } catch (error) {
      this.told.failed(error);
    }
  }

  #send(code, name, label) {
    const { id } = this.house.tray.add(code, name, label);
    this.house.go('dials', { tray: id });
  }
}
