/** Dials: a slider for each active latent dimension, the decoded image following. */
import { getJson } from '../api.js';
import { Arithmetic } from '../dials/arithmetic.js';
import { Dial } from '../dials/dial.js';
import { History } from '../dials/history.js';
import { Strips } from '../dials/strips.js';
import { button, canvas, card, element, heading, segments, trouble } from '../dom.js';
import { fixed } from '../numbers.js';
import { codeToText, textToCode } from '../packing.js';
import { paint } from '../pictures.js';

const LARGEST_SEED = 2 ** 31;

export class DialsRoom {
  #code;
  #label = 0;
  #decoder = null;
  #sampler;
  #history = new History();
  #untouched = true;

  constructor(house) {
    this.house = house;
    this.model = house.model;
    this.#code = new Float32Array(this.model.latentSize);
    this.#sampler = this.model.description.samplers.includes('mixture') ? 'mixture' : 'prior';
    this.trouble = trouble();
    this.image = canvas('Decoded image of the dials', { class: 'picture', id: 'dialled' });
    this.arithmetic = new Arithmetic(house, (code, name, label) => this.#set(code, name, label));
    paint(this.image, new Uint8Array(this.model.pixels), this.model.width, this.model.height);
    this.dials = [];
    this.table = element('div', { class: 'dials' });
    this.explanation = element('p', { class: 'soft', text: 'The latent dimensions are being measured …' });
    this.element = this.#build();
  }

  /** The dials themselves, once it is known which dimensions are active. */
  #makeDials() {
    this.dials = this.model.active.map((dimension, rank) =>
      new Dial(dimension, rank, (value) => this.#turned(dimension.index, value), () => this.#kept()));
    this.strips = new Strips(this.dials, this.model);
    this.table.replaceChildren(...this.dials.map((dial) => dial.element));
    const others = this.model.latentSize - this.dials.length;
    this.explanation.textContent =
      `Ordered by what they carry over the test set. ${others ? `${others} others are as good as unused and stay where they are. ` : ''}` +
      'Under each: the image as this dial goes from −3 to 3.';
  }

  #build() {
    const samplers = this.model.description.samplers.map((name) => [name, name === 'prior' ? 'Prior' : 'Mixture']);
    this.undo = button('Undo', () => this.#step(this.#history.undo(this.#code)), { disabled: true, 'data-do': 'undo' });
    this.redo = button('Redo', () => this.#step(this.#history.redo(this.#code)), { disabled: true });
    const left = element('div', { class: 'stack dials-side' },
      element('section', { class: 'card', 'aria-label': 'Image' }, this.image,
        element('div', { class: 'row spaced' },
          this.undo, this.redo, button('Zero', () => this.#set(this.#unlocked(() => 0), 'every dial at zero')),
          button('Keep', () => this.house.tray.add(this.#code, 'dials', this.#label), { title: 'Into the tray below' })),
        this.#classChoice(),
        element('div', { class: 'row spaced' },
          segments('Draw from', samplers, this.#sampler, (name) => (this.#sampler = name)).element,
          button('Randomise', () => this.#randomise(), { class: 'main', 'data-do': 'randomise' })),
        this.trouble.element),
      this.arithmetic.element);
    const right = card('Latent dimensions', this.explanation, this.table);
    return element('div', { class: 'dials-room' },
      heading('Dials', 'Turn one latent dimension at a time, or take images apart and add them up.'),
      element('div', { class: 'columns dials-columns' }, left, right));
  }

  #classChoice() {
    if (!this.model.conditional) return null;
    const choice = element('select', {}, this.model.classes.map((name, i) => element('option', { value: i, text: name })));
    choice.addEventListener('change', () => {
      this.#label = Number(choice.value);
      this.#show();
    });
    this.classSelect = choice;
    return element('label', { class: 'field spaced' }, element('span', { text: 'Class' }), choice);
  }

  async enter(parameters) {
    try {
      this.#decoder ??= await this.model.decoder();
      await this.model.ready();
      if (!this.dials.length) this.#makeDials();
    } catch (error) {
      this.trouble.show(error);
      return;
    }
    if (parameters.has('class') && this.classSelect) this.classSelect.value = this.#label = Number(parameters.get('class')) || 0;
    const given = textToCode(parameters.get('z'), this.model.latentSize);
    const sent = this.house.tray.find(parameters.get('tray'));
    if (sent) this.#set(sent.code, sent.name, sent.label);
    else if (given && codeToText(this.#code) !== parameters.get('z')) this.#set(given);
    else if (this.#untouched) await this.#first();
    else this.#show();
    this.#untouched = false;
  }

  leave() {
    this.strips?.stop();
  }

  /** A dial moves; the history keeps where it was when it was taken. */
  #turned(index, value) {
    this.#history.begin(this.#code);
    this.#code[index] = value;
    this.#show(index);
  }

  #kept() {
    this.#history.end();
    this.#buttons();
  }

  /** The code with each dial that is not locked set to what `value` says. */
  #unlocked(value) {
    const next = this.#code.slice();
    const locked = new Set(this.dials.filter((dial) => dial.locked).map((dial) => dial.index));
    for (let d = 0; d < next.length; d++) if (!locked.has(d)) next[d] = value(d);
    return next;
  }

  #set(code, name, label = -1) {
    if (label >= 0 && this.classSelect) this.classSelect.value = this.#label = label;
    this.#history.begin(this.#code);
    this.#history.end();
    this.#code = Float32Array.from(code);
    this.#show();
    if (name) this.house.say(`The dials show ${name}.`);
  }

  #step(code) {
    if (!code) return;
    this.#code = code;
    this.#show();
  }

  /** The first image that is seen is a draw, the same each time: all dials at zero show a blur. */
  async #first() {
    try {
      this.#code = Float32Array.from(await this.#draw(0));
    } catch (error) {
      this.trouble.show(error);
    }
    this.#show();
  }

  async #draw(seed) {
    const { codes } = await getJson(`${this.model.path}/sample`, {
      sampler: this.#sampler, n: 1, seed, label: this.model.conditional ? this.model.classes[this.#label] : '',
    });
    return codes[0];
  }

  async #randomise() {
    try {
      this.trouble.clear();
      const code = await this.#draw(Math.floor(Math.random() * LARGEST_SEED));
      this.#set(this.#unlocked((d) => code[d]), `a draw from the ${this.#sampler}`);
    } catch (error) {
      this.trouble.show(error);
    }
  }

  /** @param moving the dimension of the dial in hand, which needs no setting */
  #show(moving = -1) {
    const label = this.model.conditional ? this.#label : -1;
    paint(this.image, this.#decoder.decode(this.#code, label), this.model.width, this.model.height);
    for (const dial of this.dials) dial.show(this.#code[dial.index], dial.index === moving);
    this.strips.show(this.#decoder, this.#code, label);
    this.image.setAttribute('aria-label', 'Decoded image; the first dials: ' +
      this.dials.slice(0, 3).map((dial) => `dimension ${dial.index} at ${fixed(this.#code[dial.index], 2)}`).join(', '));
    this.#buttons();
    this.house.remember('dials', { z: codeToText(this.#code), class: this.model.conditional ? this.#label : '' });
  }

  #buttons() {
    this.undo.disabled = !this.#history.canUndo;
    this.redo.disabled = !this.#history.canRedo;
  }
}
