/** One latent dimension: a slider, its value, a lock, and the strip of what it does. */
import { element } from '../dom.js';
import { fixed } from '../numbers.js';

export const REACH = 3;
const STEP = 0.02;

export class Dial {
  locked = false;

  /**
   * @param dimension {index, kl} as the API tells
   * @param turned with the value at each move
   * @param kept when the hand lets go
   */
  constructor({ index, kl }, rank, turned, kept) {
    this.index = index;
    const name = `Dimension ${index}`;
    this.slider = element('input', {
      type: 'range', min: -REACH, max: REACH, step: STEP, value: 0, 'aria-label': `${name}, carries ${fixed(kl, 2)} nats`, 'data-dimension': index,
    });
    this.slider.addEventListener('input', () => turned(Number(this.slider.value)));
    this.slider.addEventListener('change', kept);
    this.value = element('output', { class: 'value', text: '0.00' });
    this.lock = element('button', { type: 'button', class: 'small plain lock', 'aria-pressed': 'false', 'aria-label': `Lock dimension ${index}`, text: 'Lock' });
    this.lock.addEventListener('click', () => {
      this.locked = !this.locked;
      this.slider.disabled = this.locked;
      this.lock.setAttribute('aria-pressed', String(this.locked));
    });
    this.strip = element('canvas', { class: 'strip', 'aria-hidden': 'true' });
    this.element = element('div', { class: 'dial', 'data-rank': rank },
      element('div', { class: 'row spread' },
        element('span', { class: 'dial-name' }, element('strong', { text: index }), element('small', { text: `${fixed(kl, 2)} nats` })),
        this.value, this.lock),
      this.slider, this.strip);
  }

  /** @param inHand whether the slider itself says so already */
  show(value, inHand) {
    if (!inHand) this.slider.value = value;
    this.value.textContent = fixed(value, 2);
  }
}
