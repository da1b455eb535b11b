/** The explorer: two rooms of the page, in one file without a server. */
import { getJson } from '../page/js/api.js';
import { Model } from '../page/js/model.js';
import { bindSkip, go, here, onChange, remember } from '../page/js/router.js';
import { DialsRoom } from '../page/js/rooms/dials.js';
import { MapRoom } from '../page/js/rooms/map.js';
import { bindTheme } from '../page/js/theme.js';
import { Tray } from '../page/js/tray.js';

const TITLES = { map: 'Map', dials: 'Dials' };
const place = document.getElementById('room');

/** What every room is given. */
function houseOf(model) {
  const said = document.getElementById('said');
  return { model, tray: new Tray(model), go, remember, say: (text) => (said.textContent = text) };
}

/** Takes away what only a server could do, and says what is here. */
function adapt(room, map) {
  room.element.querySelector('.heading p').textContent =
    `${map.count} images where their codes lie. Walk through them, and the decoder paints what is there.`;
  room.panel.openDraw.remove();
  const tsne = room.element.querySelector('[data-value="tsne"]');
  if (map.tsne.state !== 'ready') tsne.remove();
  return room;
}

async function start() {
  const id = JSON.parse(document.getElementById('content').textContent).model.id;
  const model = await Model.load(id);
  const house = houseOf(model);
  const map = await getJson(`${model.path}/map`);
  const rooms = { map: adapt(new MapRoom(house), map), dials: new DialsRoom(house) };
  document.getElementById('model').textContent = model.description.name;
  showStandIn(model.description.images);
  let shown = null;
  const show = () => {
    const { room, parameters } = here();
    const name = room in rooms ? room : 'map';
    const next = rooms[name];
    if (next !== shown) {
      shown?.leave?.();
      place.replaceChildren(next.element);
      document.title = `${TITLES[name]} · Elbo Explorer`;
      for (const link of document.querySelectorAll('[data-room]')) {
        if (link.dataset.room === name) link.setAttribute('aria-current', 'page');
        else link.removeAttribute('aria-current');
      }
      shown = next;
    }
    next.enter(parameters);
  };
  onChange(show);
  show();
}

function showStandIn(images) {
  const note = document.getElementById('stand-in');
  note.hidden = !images.stands_in;
  note.textContent = 'The data set of this model was not at hand when this file was made: pen digits stand in for it.';
}

bindSkip(document.querySelector('.skip'), place);
bindTheme(document.getElementById('theme'));
start().catch((error) => {
  const text = document.createElement('p');
  text.className = 'empty';
  text.textContent = `The explorer could not be opened: ${error.message}`;
  place.replaceChildren(text);
});
