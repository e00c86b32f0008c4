/** Whether a peer hears of a lesson: its subgroup, and what it asked not to hear of. One answer for views, reminders and changes alike. */
import { fold } from './name.ts';
import type { LessonLine } from './notice.ts';
import type { Hidden, Peer } from './peer.ts';

/** The part of a peer that decides. */
export type Taste = Pick<Peer, 'subgroup' | 'hidden'>;

/** The part of a lesson that is looked at: occurrences and lesson lines have it. */
export type Audible = Pick<LessonLine, 'subject' | 'kind' | 'teachers' | 'subgroup' | 'number'>;

/** Why a lesson is not heard of. */
export type Unheard = 'subgroup' | 'hidden';

/**
 * Decides lesson by lesson why this peer does not hear of one; null: it does. Names are compared folded.
 * A lesson of the whole group is everybody's, and so is one whose subgroup cannot be compared with the peer's (a number with a
 * letter: laboratory and language groups are cut differently). A lesson is hidden by a teacher when it has no other one.
 * `folded` is `fold`, for who asks for many peers: one that remembers.
 */
export function hearing({ subgroup, hidden }: Taste, folded = fold): (lesson: Audible) => Unheard | null {
  const mine = nameOfSubgroup(subgroup);
  const names = (by: Hidden['by']) => new Set(hidden.filter((one) => one.by === by).map(({ name }) => folded(name)));
  const [subjects, teachers, kinds, slots] = [names('subject'), names('teacher'), names('kind'), names('slot')];
  return (lesson) => {
    if (!isMine(lesson.subgroup, mine)) return 'subgroup';
    const isHidden =
      (subjects.size > 0 && subjects.has(folded(lesson.subject))) ||
      (kinds.size > 0 && kinds.has(folded(lesson.kind))) ||
      (slots.size > 0 && lesson.number !== null && slots.has(String(lesson.number))) ||
      (teachers.size > 0 && lesson.teachers.length > 0 && lesson.teachers.every((name) => teachers.has(folded(name))));
    return isHidden ? 'hidden' : null;
  };
}

/** A lesson may be for several subgroups at once: «1, 2». */
function isMine(subgroup: string, mine: string): boolean {
  if (mine === '' || subgroup === '') return true;
  const all = subgroup.split(/[,;/+]|\s(?:и|and)\s/u).map(nameOfSubgroup);
  return all.some((one) => one === '' || one === mine || isNumber(one) !== isNumber(mine));
}

/** «Подгруппа 2», «2 подгр.», «п/г 02» and «2» are one subgroup. */
export function nameOfSubgroup(said: string): string {
  return fold(said)
    .replaceAll(/подгруппа|подгр|п\/?гр?|subgroup/gu, '')
    .replace(/^[\s/№]+|[\s/]+$/gu, '')
    .replace(/^0+(?=\d)/, '');
}

function isNumber(name: string): boolean {
  return /^\d+$/.test(name);
}
