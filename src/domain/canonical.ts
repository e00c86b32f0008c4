/** One text for equal facts: what is compared, named by a hash, or kept as JSON. */

/**
 * JSON with the keys of every object in order: equal facts give equal text whoever built them. Undefined members are left out.
 * What was read from such a text is in order already and costs no copy: the peak minute has ten thousand sayings.
 */
export function canonical(value: unknown): string {
  return JSON.stringify(isInOrder(value) ? value : putInOrder(value));
}

function isInOrder(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (Array.isArray(value)) return value.every(isInOrder);
  let last = '';
  for (const name in value) {
    if (!Object.hasOwn(value, name)) continue;
    if (name < last || !isInOrder(Reflect.get(value, name))) return false;
    last = name;
  }
  return true;
}

function putInOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(putInOrder);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, inner]) => [name, putInOrder(inner)]));
}
