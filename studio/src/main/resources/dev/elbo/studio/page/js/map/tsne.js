/** The t-SNE map on the server: started, watched, ready. */
import { change, getJson } from '../api.js';
import { button, element } from '../dom.js';
import { fixed, whole } from '../numbers.js';

const POLL_MS = 500;

export class TsneWatch {
  #bar = element('progress', { max: '1', value: '0', 'aria-label': 'Progress of the t-SNE map' });
  #text = element('p', { class: 'soft' });

  /** @param changed with the map's new description */
  constructor(model, changed, failed) {
    this.model = model;
    this.changed = changed;
    this.failed = failed;
    this.start = button('Make the t-SNE map', () => this.#begin(), { class: 'main' });
    this.element = element('div', { class: 'tsne stack', hidden: true }, this.#text, this.start, this.#bar);
  }

  /** Shows how far it is; hidden where the map is ready. */
  show(tsne) {
    this.element.hidden = tsne.state === 'ready';
    this.start.hidden = tsne.state === 'running';
    this.#bar.hidden = tsne.state !== 'running';
    this.#bar.value = tsne.progress ?? 0;
    this.#text.textContent = tsne.state === 'running'
      ? `t-SNE of ${whole(tsne.count)} images: ${fixed((tsne.progress ?? 0) * 100, 0)}%. It goes on while you walk elsewhere.`
      : `A t-SNE map keeps neighbours together. It is made once from ${whole(tsne.count)} images, the same every time, and kept with the model.`;
    this.watching = true;
    clearTimeout(this.timer);
    if (tsne.state === 'running') this.timer = setTimeout(() => this.#poll(), POLL_MS);
  }

  hide() {
    this.element.hidden = true;
    this.stop();
  }

  stop() {
    this.watching = false;
    clearTimeout(this.timer);
  }

  async #begin() {
    try {
      this.start.disabled = true;
      await change(`${this.model.path}/map/tsne`);
      await this.#poll();
    } catch (error) {
      this.failed(error);
    } finally {
      this.start.disabled = false;
    }
  }

  async #poll() {
    try {
      const described = await getJson(`${this.model.path}/map`);
      if (this.watching) this.changed(described);
    } catch (error) {
      this.failed(error);
    }
  }
}
