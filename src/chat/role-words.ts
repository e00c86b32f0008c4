/** Who people say they are: «я родитель», «мы преподаватели», «я преподаватель Иванов». Pure. */
import type { Role } from '../domain/peer.ts';
import { groupTokens } from './group-words.ts';
import type { IntentOf } from './intent.ts';

const SAID =
  /^(?:(?:я|мы|это|теперь|чат|беседа|для|i\s+am|i'?m|we\s+are|we'?re|an?|the)\s+)*(родител\p{L}*|мам[аы]|пап[аы]|преподавател\p{L}*|преподы?|учител\p{L}*|учительская|студент\p{L}*|ученик\p{L}*|ученица|школьник\p{L}*|школьница|parents?|teachers?|students?)(?:[\s,]+(.+))?$/iu;
/** Who speaks of themselves; «преподаватель Иванов» alone asks for his timetable. */
const OF_ONESELF = /^(?:я|мы|это|теперь|чат|беседа|для|i\s+am|i'?m|we\s+are|we'?re)\s/iu;
const PARENT = /^(?:родител|мам|пап|parent)/iu;
const TEACHER = /^(?:препод|учител|teacher)/iu;

/** The role, and whose timetable was named beside it, '' when none; null when the words are something else. */
export function roleOf(said: string): IntentOf<'role'> | null {
  const plain = said.replace(/[\s.!]+$/, '').replaceAll('’', "'");
  const found = SAID.exec(plain);
  if (found === null) return null;
  const [, word = '', rest = ''] = found;
  if (
    !OF_ONESELF.test(plain) &&
    (rest !== '' || !/^(?:родители|учительская|преподаватели|учителя|parents|teachers)$/iu.test(word))
  )
    return null;
  const role: Role = PARENT.test(word) ? 'parent' : TEACHER.test(word) ? 'teacher' : 'student';
  // «я студент ПИ-21» chooses a group, as ever.
  if (role === 'student' && rest !== '') return null;
  if (role === 'teacher') return { kind: 'role', role, name: rest.trim() };
  return { kind: 'role', role, name: groupTokens(rest)[0] ?? '' };
}
