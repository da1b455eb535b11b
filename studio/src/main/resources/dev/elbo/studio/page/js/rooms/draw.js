/** Draw: a digit by hand, and what the model makes of it with every stroke. */
import { getJson, postFloats } from '../api.js';
import { button, checkbox, element, heading, trouble } from '../dom.js';
import { Findings } from '../draw/findings.js';
import { fitted } from '../draw/centring.js';
import { pixelsOf } from '../draw/handwriting.js';
import { readImageFile } from '../draw/image-file.js';
import { keepPicture, keptPicture } from '../draw/kept-picture.js';
import { Pad } from '../draw/pad.js';
import { Strokes } from '../draw/strokes.js';
import { Latest } from '../latest.js';
import { fixed } from '../numbers.js';
import { toFloats } from '../pictures.js';

/** When the first digit was on the screen, in the browser's own record. */
const FIRST_DIGIT = 'elbo-first-digit';
const SPEAK_AFTER_MS = 900;
/** Addresses longer than this are cut by some programs. */
const LONGEST_ADDRESS = 1800;

export class DrawRoom {
  #source = { kind: 'none' };
  #centred = true;
  #found = null;
  #label = '';

  constructor(house) {
    this.house = house;
    this.model = house.model;
    this.pad = new Pad(() => this.#drawn());
    this.trouble = trouble();
    this.findings = new Findings(this.model, (room) => this.#send(room), (index) => this.#showDigit(index));
    this.findings.clear();
    this.inspection = new Latest(
      (pixels) => postFloats(`${this.model.path}/inspect`, pixels, { label: this.#label }),
      (found) => this.#show(found),
      (error) => this.trouble.show(error),
    );
    this.element = this.#build();
  }

  #build() {
    const file = element('input', { type: 'file', accept: 'image/*', class: 'unseen', tabindex: '-1', 'aria-hidden': 'true' });
    file.addEventListener('change', () => file.files[0] && this.#open(file.files[0]));
    const centre = checkbox('Scale and centre as MNIST does', true, (checked) => {
      this.#centred = checked;
      this.#again();
    });
    this.centre = centre.input;
    const left = element('div', { class: 'stack pad-column' },
      element('section', { class: 'card', 'aria-label': 'Drawing' },
        this.pad.element,
        element('div', { class: 'row spaced' },
          button('Undo', () => this.pad.undo(), { 'data-do': 'undo' }),
          button('Clear', () => this.pad.clear(), { 'data-do': 'clear' }),
          button('A test image', () => this.#showDigit(Math.floor(Math.random() * this.model.testCount)), { 'data-do': 'example' }),
          button('Open a picture …', () => file.click(), { 'data-do': 'open' }), file),
        centre.element,
        this.#classChoice(),
        this.trouble.element));
    const room = element('div', { class: 'draw-room' },
      heading('Draw', 'Draw a digit, or drop a picture anywhere here. Everything beside it follows each stroke.'),
      element('div', { class: 'columns draw-columns' }, left, this.findings.middle, this.findings.right));
    room.addEventListener('dragover', (event) => {
      event.preventDefault();
      room.classList.add('dropping');
    });
    room.addEventListener('dragleave', () => room.classList.remove('dropping'));
    room.addEventListener('drop', (event) => {
      event.preventDefault();
      room.classList.remove('dropping');
      if (event.dataTransfer.files[0]) this.#open(event.dataTransfer.files[0]);
    });
    return room;
  }

  /** A conditional model is told what it sees. */
  #classChoice() {
    if (!this.model.conditional) return null;
    this.#label = '0';
    const choice = element('select', {}, this.model.classes.map((name, i) => element('option', { value: i, text: name })));
    choice.addEventListener('change', () => {
      this.#label = choice.value;
      this.#again();
    });
    this.classSelect = choice;
    return element('label', { class: 'field spaced' }, element('span', { text: 'Class of the image' }), choice);
  }

  /** A test image brings its own. */
  async #takeClassOf(index) {
    const { digits } = await getJson(`${this.model.path}/digits`, { from: index, count: 1 });
    if (digits[0].label !== null) this.classSelect.value = this.#label = String(digits[0].label);
  }

  /** The test images come some seconds after the server's start: then what is missing is shown. */
  async #whenReady() {
    if (!this.model.description.preparing) return;
    await this.model.ready();
    this.findings.posterior.setDimensions(this.model.active);
    if (this.#source.kind === 'none') this.#showDigit(0, false);
    else this.#again(false);
  }

  enter(parameters) {
    this.#whenReady().catch((error) => this.trouble.show(error));
    if (parameters.has('centre')) this.#centred = this.centre.checked = parameters.get('centre') !== 'no';
    const strokes = parameters.get('strokes');
    if (strokes) {
      if (this.#source.kind === 'strokes' && this.pad.strokes.shortText(LONGEST_ADDRESS) === strokes) return;
      this.pad.setStrokes(Strokes.fromText(strokes));
      this.#drawn();
    } else if (parameters.has('digit')) {
      const index = Number(parameters.get('digit')) || 0;
      if (this.#source.kind !== 'digit' || this.#source.index !== index) this.#showDigit(index);
    } else if (this.#source.kind !== 'none') {
      this.#remember();
    } else if (parameters.get('picture') === 'kept' && keptPicture()) {
      this.#showPicture(keptPicture());
    } else if (this.model.testCount > 0) {
      this.#showDigit(0, false);
    }
  }

  leave() {
    clearTimeout(this.speaking);
  }

  /** A stroke more or less, or back to an image of before. */
  #drawn() {
    this.#source = this.pad.background?.source ?? (this.pad.strokes.empty ? { kind: 'empty' } : { kind: 'strokes' });
    this.#again();
  }

  async #showDigit(index, remember = true) {
    try {
      this.#source = { kind: 'digit', index };
      await this.model.ready();
      const wanted = Math.max(0, Math.min(this.model.digits.count - 1, index));
      if (this.#source.index !== index) return;
      this.#source.index = wanted;
      const bytes = await this.model.digits.get(wanted);
      if (this.#source.index !== wanted) return;
      this.pad.setBackground({ pixels: bytes, width: this.model.width, height: this.model.height, source: this.#source });
      if (!performance.getEntriesByName(FIRST_DIGIT).length) requestAnimationFrame(() => performance.mark(FIRST_DIGIT));
      this.#source.pixels = toFloats(bytes);
      if (this.classSelect) await this.#takeClassOf(wanted);
      this.#again(remember);
    } catch (error) {
      this.trouble.show(error);
    }
  }

  async #open(file) {
    try {
      const picture = await readImageFile(file);
      keepPicture(picture);
      this.#showPicture(picture);
    } catch (error) {
      this.trouble.show(error);
    }
  }

  #showPicture(picture) {
    this.#source = { kind: 'file', picture };
    this.#again();
  }

  /** The model's image of what lies on the pad. */
  #pixels() {
    const { width, height } = this.model;
    if (this.#source.kind === 'digit') return this.#source.pixels;
    if (this.#source.kind === 'file') {
      const { picture } = this.#source;
      return fitted(picture.grey, picture.width, picture.height, width, height, this.#centred);
    }
    return pixelsOf(this.pad.strokes, width, height, this.#centred);
  }

  #again(remember = true) {
    this.trouble.clear();
    if (remember) this.#remember();
    if (this.#source.kind === 'empty' || this.#source.kind === 'none') {
      this.inspection.cancel();
      this.#found = null;
      this.findings.clear();
      return;
    }
    const pixels = this.#pixels();
    if (!pixels) return;
    if (this.#source.kind === 'file') {
      this.pad.setBackground({ pixels, width: this.model.width, height: this.model.height, source: this.#source });
    }
    this.inspection.ask(pixels);
  }

  #remember() {
    this.house.remember('draw', {
      digit: this.#source.kind === 'digit' ? this.#source.index : '',
      strokes: this.#source.kind === 'strokes' ? this.pad.strokes.shortText(LONGEST_ADDRESS) : '',
      picture: this.#source.kind === 'file' ? 'kept' : '',
      centre: this.#centred ? '' : 'no',
    });
  }

  #show(found) {
    this.#found = found;
    this.findings.show(found);
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => {
      const labels = found.nearest.map((neighbour) => neighbour.label ?? 'unknown').join(', ');
      this.house.say(`Reconstructed. ELBO ${fixed(found.elbo)} nats. Nearest images: ${labels}.`);
    }, SPEAK_AFTER_MS);
  }

  #send(room) {
    if (!this.#found) {
      this.house.say('There is nothing to send yet: draw something first.');
      return;
    }
    const { mean, log_variance: logVariance } = this.#found;
    const name = this.#source.kind === 'digit' ? `test image ${this.#source.index}` : 'drawing';
    const { id } = this.house.tray.add(mean, name, this.#label === '' ? -1 : Number(this.#label), logVariance);
    this.house.go(room, { tray: id });
  }
}
