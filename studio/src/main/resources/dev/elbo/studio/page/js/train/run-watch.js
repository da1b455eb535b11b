/** One run as it is now: what the server knows of it, and after that its events. */
import { address, getJson } from '../api.js';

const RETRY_MS = 1500;
const STEPS_KEPT = 300;
/** A run that has ended tells its history at once; after such a silence it has told all. */
const QUIET_MS = 1500;
const GOING = ['training', 'paused'];

/** Whether a state is one after which more comes. */
export const isGoing = (state) => GOING.includes(state);

export class RunWatch {
  rows = new Map();
  /** The loss within an epoch, by epoch: it is the mean since the epoch began, and begins anew. */
  steps = new Map();
  warnings = [];
  pictures = new Set();
  kl = null;
  progress = null;

  /** @param changed called after each event */
  constructor(id, changed) {
    this.id = id;
    this.changed = changed;
    this.summary = { id, name: id, state: '', epoch: 0, epochs: 0, config: {} };
  }

  get state() {
    return this.summary.state;
  }

  get going() {
    return isGoing(this.state);
  }

  get listening() {
    return Boolean(this.source) && this.source.readyState !== EventSource.CLOSED;
  }

  /** The metrics rows in the order of epochs. */
  get epochs() {
    return [...this.rows.values()].sort((a, b) => a.epoch - b.epoch);
  }

  /** Reads what has been, then listens. Events that repeat change nothing; once closed it stays closed. */
  async open() {
    if (this.closed) return;
    const told = await getJson(`/runs/${this.id}`);
    if (this.closed) return;
    this.summary = told;
    for (const row of told.metrics ?? []) this.rows.set(row.epoch, row);
    for (const epoch of told.samples ?? []) this.pictures.add(epoch);
    if (told.state === 'failed' && told.text) this.#warned(told.text);
    this.changed();
    this.#listen();
  }

  close() {
    this.closed = true;
    clearTimeout(this.retry);
    clearTimeout(this.quiet);
    this.source?.close();
  }

  /** The connection of a run that has ended is given back: a browser keeps six to one server. */
  #rest(source) {
    clearTimeout(this.quiet);
    if (!this.going) this.quiet = setTimeout(() => source.close(), QUIET_MS);
  }

  #listen() {
    this.source?.close();
    const source = new EventSource(address(`/runs/${this.id}/events`));
    this.source = source;
    const on = (type, take) => source.addEventListener(type, (event) => {
      this.connected = true;
      take.call(this, JSON.parse(event.data));
      this.#rest(source);
      this.changed();
    });
    on('progress', this.#progressed);
    on('epoch', (row) => this.#row(row));
    on('pictures', ({ epoch }) => this.pictures.add(epoch));
    on('kl', (kl) => this.#klOf(kl));
    on('warning', ({ text }) => this.#warned(text));
    on('state', (state) => this.#stateOf(state));
    source.addEventListener('open', () => {
      this.connected = true;
      this.#rest(source);
      this.changed();
    });
    source.addEventListener('error', () => this.#lost(source));
  }

  /** The browser itself comes back with the last event's number; where it gives up, a new beginning is made. */
  #lost(source) {
    if (this.closed || source !== this.source) return;
    this.connected = false;
    this.changed();
    if (source.readyState !== EventSource.CLOSED) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.open().catch(() => this.#lost(source)), RETRY_MS);
  }

  #progressed(progress) {
    this.progress = progress;
    const at = epochsDone(progress);
    if (!this.steps.has(progress.epoch)) this.steps.set(progress.epoch, []);
    const steps = this.steps.get(progress.epoch);
    if (!Number.isFinite(progress.loss) || (steps.length && at <= steps.at(-1)[0])) return;
    steps.push([at, progress.loss]);
    if (steps.length > STEPS_KEPT) this.steps.set(progress.epoch, steps.filter((_, i) => i % 2 === 0));
  }

  #warned(text) {
    if (!this.warnings.includes(text)) this.warnings.push(text);
  }

  #row(row) {
    this.rows.set(row.epoch, row);
    this.summary.epoch = Math.max(this.summary.epoch ?? 0, row.epoch);
  }

  #klOf({ epoch, kl_per_dimension: values }) {
    if (epoch < (this.klEpoch ?? 0)) return;
    this.klEpoch = epoch;
    this.kl = values;
  }

  #stateOf({ state, elsewhere }) {
    Object.assign(this.summary, { state, elsewhere });
    if (!this.going) this.progress = null;
  }
}

/** In epochs, with the part of the present one that is done; steps are counted within an epoch. */
export function epochsDone({ epoch, step, steps }) {
  return epoch - 1 + step / Math.max(1, steps);
}
