/** What a university lists – groups, teachers, rooms – and by which words each is found. */
import { fold } from './name.ts';

export type ListedKind = 'group' | 'teacher' | 'room';

/** Of equally good finds a group is named first: it is what people ask for most. */
export const LISTED_KINDS: readonly ListedKind[] = ['group', 'teacher', 'room'];

const ROOM_WORD = /^(?:ауд(?:итория)?|каб(?:инет)?|комн(?:ата)?|room)(?![\p{L}])[\s.№]*/iu;

/** The part of a name that people type, folded: a teacher's surname, a room without the word «ауд.», else all of it. */
export function keyOf(kind: ListedKind, name: string): string {
  if (kind === 'teacher') return fold(partsOf(name)[0] ?? name);
  return fold(kind === 'room' ? name.trim().replace(ROOM_WORD, '') || name : name);
}

/**
 * Whether the words name this person: «Иванов», «иванов и и», «Иванов Иван» are «Иванов Иван Иванович»; and «Иванов Иван» may
 * be the «Иванов И. И.» of a site that prints initials. The surname must be whole.
 */
export function namesPerson(words: string, name: string): boolean {
  const [surname, ...said] = partsOf(words).map(fold);
  const [own, ...rest] = partsOf(name).map(fold);
  if (surname === undefined || surname === '' || surname !== own || said.length > rest.length) return false;
  return said.every((part, at) => {
    const other = rest[at] ?? '';
    return other.startsWith(part) || (other.length === 1 && part.startsWith(other));
  });
}

/** Surname, given name, patronymic or their initials; ranks («доц.») stand before the surname and are left out. */
function partsOf(name: string): string[] {
  const words = name
    .replace(/\([^)]*\)/g, ' ')
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const from = words.findIndex((word) => !word.endsWith('.') && [...word].length > 1);
  return words.slice(Math.max(0, from)).flatMap((word) => word.split('.').filter((part) => part !== ''));
}
