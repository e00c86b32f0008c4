/** What a source lists of itself and of what there is to ask for, checked and cleaned before it leaves the reading child. */
import { type Ask, type Catalogue, type Listed, type Source, SourceError } from './contract.ts';
import type { About } from './messages.ts';
import { clean } from './page.ts';

const LONGEST_NAME = 100;
/** An ask is a few words and numbers. */
const LONGEST_ASK = 1000;
/** A university has thousands of groups, teachers and rooms, not millions. */
const MOST = 100_000;
const KINDS: readonly unknown[] = ['group', 'teacher', 'room'] satisfies Listed['kind'][];

/** What a source says about itself when the operator has set these options. */
export function describe(source: Source, options: Ask): About {
  const { name, zone = null, universities = [], catalogue } = source;
  return {
    name,
    zone,
    universities,
    catalogue: catalogue !== undefined,
    options: source.options ?? [],
    missing: source.missing?.(options) ?? [],
  };
}

/** @throws SourceError `refused` for a source that lists nothing */
export function catalogueOf({ id, catalogue }: Source): Catalogue {
  if (catalogue === undefined) throw new SourceError('refused', 'no-catalogue', `source ${id} lists nothing`);
  return catalogue;
}

/**
 * Entries with a name and an ask, each name of a kind once, its ask with the name in it: a timetable is bound by its name. Of
 * several of one name the one with the greatest number is taken, which is mostly the newest, and always the same one.
 * @throws SourceError `changed` for what is no list, `too-big` for one without end
 */
export function listedBy(entries: readonly Listed[]): readonly Listed[] {
  if (!Array.isArray(entries)) throw new SourceError('changed', 'shape', 'a catalogue is a list');
  if (entries.length > MOST) throw new SourceError('too-big', 'entries', `the catalogue has ${entries.length} entries`);
  const named = new Map<string, Listed>();
  for (const entry of entries) {
    const listed = checked(entry);
    if (listed === null) continue;
    const key = `${listed.kind} ${listed.name}`;
    const known = named.get(key);
    if (known === undefined || isLater(listed.ask, known.ask)) named.set(key, listed);
  }
  return [...named.values()];
}

function checked({ kind, name, ask }: Listed): Listed | null {
  const cleaned = clean(String(name), LONGEST_NAME);
  const right = Object.values(ask).every((value) => typeof value === 'string');
  if (!KINDS.includes(kind) || !/[\p{L}\d]/u.test(cleaned) || !right) return null;
  const whole = { ...ask, [kind]: ask[kind] ?? cleaned };
  return JSON.stringify(whole).length > LONGEST_ASK ? null : { kind, name: cleaned, ask: whole };
}

function isLater(a: Ask, b: Ask): boolean {
  const [left, right] = [a, b].map((ask) => JSON.stringify(Object.entries(ask).sort()));
  return (left ?? '').localeCompare(right ?? '', 'en', { numeric: true }) > 0;
}
