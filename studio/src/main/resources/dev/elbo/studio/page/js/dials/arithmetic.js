/** A − B + C with codes that other rooms have sent; the tray holds them. */
import { button, card, element } from '../dom.js';
import { paint } from '../pictures.js';

const SLOTS = ['A', 'B', 'C'];

export class Arithmetic {
  #slots = new Map();

  /** @param set with a code, what to call it, and its class */
  constructor(house, set) {
    this.house = house;
    this.model = house.model;
    this.set = set;
    this.places = SLOTS.map((name) => ({
      name,
      picture: element('canvas', { class: 'picture', role: 'img', 'aria-label': `${name}: empty` }),
    }));
    this.sum = element('canvas', { class: 'picture', role: 'img', 'aria-label': 'A − B + C: not yet' });
    this.use = button('Use it', () => this.set(this.#result(), 'A − B + C', this.#slots.get('A').label), { disabled: true, 'data-do': 'use-sum' });
    this.tray = element('ul', { class: 'tray' });
    this.empty = element('p', { class: 'soft', text:
      'Nothing here yet. “Send to Dials” in Draw, Map and Samples brings images here; “Keep” does so with the dials.' });
    const term = (sign, place) => element('span', { class: 'term' },
      element('span', { class: 'sign', 'aria-hidden': 'true', text: sign }),
      element('figure', { class: 'tile' }, place.picture, element('figcaption', { text: place.name })));
    this.element = card('Arithmetic',
      element('div', { class: 'sum' }, term('', this.places[0]), term('−', this.places[1]), term('+', this.places[2]),
        term('=', { picture: this.sum, name: 'result' })),
      element('div', { class: 'row spaced' }, this.use, button('Empty', () => this.#clear(), { class: 'plain' })),
      element('h3', { class: 'spaced', text: 'From the other rooms' }), this.empty, this.tray);
    house.tray.onChange(() => this.show());
    this.#blank();
    this.show();
  }

  #blank() {
    const blank = new Uint8Array(this.model.pixels);
    [...this.places.map((place) => place.picture), this.sum].forEach((picture) => paint(picture, blank, this.model.width, this.model.height));
  }

  async show() {
    const { items } = this.house.tray;
    this.empty.hidden = items.length > 0;
    if (!items.length) {
      this.tray.replaceChildren();
      return;
    }
    const decoder = await this.model.decoder();
    this.tray.replaceChildren(...items.map((item) => this.#item(item, decoder)));
  }

  #item(item, decoder) {
    const picture = element('canvas', { class: 'picture', 'aria-hidden': 'true' });
    paint(picture, decoder.decode(item.code, item.label), this.model.width, this.model.height);
    const open = element('button', { type: 'button', class: 'bare', title: item.name, 'aria-label': `Set the dials to ${item.name}` }, picture);
    open.addEventListener('click', () => this.set(item.code, item.name, item.label));
    const slots = SLOTS.map((name) =>
      button(name, () => this.#put(name, item, decoder), { class: 'small slot', 'aria-label': `${item.name} as ${name}` }));
    const away = button('×', () => this.house.tray.remove(item), { class: 'small slot', 'aria-label': `Take ${item.name} away` });
    return element('li', {}, open, element('div', { class: 'slots' }, slots, away));
  }

  #put(name, item, decoder) {
    this.#slots.set(name, item);
    const place = this.places.find((each) => each.name === name);
    paint(place.picture, decoder.decode(item.code, item.label), this.model.width, this.model.height);
    place.picture.setAttribute('aria-label', `${name}: ${item.name}`);
    const ready = SLOTS.every((each) => this.#slots.has(each));
    this.use.disabled = !ready;
    if (ready) {
      paint(this.sum, decoder.decode(this.#result(), this.#slots.get('A').label), this.model.width, this.model.height);
      this.sum.setAttribute('aria-label', 'A − B + C, decoded');
    }
    this.house.say(`${item.name} is ${name}.`);
  }

  #result() {
    const [a, b, c] = SLOTS.map((name) => this.#slots.get(name).code);
    return a.map((value, d) => value - b[d] + c[d]);
  }

  #clear() {
    this.#slots.clear();
    this.use.disabled = true;
    this.#blank();
  }
}
