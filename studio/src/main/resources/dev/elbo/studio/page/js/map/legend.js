/** The classes and their colours; a press hides or shows one. */
import { classColour } from '../colours.js';
import { button, element } from '../dom.js';
import { onTheme } from '../theme.js';

export class Legend {
  element = element('div', { class: 'legend', role: 'group', 'aria-label': 'Classes shown' });
  #buttons = new Map();

  /** @param changed with the set of hidden classes */
  constructor(changed) {
    this.changed = changed;
    this.hidden = new Set();
    onTheme(() => this.#colour());
  }

  show(classes, nameOf, hidden) {
    this.hidden = new Set(hidden.filter((label) => classes.includes(label)));
    this.#buttons = new Map(classes.map((label) => [label, this.#button(label, nameOf(label))]));
    const all = button('All', () => this.#set(new Set()), { class: 'small plain' });
    this.element.replaceChildren(...this.#buttons.values(), all);
    this.#colour();
    this.#press();
  }

  #button(label, name) {
    const made = element('button', { type: 'button', class: 'small', title: 'Press to hide or show; twice for this class alone' },
      element('i', { class: 'dot', 'aria-hidden': 'true' }), name);
    made.addEventListener('click', () => {
      const next = new Set(this.hidden);
      next.has(label) ? next.delete(label) : next.add(label);
      this.#set(next);
    });
    made.addEventListener('dblclick', () => this.#set(new Set([...this.#buttons.keys()].filter((each) => each !== label))));
    return made;
  }

  #set(hidden) {
    this.hidden = hidden;
    this.#press();
    this.changed(hidden);
  }

  #press() {
    this.#buttons.forEach((each, label) => each.setAttribute('aria-pressed', String(!this.hidden.has(label))));
  }

  #colour() {
    this.#buttons.forEach((each, label) => each.style.setProperty('--dot', classColour(label)));
  }
}
