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

  /** Puts a code in front; `name` tells where it comes from, `label` the class that a conditional model decodes it as. */
  add(code, name, label = -1) {
    const item = { code: Float32Array.from(code), name, label };
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

  #changed() {
    try {
      const kept = this.#items.map((item) => [codeToText(item.code), item.name, item.label]);
      sessionStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // Without storage the tray lasts as long as the page.
    }
    this.#listeners.forEach((listener) => listener());
  }

  #read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key) ?? '[]')
        .map(([text, name, label]) => ({ code: textToCode(text, this.model.latentSize), name, label }))
        .filter((item) => item.code);
    } catch {
      return [];
    }
  }
}
