/** Reads fields of an answer by name: only what is asked for leaves it, and only in the shape it is expected in. */

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text or a number as text, '' for anything else: sites of one engine differ in what is a number. */
export function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
}

/** A whole number, also when it was written as text; null for anything else. */
export function wholeOf(fields: Fields, name: string): number | null {
  const text = textOf(fields, name);
  return /^-?\d{1,15}$/.test(text) ? Number(text) : null;
}

/** A list inside of fields, null when there is none. */
export function listIn(fields: Fields, name: string): readonly unknown[] | null {
  const value = fields[name];
  return Array.isArray(value) ? value : null;
}

/** Fields inside of fields, empty when there are none. */
export function inside(fields: Fields, name: string): Fields {
  const value = fields[name];
  return isFields(value) ? value : {};
}
