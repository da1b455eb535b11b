/** The house: reads the models, shows the room of the address. */
import { getJson } from './api.js';
import { element } from './dom.js';
import { Model } from './model.js';
import { go, here, onChange, remember } from './router.js';
import { DialsRoom } from './rooms/dials.js';
import { DrawRoom } from './rooms/draw.js';
import { MapRoom } from './rooms/map.js';
import { SamplesRoom } from './rooms/samples.js';
import { TrainRoom } from './rooms/train.js';
import { bindTheme } from './theme.js';
import { Tray } from './tray.js';

const ROOMS = { draw: DrawRoom, map: MapRoom, dials: DialsRoom, train: TrainRoom, samples: SamplesRoom };
const TITLES = { draw: 'Draw', map: 'Map', dials: 'Dials', train: 'Train', samples: 'Samples' };

const place = document.getElementById('room');
const choice = document.getElementById('model');
const said = document.getElementById('said');
let house = null;
let shown = null;

/** What every room is given. */
class House {
  #rooms = new Map();

  constructor(model) {
    this.model = model;
    this.tray = new Tray(model);
  }

  /** Tells a screen reader. */
  say(text) {
    said.textContent = text;
  }

  go(room, parameters) {
    go(room, this.#withModel(parameters));
  }

  remember(room, parameters) {
    remember(room, this.#withModel(parameters));
  }

  #withModel(parameters) {
    return { model: this.model.id === 'default' ? '' : this.model.id, ...parameters };
  }

  room(name) {
    if (!this.#rooms.has(name)) this.#rooms.set(name, new ROOMS[name](this));
    return this.#rooms.get(name);
  }
}

async function houseOf(id) {
  if (house?.model.id === id) return house;
  return new House(await Model.load(id));
}

async function show() {
  const { room, parameters } = here();
  const name = room in ROOMS ? room : 'draw';
  try {
    const id = parameters.get('model') ?? 'default';
    const next = await houseOf(choice.querySelector(`option[value="${CSS.escape(id)}"]`) ? id : firstModel());
    if (next !== house) {
      house = next;
      choice.value = house.model.id;
      showStandIn(house.model);
    }
    enter(name, parameters);
  } catch (error) {
    shown?.leave?.();
    shown = null;
    place.replaceChildren(failure(error));
  }
}

function enter(name, parameters) {
  const next = house.room(name);
  if (next !== shown) {
    shown?.leave?.();
    place.replaceChildren(next.element);
    document.title = `${TITLES[name]} · Elbo Studio`;
    for (const link of document.querySelectorAll('[data-room]')) {
      link.toggleAttribute('aria-current', false);
      if (link.dataset.room === name) link.setAttribute('aria-current', 'page');
    }
    if (shown) scrollTo(0, 0);
    shown = next;
  }
  next.enter(parameters);
}

async function showStandIn(model) {
  const note = document.getElementById('stand-in');
  note.textContent =
    'The data set of this model is not on this machine: pen digits, which Elbo draws itself, stand in for it.';
  note.hidden = !model.standsIn;
  await model.ready().catch(() => {});
  if (model === house.model) note.hidden = !model.standsIn;
}

function failure(error) {
  const again = element('button', { type: 'button', class: 'main', text: 'Try again', on: { click: start } });
  return element('div', { class: 'empty stack' },
    element('h1', { text: 'This room could not be opened' }), element('p', { text: error.message }), element('p', {}, again));
}

const firstModel = () => choice.options[0]?.value ?? 'default';

async function start() {
  try {
    const { models } = await getJson('/models');
    choice.replaceChildren(...models.map((model) => element('option', { value: model.id, text: model.name })));
    choice.disabled = models.length < 2;
    await show();
  } catch (error) {
    place.replaceChildren(failure(error));
  }
}

bindTheme(document.getElementById('theme'));
choice.addEventListener('change', () => go(here().room, { model: choice.value }));
onChange(show);
start();
