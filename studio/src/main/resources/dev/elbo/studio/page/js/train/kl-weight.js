/** The weight of the KL in its three tongues: as one is typed the others follow. */
import { getJson } from '../api.js';
import { element } from '../dom.js';
import { brief } from '../numbers.js';
import { valueOf } from './config-values.js';

const WAIT_MS = 120;

export class KlWeight {
  /** @param alpha its default @param likelihood gives the one that is chosen */
  constructor(alpha, likelihood) {
    this.likelihood = likelihood;
    this.given = { name: 'alpha', text: String(alpha), touched: false };
    const input = (name, label) => {
      const field = element('input', { type: 'text', inputmode: 'decimal', autocomplete: 'off', spellcheck: 'false', name, 'aria-label': label });
      field.addEventListener('input', () => this.#typed(name, field.value));
      return field;
    };
    this.inputs = { alpha: input('alpha', 'alpha'), beta: input('beta', 'beta'), sigma: input('sigma', 'sigma') };
    this.note = element('p', { class: 'soft' });
    this.refusal = element('p', { class: 'trouble', hidden: true });
    const field = (name, text) => element('label', { class: 'field', 'data-key': name }, element('span', { text }), this.inputs[name]);
    this.element = element('fieldset', { class: 'kl-weight' },
      element('legend', { class: 'unseen', text: 'Weight of the KL' }),
      element('div', { class: 'triple' }, field('alpha', 'alpha'), field('beta', 'beta (β)'), field('sigma', 'sigma (σ)')), this.refusal, this.note);
    this.inputs.alpha.value = this.given.text;
    this.translate();
  }

  /** Says what is wrong with what was typed and goes there; whether there is nothing. */
  check() {
    const { name, text } = this.given;
    const problem = this.#problem();
    this.refusal.textContent = problem ? `${name} is ${text === '' ? 'empty' : text}; expected ${problem}.` : '';
    this.refusal.hidden = !problem;
    this.inputs[name].setAttribute('aria-invalid', String(Boolean(problem)));
    if (problem) this.inputs[name].focus();
    return !problem;
  }

  /** What was expected, where something else was given. */
  #problem() {
    const { name, text } = this.given;
    const value = text === '' ? NaN : Number(text);
    if (name === 'sigma') return Number.isFinite(value) && value > 0 ? null : 'a number above 0, such as 0.5';
    return Number.isFinite(value) && value >= 0 ? null : 'a number of 0 or more, such as 1';
  }

  /** What the request says: one of alpha and beta, or nothing where neither was touched. */
  get config() {
    if (!this.given.touched) return {};
    const { name, text } = this.given;
    return name === 'sigma' ? { beta: Number(text) ** 2 } : { [name]: valueOf('number', text) };
  }

  #typed(name, text) {
    this.given = { name, text: text.trim(), touched: true };
    this.refusal.hidden = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.translate(), WAIT_MS);
  }

  /** Asks for the other two; again when the likelihood changes. */
  async translate() {
    const { name, text } = this.given;
    const likelihood = this.likelihood();
    const problem = this.#problem();
    Object.entries(this.inputs).forEach(([each, input]) => input.setAttribute('aria-invalid', String(each === name && Boolean(problem))));
    if (problem) return;
    try {
      const told = await getJson('/config/translate', { ...(name === 'sigma' ? { beta: Number(text) ** 2 } : { [name]: text }), likelihood });
      if (text !== this.given.text || name !== this.given.name) return;
      for (const [each, input] of Object.entries(this.inputs)) {
        if (each !== name) input.value = told[each] === null || told[each] === undefined ? '' : brief(told[each]).replace('−', '-');
      }
      const sigma = told.sigma !== null && told.sigma !== undefined;
      this.inputs.sigma.disabled = !sigma && name !== 'sigma';
      this.inputs.sigma.placeholder = sigma ? '' : 'none';
      this.note.textContent = sigma
        ? 'alpha weighs the KL against the mean over pixels, β against their sum; β is σ² of a Gaussian with β = 1.'
        : 'alpha weighs the KL against the mean over pixels, β against their sum. σ belongs to a Gaussian likelihood.';
    } catch (error) {
      this.note.textContent = error.message;
    }
  }
}
