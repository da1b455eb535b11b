/** Codes as they were, to undo and redo; a drag of a dial is one step. */
const MOST = 200;

export class History {
  #past = [];
  #future = [];
  #open = false;

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  /** A change begins here, unless one is under way. */
  begin(code) {
    if (this.#open) return;
    this.#open = true;
    this.#future = [];
    this.#past.push(code.slice());
    if (this.#past.length > MOST) this.#past.shift();
  }

  end() {
    this.#open = false;
  }

  /** The code before the last change; null where there is none. */
  undo(now) {
    return this.#walk(this.#past, this.#future, now);
  }

  redo(now) {
    return this.#walk(this.#future, this.#past, now);
  }

  #walk(from, to, now) {
    this.end();
    if (!from.length) return null;
    to.push(now.slice());
    return from.pop();
  }
}
