/** Loss, reconstruction and KL of the runs that are compared; training and test. */
import { classColour } from '../colours.js';
import { card, element } from '../dom.js';
import { LinePlot } from '../line-plot.js';
import { fixed } from '../numbers.js';
import { token } from '../theme.js';

const PARTS = [['loss', 'Loss'], ['reconstruction', '−log p(x|z)'], ['kl', 'KL']];

export class Curves {
  #plots = PARTS.map(([part, title]) => ({ part, plot: new LinePlot(title, 'nats per image') }));
  #key = element('div', { class: 'key' });
  #table = element('tbody');

  constructor() {
    const head = ['epoch', ...PARTS.flatMap(([, title]) => [`${title}, train`, `${title}, test`]), 'active'];
    this.element = card('Curves, nats per image',
      this.#key,
      element('div', { class: 'three' }, this.#plots.map(({ plot }, k) =>
        element('figure', {}, element('h3', { text: PARTS[k][1] }), plot.canvas))),
      element('details', {}, element('summary', { text: 'The figures as a table' }),
        element('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': 'Figures of each epoch' },
          element('table', {}, element('thead', {}, element('tr', {}, head.map((text) => element('th', { scope: 'col', text })))), this.#table))));
  }

  /** @param watches the runs, the chosen one first */
  show(watches) {
    const many = watches.length > 1;
    const colours = watches.map((_, k) => [token('--accent'), token('--second')][k] ?? classColour(k));
    for (const { part, plot } of this.#plots) {
      plot.show(watches.flatMap((watch, k) => {
        const points = (side) => watch.epochs.map((row) => [row.epoch, row[`${side}_${part}`]]);
        const name = (side) => (many ? `${watch.summary.name} ${side}` : side);
        const steps = part === 'loss' && k === 0
          ? [...watch.steps.values()].map((within) => ({ name: 'steps', faint: true, colour: colours[k], points: within })) : [];
        return [...steps, { name: name('train'), colour: colours[k], points: points('train') },
          { name: name('test'), colour: colours[k], dashed: true, points: points('test') }];
      }));
    }
    const swatch = (text, colour, kind) => {
      const line = element('i', { class: kind, 'aria-hidden': 'true' });
      line.style.setProperty('--swatch', colour);
      return element('span', {}, line, text);
    };
    this.#key.replaceChildren(
      ...(many ? watches.map((watch, k) => swatch(watch.summary.name, colours[k], '')) : []),
      swatch('train', many ? 'currentcolor' : colours[0], ''), swatch('test', many ? 'currentcolor' : colours[0], 'dashed'));
    if (watches[0]) this.#fillTable(watches[0].epochs);
  }

  #fillTable(rows) {
    this.#table.replaceChildren(...rows.slice().reverse().map((row) => element('tr', {},
      element('th', { scope: 'row', text: row.epoch }),
      PARTS.flatMap(([part]) => ['train', 'test'].map((side) => element('td', { text: fixed(row[`${side}_${part}`], 2) }))),
      element('td', { text: row.active_units ?? '–' }))));
  }
}
