/** The HTTP API: the page asks for nothing else. */
const ROOT = 'api/v1';

/** What the server refused, in its own sentence. */
export class ApiError extends Error {
  constructor(status, message, field) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

let token = document.querySelector('meta[name="elbo-token"]')?.content ?? '';

const TRIES = 6;
const LONGEST_WAIT_S = 5;

/** A server that is busy says when to come back; it is asked again some times. */
async function send(path, options, tries = TRIES) {
  let response;
  try {
    response = await fetch(`${ROOT}${path}`, options);
  } catch {
    throw new ApiError(0, 'The server does not answer. Is elbo studio still running?');
  }
  if (response.status !== 503 || tries <= 1) return response;
  const seconds = Math.min(LONGEST_WAIT_S, Number(response.headers.get('Retry-After')) || 1);
  await new Promise((done) => setTimeout(done, seconds * 1000));
  return send(path, options, tries - 1);
}

async function checked(response) {
  if (response.ok) return response;
  const told = await response.json().catch(() => ({}));
  throw new ApiError(response.status, told.error ?? `The server answered ${response.status}.`, told.field);
}

/** A restarted server has a new token: the page's own address carries it. */
async function renewToken() {
  const page = await (await fetch('./', { cache: 'no-store' })).text();
  token = new DOMParser().parseFromString(page, 'text/html').querySelector('meta[name="elbo-token"]')?.content ?? '';
}

const withQuery = (path, query) => {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
};

/** JSON of a GET. */
export async function getJson(path, query) {
  const response = await send(withQuery(path, query), { headers: { Accept: 'application/json' } });
  return (await checked(response)).json();
}

/** Bytes of a GET. */
export async function getBytes(path, query) {
  const response = await send(withQuery(path, query), { headers: { Accept: 'application/octet-stream' } });
  return (await checked(response)).arrayBuffer();
}

/** A PNG of a GET. */
export async function getPicture(path, query) {
  const response = await send(withQuery(path, query), { headers: { Accept: 'image/png' } });
  return (await checked(response)).blob();
}

/** JSON for an array of float32, sent as bytes. */
export async function postFloats(path, floats, query) {
  const response = await send(withQuery(path, query), {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream', Accept: 'application/json' },
    body: floats,
  });
  return (await checked(response)).json();
}

/** A request that changes something; with the page's token. */
export async function change(path, body) {
  const once = () =>
    send(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-Elbo-Token': token },
      body: JSON.stringify(body ?? {}),
    });
  let response = await once();
  if (response.status === 403) {
    await renewToken();
    response = await once();
  }
  const text = await (await checked(response)).text();
  return text ? JSON.parse(text) : {};
}

/** The address of something that an element fetches itself. */
export const address = (path) => `${ROOT}${path}`;
