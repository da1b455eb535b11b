/** The runs in the run folder: one is looked at, others can be laid over it. */
import { card, element } from '../dom.js';

export class RunList {
  #list = element('ul', { class: 'runs' });
  #empty = element('p', { class: 'soft', text: 'No run yet. Start one below, or in a terminal with elbo train: it appears here.' });
  #rows = new Map();

  /** @param choose with a run's id @param compare with an id and whether it is laid over */
  constructor(choose, compare) {
    this.choose = choose;
    this.compare = compare;
    this.element = card('Runs', this.#empty, this.#list);
  }

  /** A run's line stays the same elements while it is listed: a press begun before an event ends on the same button. */
  show(runs, chosen, compared) {
    this.#empty.hidden = runs.length > 0;
    const before = this.#rows;
    this.#rows = new Map(runs.map((run) => [run.id, before.get(run.id) ?? this.#row(run.id)]));
    before.forEach((row, id) => this.#rows.has(id) || row.element.remove());
    runs.forEach((run, place) => {
      const row = this.#rows.get(run.id);
      update(row, run, run.id === chosen, compared.has(run.id));
      if (this.#list.children[place] !== row.element) this.#list.insertBefore(row.element, this.#list.children[place] ?? null);
    });
  }

  #row(id) {
    const row = {
      name: element('span', { class: 'run-name' }), chip: element('span', { class: 'chip' }), text: element('span', { class: 'soft' }),
      over: element('input', { type: 'checkbox', 'data-run': id }),
    };
    row.over.addEventListener('change', () => this.compare(id, row.over.checked));
    row.open = element('button', { type: 'button', class: 'run', 'data-run': id, on: { click: () => this.choose(id) } }, row.name, row.chip, row.text);
    row.element = element('li', {}, row.over, row.open);
    return row;
  }
}

function update({ name, chip, text, over, open }, run, chosen, compared) {
  say(name, run.name);
  say(chip, run.state);
  chip.className = `chip ${run.state}`;
  say(text, describe(run));
  over.checked = compared || chosen;
  over.disabled = chosen;
  over.setAttribute('aria-label', `Lay ${run.name} over the chosen run`);
  if (chosen) open.setAttribute('aria-current', 'true');
  else open.removeAttribute('aria-current');
}

function say(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

function describe({ epoch, epochs, config, text }) {
  if (epochs === undefined) return text ?? 'cannot be read';
  return `${epoch} of ${epochs} epochs${config?.dataset ? ` · ${config.dataset}` : ''}`;
}
