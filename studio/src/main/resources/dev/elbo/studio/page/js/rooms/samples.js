/** Samples: draws without end; one that is pressed goes to Dials. */
import { getBytes, getJson, getPicture } from '../api.js';
import { button, element, heading, segments, trouble } from '../dom.js';
import { brief, whole } from '../numbers.js';
import { fill } from '../pictures.js';

const BLOCK = 96;
const LARGEST_PICTURE = 400;
const SETTLE_MS = 200;

export class SamplesRoom {
  #round = 0;
  #loading = false;
  #count = 0;

  constructor(house) {
    this.house = house;
    this.model = house.model;
    const { samplers } = this.model.description;
    this.asked = { sampler: samplers.includes('mixture') ? 'mixture' : 'prior', label: '', temperature: 1, seed: 0 };
    this.trouble = trouble();
    this.grid = element('div', { class: 'grid', role: 'group', 'aria-label': 'Samples; press one to send it to Dials, arrow keys walk' });
    this.end = element('p', { class: 'waiting', text: 'Drawing …' });
    this.shown = element('span', { class: 'soft' });
    this.element = this.#build(samplers);
    this.grid.addEventListener('click', (event) => this.#pressed(event.target.closest('button')));
    this.grid.addEventListener('keydown', (event) => this.#walk(event));
    this.watch = new IntersectionObserver((seen) => {
      this.near = seen[seen.length - 1].isIntersecting;
      this.#fill();
    }, { rootMargin: '600px' });
  }

  #build(samplers) {
    this.sampler = segments('Draw from', samplers.map((name) => [name, name === 'prior' ? 'Prior' : 'Mixture']), this.asked.sampler,
      (sampler) => this.#ask({ sampler }));
    this.classes = element('select', { 'aria-label': 'Class' }, element('option', { value: '', text: 'every class' }),
      this.model.classes.map((name) => element('option', { value: name, text: name })));
    this.classes.addEventListener('change', () => this.#ask({ label: this.classes.value }));
    this.temperature = element('input', { type: 'range', min: 0, max: 1.5, step: 0.05, value: 1, 'aria-label': 'Temperature' });
    this.temperature.addEventListener('input', () => this.#ask({ temperature: Number(this.temperature.value) }));
    this.seed = element('input', { type: 'number', min: 0, step: 1, value: 0, 'aria-label': 'Seed' });
    this.seed.addEventListener('input', () => this.seed.checkValidity() && this.#ask({ seed: Number(this.seed.value) || 0 }));
    const field = (text, ...parts) => element('label', { class: 'field' }, element('span', { text }), ...parts);
    return element('div', { class: 'samples-room' },
      heading('Samples', 'Images that nobody has drawn. Scroll for more; press one to take it to Dials.'),
      element('section', { class: 'card controls', 'aria-label': 'What is drawn' },
        element('div', { class: 'field' }, element('span', { text: 'Draw from' }), this.sampler.element),
        field('Class', this.classes),
        field('Temperature 1.00', this.temperature),
        field('Seed', element('span', { class: 'row seed' }, this.seed)),
        element('div', { class: 'row' },
          button('New seed', () => this.#newSeed()), button('Save as PNG', () => this.#save(), { 'data-do': 'save' }), this.shown)),
      this.trouble.element, this.grid, this.end);
  }

  enter(parameters) {
    const { samplers } = this.model.description;
    const sampler = parameters.get('sampler');
    const next = {
      sampler: samplers.includes(sampler) ? sampler : this.asked.sampler,
      label: this.model.classes.includes(parameters.get('label')) ? parameters.get('label') : this.asked.label,
      temperature: parameters.has('temperature') ? Number(parameters.get('temperature')) || 0 : this.asked.temperature,
      seed: parameters.has('seed') ? Math.max(0, Math.trunc(Number(parameters.get('seed'))) || 0) : this.asked.seed,
    };
    const changed = Object.keys(next).some((key) => next[key] !== this.asked[key]);
    this.sampler.show(next.sampler);
    if (!this.#classesApply(next.sampler)) next.label = '';
    this.classes.value = next.label;
    this.temperature.value = next.temperature;
    this.seed.value = next.seed;
    if (changed || this.#count === 0) this.#ask(next);
    else this.#remember();
    this.watch.observe(this.end);
  }

  leave() {
    this.watch.disconnect();
  }

  #ask(change) {
    Object.assign(this.asked, change);
    this.classes.disabled = !this.#classesApply(this.asked.sampler);
    if (this.classes.disabled) this.asked.label = this.classes.value = '';
    this.temperature.setAttribute('aria-valuetext', brief(this.asked.temperature));
    this.temperature.parentElement.firstElementChild.textContent = `Temperature ${this.asked.temperature.toFixed(2)}`;
    this.#remember();
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      this.#round++;
      this.#count = 0;
      this.#fill(true);
    }, this.#count ? SETTLE_MS : 0);
  }

  #remember() {
    const { sampler, label, temperature, seed } = this.asked;
    this.house.remember('samples', { sampler, label, temperature: temperature === 1 ? '' : temperature, seed: seed || '' });
  }

  /** The prior of an unconditional model knows no classes. */
  #classesApply(sampler) {
    return this.model.conditional || sampler !== 'prior';
  }

  #newSeed() {
    this.seed.value = Math.floor(Math.random() * 1e6);
    this.#ask({ seed: Number(this.seed.value) });
  }

  /** Draws a block more while the end is near. */
  async #fill(fresh = false) {
    if (this.#loading || !(this.near || fresh)) return;
    this.#loading = true;
    const round = this.#round;
    try {
      this.trouble.clear();
      const bytes = await getBytes(`${this.model.path}/sample`, { ...this.asked, n: BLOCK, offset: this.#count });
      if (round === this.#round) this.#append(new Float32Array(bytes));
    } catch (error) {
      if (round === this.#round) {
        this.trouble.show(error);
        this.end.textContent = 'No more could be drawn.';
        return;
      }
    } finally {
      this.#loading = false;
    }
    if (round !== this.#round) this.#fill(true);
    else requestAnimationFrame(() => this.near && this.end.getBoundingClientRect().top < innerHeight + 600 && this.#fill());
  }

  #append(images) {
    const { width, height, pixels } = this.model;
    const data = new ImageData(width, height);
    const target = new Uint32Array(data.data.buffer);
    const tiles = Array.from({ length: images.length / pixels }, (_, k) => {
      const picture = element('canvas', { width, height, class: 'picture', 'aria-hidden': 'true' });
      fill(target, 0, width, images, k * pixels, width, height);
      picture.getContext('2d').putImageData(data, 0, 0);
      const number = this.#count + k;
      return element('button', { type: 'button', class: 'bare', tabindex: number === 0 ? '0' : '-1', 'data-number': number, 'aria-label': `Sample ${number}` }, picture);
    });
    if (this.#count === 0) this.grid.replaceChildren(...tiles);
    else this.grid.append(...tiles);
    this.#count += tiles.length;
    this.shown.textContent = `${whole(this.#count)} drawn`;
  }

  /** A draw does not depend on how many were asked for: the one that was pressed is asked for alone. */
  async #pressed(tile) {
    if (!tile) return;
    try {
      const { codes, labels } = await getJson(`${this.model.path}/sample`, { ...this.asked, n: 1, offset: tile.dataset.number });
      const { id } = this.house.tray.add(codes[0], `sample ${tile.dataset.number} of seed ${this.asked.seed}`, labels?.[0]);
      this.house.go('dials', { tray: id });
    } catch (error) {
      this.trouble.show(error);
    }
  }

  #walk(event) {
    const tiles = this.grid.children;
    const at = [...tiles].indexOf(document.activeElement);
    const across = getComputedStyle(this.grid).gridTemplateColumns.split(' ').length;
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across }[event.key];
    if (at < 0 || by === undefined || !tiles[at + by]) return;
    event.preventDefault();
    tiles[at].tabIndex = -1;
    tiles[at + by].tabIndex = 0;
    tiles[at + by].focus();
  }

  async #save() {
    try {
      const n = Math.min(LARGEST_PICTURE, Math.max(1, this.#count));
      const url = URL.createObjectURL(await getPicture(`${this.model.path}/sample`, { ...this.asked, n }));
      const { sampler, label, seed } = this.asked;
      element('a', { href: url, download: `${['samples', sampler, label, `seed-${seed}`].filter(Boolean).join('-')}.png` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
      this.house.say(`A picture of ${n} samples is saved.`);
    } catch (error) {
      this.trouble.show(error);
    }
  }
}
