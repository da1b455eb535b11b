/** The runs in the run folder: one is looked at, others can be laid over it. */
import { card, element } from '../dom.js';

export class RunList {
  #list = element('ul', { class: 'runs' });
  #empty = element('p', { class: 'soft', text: 'No run yet. Start one below, or in a terminal with elbo train: it appears here.' });

  /** @param choose with a run's id @param compare with an id and whether it is laid over */
  constructor(choose, compare) {
    this.choose = choose;
    this.compare = compare;
    this.element = card('Runs', this.#empty, this.#list);
  }

  show(runs, chosen, compared) {
    this.#empty.hidden = runs.length > 0;
    const focused = document.activeElement?.dataset?.run;
    const kind = document.activeElement?.type;
    this.#list.replaceChildren(...runs.map((run) => this.#item(run, run.id === chosen, compared.has(run.id))));
    if (focused) {
      const controls = [...this.#list.querySelectorAll(`[data-run="${CSS.escape(focused)}"]`)];
      controls.find((each) => each.type === kind)?.focus();
    }
  }

  #item(run, chosen, compared) {
    const open = element('button', { type: 'button', class: 'run', 'aria-current': chosen ? 'true' : null, 'data-run': run.id },
      element('span', { class: 'run-name', text: run.name }),
      element('span', { class: `chip ${run.state}`, text: run.state }),
      element('span', { class: 'soft', text: describe(run) }));
    open.addEventListener('click', () => this.choose(run.id));
    const over = element('input', { type: 'checkbox', checked: compared || chosen, disabled: chosen, 'data-run': run.id, 'aria-label': `Lay ${run.name} over the chosen run` });
    over.addEventListener('change', () => this.compare(run.id, over.checked));
    return element('li', {}, over, open);
  }
}

function describe({ epoch, epochs, config, text }) {
  if (epochs === undefined) return text ?? 'cannot be read';
  return `${epoch} of ${epochs} epochs${config?.dataset ? ` · ${config.dataset}` : ''}`;
}
