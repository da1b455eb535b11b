/** Codes that one room sends to another, kept while the browser's tab is open. */
import { codeToText, textToCode } from './packing.js';

const KEY = 'elbo-tray';
const MOST = 12;

export class Tray {
  #items;
  #listeners = new Set();

  constructor(model) {
    this.model = model;
    this.key = `${KEY}-${model.id}`;
    this.#items = this.#read();
  }

  get items() {
    return this.#items;
  }

  /** The item of an id as an address gives it; undefined where it is gone. */
  find(id) {
    return this.#items.find((item) => String(item.id) === id);
  }

  /**
   * Puts a code in front; `name` tells where it comes from, `label` the class that a conditional model
   * decodes it as, `logVariance` its posterior's where it is a mean.
   */
  add(code, name, label = -1, logVariance = null) {
    const id = 1 + Math.max(0, ...this.#items.map((each) => each.id));
    const item = { id, code: Float32Array.from(code), name, label, logVariance: logVariance && Float32Array.from(logVariance) };
    this.#items = [item, ...this.#items].slice(0, MOST);
    this.#changed();
    return item;
  }

  remove(item) {
    this.#items = this.#items.filter((each) => each !== item);
    this.#changed();
  }

  onChange(listener) {
    this.#listeners.add(listener);
  }

  #codeOf(text) {
    return textToCode(text, this.model.latentSize);
  }

  #changed() {
    try {
      const kept = this.#items.map(({ id, code, name, label, logVariance }) => [id, codeToText(code), name, label, logVariance && codeToText(logVariance)]);
      sessionStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // Without storage the tray lasts as long as the page.
    }
    this.#listeners.forEach((listener) => listener());
  }

  #read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key) ?? '[]')
        .map(([id, text, name, label, variance]) => ({ id, code: this.#codeOf(text), name, label, logVariance: this.#codeOf(variance) }))
        .filter((item) => item.code);
    } catch {
      return [];
    }
  }
}
