/** Elements without markup in strings, so that nothing a server says can become HTML. */

/**
 * An element of this tag. `properties` are attributes; besides, `class`, `text`, and `on`, listeners
 * by event. `false`, `null` and `undefined` leave an attribute out.
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'on') {
      Object.entries(value).forEach(([event, listener]) => made.addEventListener(event, listener));
    } else if (name === 'text') {
      made.textContent = value;
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(name, value === true ? '' : value);
    }
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** A button with a text. */
export function button(text, click, properties = {}) {
  return element('button', { type: 'button', text, on: { click }, ...properties });
}

/** A part of a room: a heading and what stands under it. */
export function card(title, ...children) {
  return element('section', { class: 'card', 'aria-label': title }, element('h2', { text: title }), ...children);
}

/** A canvas that shows something, described for those who do not see it. */
export function canvas(label, properties = {}) {
  return element('canvas', { role: 'img', 'aria-label': label, ...properties });
}

/** The head of a room. */
export function heading(title, explanation) {
  return element('div', { class: 'heading' }, element('h1', { text: title }), element('p', { text: explanation }));
}

/** Buttons of which one is pressed: `options` are [value, text]; `choose` is given the value. */
export function segments(label, options, chosen, choose) {
  const buttons = options.map(([value, text]) =>
    button(text, () => {
      show(value);
      choose(value);
    }, { 'data-value': value }));
  const show = (value) =>
    buttons.forEach((each) => each.setAttribute('aria-pressed', String(each.dataset.value === value)));
  show(chosen);
  return { element: element('div', { class: 'segments', role: 'group', 'aria-label': label }, buttons), show };
}

/** A box to tick. */
export function checkbox(text, checked, change) {
  const input = element('input', { type: 'checkbox', checked, on: { change: () => change(input.checked) } });
  return { element: element('label', { class: 'check' }, input, text), input };
}

/** A sentence about what went wrong, or nothing. */
export function trouble() {
  const line = element('p', { class: 'trouble', role: 'alert', hidden: true });
  return {
    element: line,
    show(error) {
      line.textContent = error.message ?? String(error);
      line.hidden = false;
    },
    clear() {
      line.hidden = true;
    },
  };
}
