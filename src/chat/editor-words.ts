/** Who else writes in a timetable, in words: «назначить старостой [id5|Борис]», «снять старосту vk.com/id5», «старосты». Pure. */
import type { IntentOf } from './intent.ts';

/** A mention as VK writes it, an address by number, or the number: names of pages are known to VK alone. */
const PERSON = /(?:\[id(\d{1,10})\|[^\]]*\]|(?:(?:https?:\/\/)?(?:m\.)?vk\.(?:com|ru)\/|@|\*)?id(\d{1,10}))(?!\d)/iu;
/** A button of an older message may be about another timetable than the one followed now. */
const WHERE = /\s+в\s+№(\d{1,9})$/iu;
const GIVE = /^(?:назначить|назначь(?:те)?|appoint)(?=\s|$)(.*)$/iu;
const TAKE =
  /^(?:(?:снять|сними(?:те)?|разжаловать|dismiss)(?=\s|$)|(?:убрать|убери)(?=\s+(?:старост|редактор)))(.*)$/iu;
const LIST =
  /^(?:(?:кто\s+)?(?:старост[аы]|редактор(?:ы)?)|кто\s+(?:пишет|записывает|ведёт|ведет)\s+(?:дз|домашку|расписание)|editors)$/iu;

/** `person` null: nobody we can name was said; null when the words are something else. */
export function editorsOf(said: string): IntentOf<'editors'> | null {
  const plain = said.replace(/[\s.!?]+$/, '');
  if (LIST.test(plain)) return { kind: 'editors', deed: 'list', person: null };
  for (const [deed, words] of [
    ['give', GIVE.exec(plain)],
    ['take', TAKE.exec(plain)],
  ] as const) {
    if (words === null) continue;
    const found = PERSON.exec(words[1] ?? '');
    if (found === null && !/старост|редактор|editor|^\S+$/iu.test(plain)) return null;
    const person = Number(found?.[1] ?? found?.[2] ?? 0);
    const where = WHERE.exec(plain)?.[1];
    return {
      ...{ kind: 'editors', deed, person: person === 0 ? null : person },
      ...(where === undefined ? {} : { timetable: Number(where) }),
    };
  }
  return null;
}
