/** Timetables by the words of a sentence: the words whole, the group-like pieces in them, and Latin letters read as Russian ones. */
import type { ListedKind } from '../domain/listed.ts';
import type { Offered } from '../domain/view.ts';
import { type Asker, type Finding, find, findTitled } from '../flows/find.ts';
import type { World } from '../flows/world.ts';
import { groupTokens, inCyrillic } from './group-words.ts';
import type { Turn } from './turn.ts';
import { stripAddress } from './understand.ts';

/** Longer words are no timetable's name, and searching them would only cost time. */
export const NAME_LIMIT = 80;
/** A sentence of more names than this is a list, not a question. */
const TOKENS = 3;
/** Titles of so many words but one are looked for at the end of a sentence. */
const TITLE_WORDS = 3;
/** As many as a message has room for. */
const OFFERED = 10;

/** `near` has the letters that were typed and other digits; `names` are the words that were looked for. */
export type Named = Finding & { readonly names: readonly string[] };

/** What the words may name. Only an exact name is ever taken without a question. */
export async function findNamed(world: World, words: string, asker: Asker): Promise<Named> {
  const tokens = groupTokens(words).slice(0, TOKENS);
  const whole = words.length > NAME_LIMIT ? NOTHING : await find(world, words, asker);
  const alone = tokens.length === 0 || (tokens.length === 1 && tokens[0] === words.trim());
  if (whole.exact.length > 0 || (whole.close.length > 0 && alone)) return { ...whole, names: [words] };
  if (!alone) {
    const parts = await Promise.all(tokens.map((token) => find(world, token, asker)));
    const found = merged(parts);
    if (found.exact.length + found.close.length > 0) return { ...found, names: tokens };
    const spelled = await asSpelled(world, tokens, asker);
    const close = spelled.length > 0 ? spelled : await titleIn(world, words, asker);
    return { ...found, close: close.length > 0 ? close : whole.close, names: tokens };
  }
  const names = tokens.length > 0 ? tokens : [words];
  return { ...whole, close: await asSpelled(world, names, asker), names };
}

const NOTHING = { exact: [], close: [], near: [] };

/** «изменения Замены 5Б»: what the sentence ends with may be a title, though no piece of it is a name. It is asked about. */
async function titleIn(world: World, words: string, asker: Asker): Promise<readonly Offered[]> {
  const all = words.split(' ');
  const ends = all.slice(1, -1).map((_, at) => all.slice(at + 1).join(' '));
  for (const title of ends.slice(-TITLE_WORDS)) {
    const found = await findTitled(world, title, asker);
    if (found.length > 0) return found;
  }
  return [];
}

/** All that was said, as a title would stand in it. */
export function allSaid({ text }: Pick<Turn, 'text'>): string {
  return stripAddress(text).replace(/[\s.!?]+$/, '');
}

/** «Замены шклы 5»: all that was said, with a slip in it, may be a title that begins with our word. */
export async function titledNearly({
  turn,
  world,
}: {
  readonly turn: Turn;
  readonly world: World;
}): Promise<readonly Offered[]> {
  const title = allSaid(turn);
  if (turn.event !== 'message' || title.length > NAME_LIMIT) return [];
  return (await find(world, title, turn)).close;
}

/** «PI-21» for «ПИ-21»: asked about like a typo, for it may be another name. */
async function asSpelled(world: World, names: readonly string[], asker: Asker): Promise<readonly Offered[]> {
  const spelled = names.flatMap((name) => (name.length > NAME_LIMIT ? [] : (inCyrillic(name) ?? [])));
  const found = await Promise.all(spelled.map((name) => find(world, name, asker)));
  return merged(found).exact;
}

function merged(parts: readonly Finding[]): Finding {
  const all = (pick: (part: Finding) => readonly Offered[]) =>
    [...new Map(parts.flatMap(pick).map((ref) => [ref.id, ref])).values()].slice(0, OFFERED);
  return { exact: all((part) => part.exact), close: all((part) => part.close), near: all((part) => part.near) };
}

/** Teachers or rooms of this name: the kind was said, so the words are a name and nothing else. */
export async function findListed(world: World, name: string, asker: Asker, kind: ListedKind): Promise<Finding> {
  return name.length > NAME_LIMIT ? NOTHING : find(world, name, asker, kind);
}
