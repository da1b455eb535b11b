/** A new training: every key of a configuration with its default. */
import { card, element, trouble } from '../dom.js';
import { textOf, valueOf } from './config-values.js';
import { KlWeight } from './kl-weight.js';

const FIRST = ['num_epochs', 'batch_size', 'lr', 'hidden_size', 'latent_size', 'likelihood', 'seed'];
const START = 'Start training';
const ELSEWHERE = ['alpha', 'beta', 'dataset'];
const NAMES = {
  num_epochs: 'Epochs', batch_size: 'Batch size', lr: 'Learning rate', hidden_size: 'Hidden layers', latent_size: 'Latent size',
  likelihood: 'Likelihood', seed: 'Seed',
};

export class TrainForm {
  #fields = new Map();

  /** @param told the answer of /config @param start with {config, dataset}; a promise */
  constructor({ keys, datasets, dataset }, start) {
    this.keys = new Map(keys.map((key) => [key.key, key]));
    this.start = start;
    this.trouble = trouble();
    this.dataset = element('select', { name: 'dataset' }, datasets.map(({ name, here }) => element('option', {
      value: name, text: here ? name : `${name} (not on this machine)`, disabled: !here, selected: name === dataset })));
    const visible = FIRST.filter((key) => this.keys.has(key)).map((key) => this.#field(this.keys.get(key)));
    const others = keys.filter(({ key, asked }) => asked && !FIRST.includes(key) && !ELSEWHERE.includes(key)).map((key) => this.#field(key));
    this.weight = new KlWeight(this.keys.get('alpha')?.default ?? '0.001', () => this.#fields.get('likelihood')?.input.value ?? 'bernoulli');
    this.#fields.get('likelihood')?.input.addEventListener('change', () => this.weight.translate());
    this.button = element('button', { type: 'submit', class: 'main', text: START });
    this.form = element('form', { class: 'stack', novalidate: true },
      element('label', { class: 'field', 'data-key': 'dataset' }, element('span', { text: 'Data set' }), this.dataset),
      element('div', { class: 'fields' }, visible), this.weight.element,
      element('details', {}, element('summary', { text: 'Every other setting' }), element('div', { class: 'fields' }, others)),
      this.trouble.element, this.button);
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.element = card('New training', this.form);
  }

  #field(key) {
    const id = `key-${key.key}`;
    const choices = choicesOf(key);
    const text = textOf(key.default);
    const input = choices
      ? element('select', { id, name: key.key }, choices.map((value) => element('option', { value, text: value, selected: value === text })))
      : element('input', { id, name: key.key, type: 'text', value: text, autocomplete: 'off', spellcheck: 'false' });
    const error = element('p', { class: 'trouble', hidden: true });
    this.#fields.set(key.key, { input, error, initial: text, type: key.type });
    input.addEventListener('input', () => this.#mark(key.key, null));
    return element('label', { class: 'field', 'data-key': key.key, title: key.help ?? '' },
      element('span', { text: NAMES[key.key] ?? key.key }), input, NAMES[key.key] ? null : element('small', { text: key.help ?? '' }), error);
  }

  #mark(name, message) {
    const field = this.#fields.get(name);
    if (!field) return false;
    field.error.textContent = message ?? '';
    field.error.hidden = !message;
    field.input.setAttribute('aria-invalid', String(Boolean(message)));
    return true;
  }

  async #submit() {
    this.trouble.clear();
    this.#fields.forEach((_, name) => this.#mark(name, null));
    if (!this.weight.check()) return;
    const config = { ...this.weight.config };
    for (const [name, { input, initial, type }] of this.#fields) {
      const text = input.value.trim();
      if (text !== initial && text !== '') config[name] = valueOf(type, text);
    }
    this.button.disabled = true;
    this.button.textContent = 'Reading the data …';
    try {
      await this.start({ config, dataset: this.dataset.value });
    } catch (error) {
      const name = error.field?.split('.').pop();
      if (name && this.#mark(name, error.message)) this.#fields.get(name).input.focus();
      else this.trouble.show(error);
    } finally {
      this.button.disabled = false;
      this.button.textContent = START;
    }
  }
}

/** What a key may be, where that is a list. */
function choicesOf({ type, words }) {
  if (type === 'truth') return ['false', 'true'];
  return words?.length ? words : null;
}
