/** Beside the map: what is under the pointer, what is chosen, what a lasso holds. */
import { button, canvas, card, element } from '../dom.js';
import { fixed, whole } from '../numbers.js';
import { paint } from '../pictures.js';

export class Panel {
  #walked = canvas('Decoded image under the pointer', { class: 'picture', id: 'walked' });
  #hovered = canvas('No image under the pointer', { class: 'picture' });
  #walkedText = element('figcaption', { text: 'drag on the map' });
  #hoveredText = element('figcaption', { text: 'point at one' });
  #chosen = canvas('Nothing chosen', { class: 'picture' });
  #chosenText = element('p', { class: 'soft' });
  #mean = canvas('Mean of the lasso', { class: 'picture' });
  #spread = canvas('Spread of the lasso', { class: 'picture' });
  #lassoText = element('p', { class: 'soft' });

  /** @param act sendPlace(), sendChosen(), openChosen(), sendMean() */
  constructor(model, act) {
    this.model = model;
    this.here = card('Here',
      element('div', { class: 'pair' }, figure(this.#walked, this.#walkedText), figure(this.#hovered, this.#hoveredText)),
      element('div', { class: 'row spaced' }, (this.sendPlace = button('Send to Dials', act.sendPlace, { disabled: true }))));
    this.choice = card('Chosen',
      element('div', { class: 'beside' }, this.#chosen,
        element('div', { class: 'stack' }, this.#chosenText, element('div', { class: 'row' },
          button('Dials', act.sendChosen, { class: 'small' }), (this.openDraw = button('Draw', act.openChosen, { class: 'small' }))))));
    this.lasso = card('Lasso',
      element('div', { class: 'pair' },
        figure(this.#mean, element('figcaption', { text: 'mean' })), figure(this.#spread, element('figcaption', { text: 'spread, σ of each pixel' }))),
      this.#lassoText,
      element('div', { class: 'row spaced' }, button('Send the mean to Dials', act.sendMean)));
    this.choice.hidden = true;
    this.lasso.hidden = true;
    this.element = element('div', { class: 'stack' }, this.here, this.choice, this.lasso);
    const blank = new Uint8Array(model.pixels);
    [this.#walked, this.#hovered, this.#chosen, this.#mean, this.#spread].forEach((each) => this.#paint(each, blank));
  }

  #paint(picture, pixels) {
    paint(picture, pixels, this.model.width, this.model.height);
  }

  walked(pixels, [x, y]) {
    this.#paint(this.#walked, pixels);
    this.#walkedText.textContent = `decoded at ${fixed(x, 2)}, ${fixed(y, 2)}`;
    this.sendPlace.disabled = false;
  }

  hovered(pixels, text) {
    this.#paint(this.#hovered, pixels ?? new Uint8Array(this.model.pixels));
    this.#hovered.setAttribute('aria-label', text);
    this.#hoveredText.textContent = text;
  }

  /** @param digit whether it is an image of the map that Draw can show */
  choose(pixels, text, digit) {
    this.choice.hidden = false;
    this.#paint(this.#chosen, pixels);
    this.#chosen.setAttribute('aria-label', text);
    this.#chosenText.textContent = text;
    this.openDraw.hidden = !digit;
  }

  forget() {
    this.choice.hidden = true;
  }

  showLasso({ mean, spread, distance, count, labels }) {
    this.lasso.hidden = false;
    this.#paint(this.#mean, mean);
    this.#paint(this.#spread, spread);
    const shares = labels.slice(0, 4).map(([label, of]) => `${whole(of)} × ${this.model.labelName(label)}`).join(', ');
    this.#lassoText.textContent =
      `${whole(count)} images: ${shares}${labels.length > 4 ? ' and others' : ''}. Root mean square distance to the mean code: ${fixed(distance, 2)}.`;
  }

  emptyLasso() {
    this.lasso.hidden = true;
  }
}

function figure(picture, caption) {
  return element('figure', { class: 'tile' }, picture, caption);
}
