/** Reconstructions and fixed-noise samples of each epoch, with a slider over time. */
import { address } from '../api.js';
import { card, element } from '../dom.js';

const KINDS = [['reconstructions', 'Reconstructions, beside their originals'], ['samples', 'Samples from the same noise']];

export class EpochPictures {
  #run = null;
  #epochs = [];
  #follow = true;
  #shown = null;

  constructor() {
    this.slider = element('input', { type: 'range', min: 0, max: 0, value: 0, step: 1, 'aria-label': 'Epoch of the pictures', id: 'epoch-slider' });
    this.slider.addEventListener('input', () => {
      this.#follow = Number(this.slider.value) === this.#epochs.length - 1;
      this.#show();
    });
    this.text = element('output', { class: 'value', text: '–' });
    this.empty = element('p', { class: 'empty', text: 'Pictures come after the first epoch.' });
    this.images = KINDS.map(([kind, title]) => ({ kind, title, image: element('img', { class: 'epoch-picture', alt: '', decoding: 'async' }) }));
    this.body = element('div', { class: 'stack', hidden: true },
      element('div', { class: 'scrub' }, element('span', { class: 'soft', text: 'Epoch' }), this.slider, this.text),
      element('div', { class: 'two' }, this.images.map(({ title, image }) => element('figure', {}, element('h3', { text: title }), image))));
    this.element = card('Epoch by epoch', this.empty, this.body);
  }

  /** @param epochs those that have pictures */
  show(run, epochs) {
    const sorted = [...epochs].sort((a, b) => a - b);
    if (run !== this.#run) {
      this.#run = run;
      this.#follow = true;
      this.#shown = null;
    } else if (sorted.length === this.#epochs.length) {
      return;
    }
    this.#epochs = sorted;
    this.empty.hidden = sorted.length > 0;
    this.body.hidden = sorted.length === 0;
    this.slider.max = Math.max(0, sorted.length - 1);
    if (this.#follow) this.slider.value = this.slider.max;
    this.#show();
  }

  #show() {
    const epoch = this.#epochs[Number(this.slider.value)];
    if (epoch === undefined || this.#shown === epoch) return;
    this.#shown = epoch;
    this.text.textContent = epoch;
    this.slider.setAttribute('aria-valuetext', `epoch ${epoch}`);
    for (const { kind, title, image } of this.images) {
      image.src = address(`/runs/${this.#run}/epochs/${epoch}/${kind}.png`);
      image.alt = `${title}, epoch ${epoch}`;
    }
  }
}
