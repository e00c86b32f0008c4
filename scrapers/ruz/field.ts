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

/** A list inside of fields, null when there is none. */
export function listIn(fields: Fields, name: string): readonly unknown[] | null {
  const value = fields[name];
  return Array.isArray(value) ? value : null;
}
