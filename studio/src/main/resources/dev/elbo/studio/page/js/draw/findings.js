/** What the model makes of the image: reconstruction, draws, figures, neighbours. */
import { button, canvas, card, element } from '../dom.js';
import { fixed } from '../numbers.js';
import { fromBase64, paint } from '../pictures.js';
import { Posterior } from './posterior.js';

const DRAWS = 8;
const NEIGHBOURS = 5;

export class Findings {
  #seen = canvas('What the model sees', { class: 'picture' });
  #reconstruction = canvas('Its reconstruction', { class: 'picture' });
  #draws = Array.from({ length: DRAWS }, (_, i) => canvas(`Draw ${i + 1} from the posterior`, { class: 'picture' }));
  #figures = Object.fromEntries(['reconstruction', 'kl', 'elbo'].map((name) => [name, element('dd', { text: '–' })]));
  #mark = element('i');
  #unusual = element('p', { class: 'soft' });
  #nearest = element('p', { class: 'hint', text: nearestHint(false) });
  #neighbours;

  /** @param send called to take the posterior's mean to another room; @param choose with a neighbour's index */
  constructor(model, send, choose) {
    this.model = model;
    this.posterior = new Posterior(model.active);
    this.#neighbours = Array.from({ length: NEIGHBOURS }, () => {
      const picture = canvas('', { class: 'picture', 'aria-hidden': 'true' });
      const caption = element('span', { class: 'soft' });
      const open = element('button', { type: 'button', class: 'neighbour', disabled: true }, picture, caption);
      open.addEventListener('click', () => choose(Number(open.dataset.index)));
      return { picture, caption, open };
    });
    this.#measure();
    this.middle = element('div', { class: 'stack' }, this.#pairCard(send), this.#figuresCard());
    this.right = element('div', { class: 'stack' }, this.#posteriorCard(), this.#neighboursCard());
  }

  /** Canvases have their size before they have content: nothing jumps. */
  #measure() {
    const blank = new Uint8Array(this.model.pixels);
    const all = [this.#seen, this.#reconstruction, ...this.#draws, ...this.#neighbours.map((each) => each.picture)];
    all.forEach((each) => paint(each, blank, this.model.width, this.model.height));
  }

  #pairCard(send) {
    const figure = (picture, text) => element('figure', { class: 'tile' }, picture, element('figcaption', { text }));
    return card('Reconstruction',
      element('div', { class: 'pair' }, figure(this.#seen, 'what the model sees'), figure(this.#reconstruction, 'what it makes of it')),
      element('h3', { class: 'spaced', text: 'Eight draws from the posterior' }),
      element('div', { class: 'eight' }, this.#draws),
      element('div', { class: 'row spaced' },
        button('Send to Dials', () => send('dials')), button('Show on the Map', () => send('map'))));
  }

  #figuresCard() {
    const figure = (name, text) =>
      element('div', {}, element('dt', { text }), this.#figures[name]);
    return card('Nats',
      element('dl', { class: 'figures' },
        figure('reconstruction', '−log p(x|z)'), figure('kl', 'KL'), figure('elbo', 'ELBO')),
      element('h3', { class: 'spaced', text: 'How unusual it is' }),
      element('div', { class: 'gauge', 'aria-hidden': 'true' }, this.#mark),
      element('div', { class: 'ends', 'aria-hidden': 'true' }, element('span', { text: 'usual' }), element('span', { text: 'unusual' })),
      this.#unusual);
  }

  #posteriorCard() {
    return card('Posterior',
      this.posterior.element,
      element('p', { class: 'hint', text:
        'Above: mean ± σ of each active dimension, ordered by what it carries over the test set; the band is the prior. Below: its KL in nats.' }));
  }

  #neighboursCard() {
    return card('Nearest images', element('div', { class: 'five' }, this.#neighbours.map((each) => each.open)), this.#nearest);
  }

  show(found) {
    const { width, height } = this.model;
    paint(this.#seen, fromBase64(found.image), width, height);
    paint(this.#reconstruction, fromBase64(found.reconstruction), width, height);
    found.draws.slice(0, DRAWS).forEach((draw, i) => paint(this.#draws[i], fromBase64(draw), width, height));
    this.#figures.reconstruction.textContent = fixed(found.reconstruction_nats);
    this.#figures.kl.textContent = fixed(found.kl);
    this.#figures.elbo.textContent = fixed(found.elbo);
    this.#mark.style.setProperty('--at', `${found.percentile ?? 0}%`);
    this.#unusual.textContent = unusualness(found.percentile, this.model.standsIn);
    this.posterior.show(found);
    this.#nearest.textContent = nearestHint(this.model.standsIn);
    found.nearest.slice(0, NEIGHBOURS).forEach((neighbour, i) => this.#showNeighbour(this.#neighbours[i], neighbour));
  }

  #showNeighbour({ picture, caption, open }, neighbour) {
    paint(picture, fromBase64(neighbour.image), this.model.width, this.model.height);
    const label = neighbour.label ?? '–';
    caption.replaceChildren(element('strong', { text: label }), ` ${fixed(neighbour.distance, 1)}`);
    open.dataset.index = neighbour.index;
    open.dataset.label = label;
    open.disabled = false;
    open.setAttribute('aria-label', `Image ${neighbour.index}, a ${label}, at distance ${fixed(neighbour.distance, 1)}`);
  }

  clear() {
    this.#measure();
    Object.values(this.#figures).forEach((figure) => (figure.textContent = '–'));
    this.#unusual.textContent = 'Draw something, and it is measured with every stroke.';
    this.#mark.style.setProperty('--at', '0%');
    this.posterior.clear();
    for (const { caption, open } of this.#neighbours) {
      caption.textContent = '–';
      open.disabled = true;
      open.setAttribute('aria-label', 'No image yet');
    }
  }
}

function nearestHint(standsIn) {
  return `By distance between posterior means, among ${standsIn ? 'pen digits' : 'the test images'}. Choose one to see it here.`;
}

function unusualness(percentile, standsIn) {
  if (percentile === null) return 'The test images are still being read …';
  const images = standsIn ? 'the pen digits' : 'the test images';
  if (percentile >= 99.5) return `Less likely than nearly all of ${images}.`;
  return `${fixed(percentile, 0)}% of ${images} are more usual: they have a higher ELBO.`;
}
