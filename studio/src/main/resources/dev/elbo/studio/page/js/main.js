/** The house: reads the models, shows the room of the address. */
import { getJson } from './api.js';
import { element } from './dom.js';
import { Model } from './model.js';
import { bindSkip, go, hashOf, here, onChange, remember } from './router.js';
import { bindTheme } from './theme.js';
import { Tray } from './tray.js';

/** Each is fetched when it is first entered, so that the first one stands sooner. */
const ROOMS = {
  draw: () => import('./rooms/draw.js').then(({ DrawRoom }) => DrawRoom),
  map: () => import('./rooms/map.js').then(({ MapRoom }) => MapRoom),
  dials: () => import('./rooms/dials.js').then(({ DialsRoom }) => DialsRoom),
  train: () => import('./rooms/train.js').then(({ TrainRoom }) => TrainRoom),
  samples: () => import('./rooms/samples.js').then(({ SamplesRoom }) => SamplesRoom),
};
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

  address(room) {
    return hashOf(room, this.#withModel());
  }

  #withModel(parameters) {
    return { model: this.model.id === 'default' ? '' : this.model.id, ...parameters };
  }

  /** The room, built when it is first entered. */
  async room(name) {
    const Room = await ROOMS[name]();
    if (!this.#rooms.has(name)) this.#rooms.set(name, new Room(this));
    return this.#rooms.get(name);
  }
}

/** One for each model: what a room has listening or painting is made once. */
const houses = new Map();

async function houseOf(id) {
  if (!houses.has(id)) {
    const made = Model.load(id).then((model) => new House(model));
    made.catch(() => houses.delete(id)); // The next time it is asked for again.
    houses.set(id, made);
  }
  return houses.get(id);
}

let asked = 0;

async function show() {
  const { room, parameters } = here();
  const name = room in ROOMS ? room : 'draw';
  const turn = ++asked;
  try {
    ROOMS[name](); // on its way while the model is read
    const id = parameters.get('model') ?? 'default';
    const next = await houseOf(choice.querySelector(`option[value="${CSS.escape(id)}"]`) ? id : firstModel());
    if (turn !== asked) return;
    if (next !== house) {
      house = next;
      choice.value = house.model.id;
      showStandIn(house.model);
      for (const link of document.querySelectorAll('a[data-room], a.name')) link.href = house.address(link.dataset.room ?? 'draw');
    }
    const built = await house.room(name);
    if (turn === asked) enter(name, built, parameters);
  } catch (error) {
    shown?.leave?.();
    shown = null;
    place.replaceChildren(failure(error));
  }
}

function enter(name, next, parameters) {
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

bindSkip(document.querySelector('.skip'), place);
bindTheme(document.getElementById('theme'));
choice.addEventListener('change', () => go(here().room, { model: choice.value }));
onChange(show);
start();
