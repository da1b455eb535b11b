/** A new training: every key of a configuration with its default. */
import { card, element, trouble } from '../dom.js';
import { KlWeight } from './kl-weight.js';

const DATA_SETS = [['mnist', 'MNIST'], ['fashion-mnist', 'Fashion-MNIST'], ['binarized-mnist', 'MNIST, binarized'], ['pen', 'Pen digits, made by Elbo']];
const FIRST = ['num_epochs', 'batch_size', 'lr', 'hidden_size', 'latent_size', 'likelihood', 'seed'];
const NOT_HERE = ['alpha', 'beta', 'dataset', 'input_size', 'classes', 'from_sha256'];
const NAMES = {
  num_epochs: 'Epochs', batch_size: 'Batch size', lr: 'Learning rate', hidden_size: 'Hidden layers', latent_size: 'Latent size',
  likelihood: 'Likelihood', seed: 'Seed',
};

export class TrainForm {
  #fields = new Map();

  /** @param keys as /config tells @param start with {config, dataset}; a promise */
  constructor(keys, start) {
    this.keys = new Map(keys.map((key) => [key.key, key]));
    this.start = start;
    this.trouble = trouble();
    this.dataset = element('select', { name: 'dataset' }, DATA_SETS.map(([value, text]) => element('option', { value, text })));
    const visible = FIRST.filter((key) => this.keys.has(key)).map((key) => this.#field(this.keys.get(key)));
    const others = keys.filter(({ key }) => !FIRST.includes(key) && !NOT_HERE.includes(key)).map((key) => this.#field(key));
    this.weight = new KlWeight(this.keys.get('alpha')?.default ?? '0.001', () => this.#fields.get('likelihood')?.input.value ?? 'bernoulli');
    this.#fields.get('likelihood')?.input.addEventListener('change', () => this.weight.translate());
    this.button = element('button', { type: 'submit', class: 'main', text: 'Start training' });
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
    const text = key.default ?? '';
    const input = choices
      ? element('select', { id, name: key.key }, choices.map((value) => element('option', { value, text: value, selected: value === text })))
      : element('input', { id, name: key.key, type: 'text', value: text, autocomplete: 'off', spellcheck: 'false' });
    const error = element('p', { class: 'trouble', hidden: true });
    this.#fields.set(key.key, { input, error, initial: String(text) });
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
    const config = { ...this.weight.config };
    for (const [name, { input, initial }] of this.#fields) {
      if (input.value.trim() !== initial) config[name] = input.value.trim();
    }
    this.button.disabled = true;
    try {
      await this.start({ config, dataset: this.dataset.value });
    } catch (error) {
      const name = error.field?.split('.').pop();
      if (name && this.#mark(name, error.message)) this.#fields.get(name).input.focus();
      else this.trouble.show(error);
    } finally {
      this.button.disabled = false;
    }
  }
}

/** What a key may be, where that is a list. */
function choicesOf({ type, choices, range }) {
  if (type === 'truth' || type === 'boolean') return ['false', 'true'];
  const listed = choices ?? range;
  return Array.isArray(listed) && listed.length && listed.every((each) => typeof each === 'string') ? listed : null;
}
