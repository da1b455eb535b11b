/** A model of the server: its description, and what the page fetches of it once. */
import { getBytes, getJson } from './api.js';
import { Decoder } from './decoder.js';
import { Digits } from './digits.js';

export class Model {
  #decoder;
  #codes;

  constructor(description) {
    this.description = description;
    this.id = description.id;
    this.path = `/models/${description.id}`;
    this.width = description.width;
    this.height = description.height;
    this.pixels = description.width * description.height;
    this.latentSize = description.latent_size;
    this.classes = description.classes ?? [];
    this.conditional = description.conditional;
    this.digits = new Digits(this);
    const byKl = [...description.dimensions].sort((a, b) => b.kl - a.kl);
    const active = byKl.filter((dimension) => dimension.active);
    /** Active dimensions, the most telling one first; all where none is active. */
    this.active = active.length ? active : byKl;
  }

  static async load(id) {
    return new Model(await getJson(`/models/${id}`));
  }

  /** Its decoder, from weights fetched once. */
  decoder() {
    this.#decoder ??= this.#once(async () => {
      const weights = new Float32Array(await getBytes(`${this.path}/weights`));
      return new Decoder(this.description.decoder, weights, this.description.output, this.latentSize);
    }, () => (this.#decoder = undefined));
    return this.#decoder;
  }

  /** Posterior means of the map's images, [count, latent]. */
  codes() {
    this.#codes ??= this.#once(
      async () => new Float32Array(await getBytes(`${this.path}/codes`)),
      () => (this.#codes = undefined),
    );
    return this.#codes;
  }

  /** What failed is asked for again the next time. */
  #once(task, forget) {
    const answer = task();
    answer.catch(forget);
    return answer;
  }

  labelName(label) {
    return this.classes[label] ?? (label === 255 ? 'no class' : String(label));
  }
}
