/** Train: start a training, watch any, lay several over one another. */
import { change, getJson } from '../api.js';
import { element, heading, trouble } from '../dom.js';
import { onTheme } from '../theme.js';
import { TrainForm } from '../train/form.js';
import { RunList } from '../train/run-list.js';
import { RunView } from '../train/run-view.js';
import { isGoing, RunWatch } from '../train/run-watch.js';

const LIST_MS = 4000;
/** A browser keeps six connections to one server; each live run takes one. */
const MOST_COMPARED = 3;

export class TrainRoom {
  #runs = [];
  #chosen = null;
  #compared = new Set();
  #watches = new Map();
  #asked = false;
  /** Raised at each coming and going: an answer to an earlier visit starts nothing. */
  #visit = 0;

  constructor(house) {
    this.house = house;
    this.trouble = trouble();
    this.list = new RunList((id) => this.#choose(id), (id, over) => this.#compare(id, over));
    this.view = new RunView((text) => house.say(text));
    this.empty = element('div', { class: 'card empty' },
      element('p', { text: 'No training yet. The first one, two epochs of pen digits, takes some seconds: choose the data set and press Start.' }));
    this.waiting = element('section', { class: 'card settings-waiting', 'aria-label': 'New training' },
      element('p', { class: 'waiting', text: 'The settings are being read …' }));
    this.side = element('div', { class: 'stack' }, this.trouble.element, this.list.element, this.waiting);
    this.main = element('div', { class: 'stack' }, this.empty);
    this.element = element('div', { class: 'train-room' },
      heading('Train', 'Start a training and watch it learn. Runs from the terminal appear here, too.'),
      element('div', { class: 'columns train-columns' }, this.side, this.main));
    onTheme(() => this.#ask());
  }

  async enter(parameters) {
    const visit = ++this.#visit;
    this.present = true;
    this.#compared = new Set((parameters.get('over') ?? '').split(',').filter(Boolean).slice(0, MOST_COMPARED));
    try {
      await Promise.all([this.#openForm(), this.#refresh()]);
      if (visit !== this.#visit) return;
      const wanted = parameters.get('run') ?? this.#chosen ?? this.#runs[0]?.id;
      if (wanted) this.#choose(wanted);
    } catch (error) {
      if (visit !== this.#visit) return;
      this.trouble.show(error);
    }
    clearInterval(this.timer);
    this.timer = setInterval(() => this.#refresh().catch(() => {}), LIST_MS);
  }

  leave() {
    this.#visit++;
    this.present = false;
    clearInterval(this.timer);
    this.#watches.forEach((watch) => watch.close());
    this.#watches.clear();
  }

  async #openForm() {
    if (this.form) return;
    const told = await getJson('/config');
    if (this.form) return;
    this.form = new TrainForm(told, async (asked) => {
      const { id } = await change('/runs', asked);
      this.house.say('The training has started.');
      this.#chosen = id;
      await this.#refresh();
      if (this.present) this.#choose(id);
    });
    this.waiting.replaceWith(this.form.element);
  }

  async #refresh() {
    const { runs } = await getJson('/runs');
    if (!this.present) return;
    this.#runs = runs;
    this.#reopen();
    if (!this.#chosen && runs.length && this.form) this.#choose(runs[0].id);
    else this.#ask();
  }

  /** A run that had ended goes on, here or in a terminal. */
  #reopen() {
    for (const { id, state } of this.#runs) {
      const watch = this.#watches.get(id);
      if (watch && isGoing(state) && !watch.listening) watch.open().catch(() => {});
    }
  }

  #choose(id) {
    this.#chosen = id;
    this.#compared.delete(id);
    this.#open();
  }

  #compare(id, over) {
    if (over && this.#compared.size >= MOST_COMPARED) {
      this.trouble.show(new Error(`Up to ${MOST_COMPARED} runs can be laid over the chosen one: take one away first.`));
    } else {
      this.trouble.clear();
      over ? this.#compared.add(id) : this.#compared.delete(id);
    }
    this.#open();
  }

  /** Watches the chosen run and those over it, no others. */
  #open() {
    const wanted = [this.#chosen, ...this.#compared];
    for (const [id, watch] of this.#watches) {
      if (wanted.includes(id)) continue;
      watch.close();
      this.#watches.delete(id);
    }
    for (const id of wanted) {
      if (this.#watches.has(id)) continue;
      const watch = new RunWatch(id, () => this.#ask());
      this.#watches.set(id, watch);
      watch.open().catch((error) => {
        if (watch.closed) return;
        if (this.#watches.get(id) === watch) this.#watches.delete(id);
        this.#compared.delete(id);
        if (this.#chosen === id) this.#chosen = null;
        this.trouble.show(error);
        this.#ask();
      });
    }
    this.house.remember('train', { run: this.#chosen, over: [...this.#compared].join(',') });
    this.#ask();
  }

  /** Shows everything before the next frame, once. */
  #ask() {
    if (this.#asked || !this.present) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      if (this.present) this.#show();
    });
  }

  #show() {
    const chosen = this.#watches.get(this.#chosen);
    this.list.show(this.#runs.map((run) => this.#current(run)), this.#chosen, this.#compared);
    const showing = chosen ? this.view.element : this.empty;
    if (this.main.firstElementChild !== showing) this.main.replaceChildren(showing);
    if (chosen) this.view.show([chosen, ...[...this.#compared].map((id) => this.#watches.get(id)).filter(Boolean)]);
  }

  /** The list's line, with what events have told since. */
  #current(run) {
    const watch = this.#watches.get(run.id);
    return watch?.rows.size || watch?.progress ? { ...run, state: watch.state, epoch: Math.max(run.epoch ?? 0, watch.summary.epoch ?? 0) } : run;
  }
}
