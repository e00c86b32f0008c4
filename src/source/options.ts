/** What the operator sets for sources in the environment: `SOURCE_<ID>_<KEY>=value`, handed to a source with every ask. */
import type { Ask } from './contract.ts';

/** Options by source, and the names of variables that belong to none. */
export type Options = { readonly of: ReadonlyMap<string, Ask>; readonly strange: readonly string[] };

/**
 * «SOURCE_ASU_TOKEN» is `token` of `asu`; a dash of an id is written as «_», and the longest id that fits is meant. Values are
 * never put into an error or a log.
 */
export function readOptions(env: Readonly<Record<string, string | undefined>>, ids: readonly string[]): Options {
  const of = new Map<string, Ask>();
  const strange: string[] = [];
  const prefixes = ids
    .map((id) => ({ id, prefix: `SOURCE_${id.toUpperCase().replaceAll('-', '_')}_` }))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  for (const [name, value = ''] of Object.entries(env)) {
    if (!name.startsWith('SOURCE_') || value.trim() === '') continue;
    const found = prefixes.find(({ prefix }) => name.startsWith(prefix) && name.length > prefix.length);
    if (found === undefined) strange.push(name);
    else of.set(found.id, { ...of.get(found.id), [name.slice(found.prefix.length).toLowerCase()]: value.trim() });
  }
  return { of, strange: strange.sort() };
}

/** The variable that sets an option. */
export function variableOf(source: string, key: string): string {
  return `SOURCE_${source.toUpperCase().replaceAll('-', '_')}_${key.toUpperCase()}`;
}
