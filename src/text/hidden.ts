/** What is hidden and muted, in the words that switch it: buttons say them and people may type them. */
import type { ChangeKind } from '../domain/diff.ts';
import type { Hidden } from '../domain/peer.ts';

/** How kinds of lesson are named in the words that hide them. */
export const KIND_SAID: Readonly<Record<string, string>> = {
  lecture: 'лекции',
  practice: 'практики',
  lab: 'лабы',
  seminar: 'семинары',
  test: 'зачёты',
  'graded-test': 'зачёты с оценкой',
  exam: 'экзамены',
  consultation: 'консультации',
  'class-hour': 'классные часы',
  meeting: 'собрания',
};
/** As much of a name as a button's payload carries; its beginning is found again. */
const NAMED = 60;

/** The words that hide this, as a person would type them. */
export function hiddenWords({ by, name }: Hidden): string {
  switch (by) {
    case 'slot':
      return `${name} пару`;
    case 'kind':
      return KIND_SAID[name] ?? `вид ${begun(name)}`;
    case 'subject':
      return `предмет ${begun(name)}`;
    case 'teacher':
      return `преподавателя ${begun(name)}`;
  }
}

/** The beginning of a name in whole words, without signs that would make a question or a mention of it. */
function begun(name: string): string {
  const plain = name
    .replace(/[^\p{L}\p{N}\s.-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain.length <= NAMED) return plain;
  const end = plain.lastIndexOf(' ', NAMED);
  return end > NAMED / 3 ? plain.slice(0, end) : plain.slice(0, NAMED);
}

/** Whether a subgroup's name can be said by a button and understood when typed. */
export function isSayable(name: string): boolean {
  return /^[\p{L}\d][\p{L}\d .-]{0,29}$/u.test(name) && name.split(' ').length <= 3;
}

/** How kinds of change are named in the words that switch them. */
export const CHANGE_SAID: Readonly<Record<ChangeKind, string>> = {
  cancelled: 'отмены',
  restored: 'возвраты',
  added: 'новые пары',
  moved: 'переносы',
  room: 'аудитории',
  teacher: 'преподавателей',
  subject: 'предметы',
  kind: 'виды занятий',
  format: 'форматы',
};
