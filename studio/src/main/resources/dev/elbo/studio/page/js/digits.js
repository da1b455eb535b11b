/** The images that a model's map shows, fetched in blocks when one of a block is wanted. */
import { getBytes } from './api.js';

const BLOCK = 200;
const BLOCKS_KEPT = 100;

export class Digits {
  #model;
  #blocks = new Map();
  #coming = new Map();

  constructor(model) {
    this.#model = model;
  }

  get count() {
    return this.#model.description.images?.count ?? 0;
  }

  /** The bytes of image i where they are here, else null. */
  at(index) {
    const number = Math.floor(index / BLOCK);
    const block = this.#blocks.get(number);
    if (!block) return null;
    const start = (index - number * BLOCK) * this.#model.pixels;
    return block.subarray(start, start + this.#model.pixels);
  }

  /** The same, fetched. */
  async get(index) {
    await this.fetchBlock(index);
    return this.at(index);
  }

  /** The block of image i; at once where it is here. */
  async fetchBlock(index) {
    const number = Math.floor(index / BLOCK);
    if (this.#blocks.has(number)) return;
    if (!this.#coming.has(number)) {
      this.#coming.set(number, this.#fetch(number).finally(() => this.#coming.delete(number)));
    }
    await this.#coming.get(number);
  }

  async #fetch(number) {
    if (!this.count) throw new Error('The images of this model are not read yet.');
    const from = number * BLOCK;
    const count = Math.min(BLOCK, this.count - from);
    const bytes = await getBytes(`${this.#model.path}/digits`, { from, count });
    if (this.#blocks.size >= BLOCKS_KEPT) this.#blocks.delete(this.#blocks.keys().next().value);
    this.#blocks.set(number, new Uint8Array(bytes));
  }
}
