/** Values of a configuration as a field shows them and as the API takes them. */

/** 200,200/100,100 of lists in lists; nothing of nothing. */
export function textOf(value) {
  if (value === null || value === undefined) return '';
  if (!Array.isArray(value)) return String(value);
  return value.map(textOf).join(Array.isArray(value[0]) ? '/' : ',');
}

/** JSON of a text, by the type of its key; a text that does not fit goes as it is, for the server to refuse in a sentence. */
export function valueOf(type, text) {
  switch (type) {
    case 'truth':
      return text === 'true';
    case 'whole':
    case 'number':
      return numberOf(text);
    case 'sizes':
      return sizesOf(text);
    case 'groups':
      return text.includes('/') ? text.split('/').map((group) => group.split(',').map(numberOf)) : sizesOf(text);
    default:
      return text;
  }
}

function sizesOf(text) {
  return text.includes(',') ? text.split(',').map(numberOf) : numberOf(text);
}

function numberOf(text) {
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) ? text : value;
}
