/** A model of the server: its description, and what the page fetches of it once. */
import { getBytes, getJson } from './api.js';
import { Decoder } from './decoder.js';
import { Digits } from './digits.js';

/** Seconds that the server may wait before it answers. */
const WAIT_S = 10;
/** Between two questions where the answer came at once. */
const PAUSE_MS = 100;

export class Model {
  #decoder;
  #codes;
  #ready;

  constructor(description) {
    this.id = description.id;
    this.path = `/models/${description.id}`;
    this.width = description.width;
    this.height = description.height;
    this.pixels = description.width * description.height;
    this.latentSize = description.latent_size;
    this.conditional = description.conditional;
    this.digits = new Digits(this);
    this.#describe(description);
  }

  static async load(id) {
    return new Model(await getJson(`/models/${id}`));
  }

  #describe(description) {
    this.description = description;
    this.classes = description.classes ?? [];
    const measured = [...description.dimensions].sort((a, b) => b.kl - a.kl);
    const active = measured.filter((dimension) => dimension.active);
    const unknown = () => Array.from({ length: this.latentSize }, (_, index) => ({ index, kl: NaN }));
    /** Active dimensions, the most telling one first; all where none is active or none is measured yet. */
    this.active = active.length ? active : measured.length ? measured : unknown();
  }

  /** How many images there are to choose from; none before they are read. */
  get testCount() {
    const { images } = this.description;
    return images?.test_count ?? images?.count ?? 0;
  }

  get standsIn() {
    return this.description.images?.stands_in ?? false;
  }

  /** Once the test images are read and the dimensions measured, which takes some seconds after a server's start. */
  ready() {
    this.#ready ??= this.#once(async () => {
      while (this.description.preparing) {
        this.#describe(await getJson(this.path, { wait: WAIT_S }));
        if (this.description.preparing) await new Promise((done) => setTimeout(done, PAUSE_MS));
      }
    }, () => (this.#ready = undefined));
    return this.#ready;
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
