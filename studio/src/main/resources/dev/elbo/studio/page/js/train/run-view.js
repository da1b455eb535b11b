/** The chosen run: how far it is, its curves, pictures, dimensions and warnings. */
import { change } from '../api.js';
import { button, card, element, trouble } from '../dom.js';
import { brief, duration, fixed, whole } from '../numbers.js';
import { textOf } from './config-values.js';
import { Curves } from './curves.js';
import { EpochPictures } from './epoch-pictures.js';
import { KlBars } from './kl-bars.js';
import { epochsDone } from './run-watch.js';

export class RunView {
  #figures = Object.fromEntries(['epoch', 'speed', 'left', 'test', 'active'].map((name) => [name, element('dd', { text: '–' })]));

  /** @param say tells a screen reader */
  constructor(say) {
    this.say = say;
    this.trouble = trouble();
    this.name = element('h2', { text: '' });
    this.chip = element('span', { class: 'chip' });
    this.link = element('span', { class: 'soft' });
    this.bar = element('progress', { max: '1', value: '0', 'aria-label': 'Progress of the training' });
    this.pause = button('Pause', () => this.#ask('pause'));
    this.resume = button('Resume', () => this.#ask('resume'), { class: 'main' });
    this.stop = button('Stop', () => this.#ask('stop'));
    this.warnings = element('div', { class: 'stack', role: 'status' });
    this.settings = element('p', { class: 'soft' });
    this.curves = new Curves();
    this.pictures = new EpochPictures();
    this.bars = new KlBars();
    const figure = (name, text) => element('div', {}, element('dt', { text }), this.#figures[name]);
    const head = element('section', { class: 'card stack', 'aria-label': 'The chosen run' },
      element('div', { class: 'row spread' },
        element('div', { class: 'row' }, this.name, this.chip, this.link),
        element('div', { class: 'row' }, this.pause, this.resume, this.stop)),
      this.bar,
      element('dl', { class: 'figures' }, figure('epoch', 'Epoch'), figure('speed', 'Images a second'), figure('left', 'Time left'),
        figure('test', 'Test ELBO, nats'), figure('active', 'Active units')),
      this.settings, this.warnings, this.trouble.element);
    this.element = element('div', { class: 'stack' }, head, this.curves.element,
      element('div', { class: 'columns run-columns' }, this.pictures.element, this.bars.element));
  }

  /** @param watches the chosen run first, then those laid over it */
  show(watches) {
    const [watch] = watches;
    const { summary, progress, state } = watch;
    const last = watch.epochs.at(-1);
    this.watch = watch;
    this.name.textContent = summary.name;
    this.#showState(state, summary.elsewhere);
    this.link.textContent = watch.going && watch.connected === false ? 'the server does not answer; trying again …'
      : summary.elsewhere ? 'in another program' : '';
    const done = progress ? epochsDone(progress) : summary.epoch ?? 0;
    this.bar.value = Math.min(1, done / Math.max(1, summary.epochs ?? 1));
    this.#figures.epoch.replaceChildren(String(progress?.epoch ?? last?.epoch ?? 0), element('small', { text: ` of ${summary.epochs ?? '–'}` }));
    this.#figures.speed.textContent = whole(progress?.images_per_second ?? last?.images_per_second);
    this.#figures.left.textContent = state === 'training' && progress ? duration(progress.seconds_left) : '–';
    this.#figures.test.textContent = last ? fixed(-(last.test_reconstruction + last.test_kl), 2) : '–';
    this.#figures.active.textContent = last?.active_units ?? '–';
    this.settings.textContent = settingsText(summary.config);
    const warned = [watch.id, ...watch.warnings].join('\n');
    if (this.warned !== warned) {
      this.warned = warned;
      this.warnings.replaceChildren(...watch.warnings.map((text) => element('p', { class: 'notice', text })));
    }
    this.curves.show(watches);
    this.pictures.show(watch.id, watch.pictures);
    this.bars.show(watch.kl);
  }

  #showState(state, elsewhere) {
    if (this.chip.textContent !== state) {
      if (this.chip.textContent && state) this.say(`The run is ${state}.`);
      this.chip.textContent = state;
      this.chip.className = `chip ${state}`;
      this.chip.hidden = !state;
    }
    this.pause.hidden = state !== 'training' || elsewhere;
    this.resume.hidden = !['paused', 'stopped'].includes(state);
    this.stop.hidden = !['training', 'paused'].includes(state) || elsewhere;
  }

  async #ask(what) {
    const { watch } = this;
    try {
      this.trouble.clear();
      await change(`/runs/${watch.id}/${what}`);
      await watch.open();
    } catch (error) {
      this.trouble.show(error);
    }
  }
}

/** The settings that tell most about a run. */
const TOLD = ['dataset', 'likelihood', 'latent_size', 'hidden_size', 'alpha', 'beta', 'lr', 'batch_size', 'seed', 'prior', 'objective'];

function settingsText(config = {}) {
  return TOLD.filter((key) => textOf(config[key]) !== '')
    .map((key) => `${key} ${typeof config[key] === 'number' ? brief(config[key]) : textOf(config[key])}`).join(' · ');
}
