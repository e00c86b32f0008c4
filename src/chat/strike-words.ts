/** «отмени физику завтра», «верни физику завтра», «перенеси физику»: one lesson is to go, to come back or to move. Pure. */
import { type Clock, isClock } from '../domain/calendar.ts';
import { distance } from '../domain/name.ts';
import { findDate } from './dates.ts';
import { ordinalOf } from './hide-words.ts';
import type { IntentOf } from './intent.ts';
import { plain } from './words.ts';

const CANCEL = /^(?:отмени(?:ть|те)?|отменяй(?:те)?|отменяем|отменяю|отменим|cancel)$/u;
/** «убери физику» hides it; with a day it is that lesson. */
const TAKE_AWAY = /^(?:убер(?:и|ите)|убрать|удали(?:те|ть)?)$/u;
const RESTORE = /^(?:верни(?:те)?|вернуть|restore)$/u;
const MOVE = /^(?:перенес(?:и|ите|ти|ем)|замени(?:те|ть)?|move)$/u;
/** As the buttons say it; an occurrence by its id. */
const SURE = /^(?:да|yes),?\s+(отменить|вернуть)\s+пару\s+([\da-f]{16}(?:\/\d{4}-\d{2}-\d{2})?)$/iu;
/** Something else is to be switched off: a setting, homework, a dialogue. */
const OTHER =
  /(?<!\p{L})(?:рассылк|дайджест|напомин|уведомл|изменени|замен[ыау]|подписк|присыла|сообщени|тих|тишин|дз|домашк|домашн|последн|действи|удалени|запрос|команд|настройк|собрани\p{L}+\s+(?:присыл|не)|скрыт)/u;
const LESSON =
  /^(?:пар[аыуе]?|занят\p{L}+|урок\p{L}*|лекци\p{L}+|практик\p{L}+|семинар\p{L}*|lessons?|class|classes)$/u;
const AROUND =
  /^(?:бот|мне|нам|нас|пожалуйста|плиз|плз|все|всю|весь|эту|этот|нашу|на|в|во|по|с|со|у|и|а|этой|день|расписани[ея]|будет|надо|нужно|please|the|on|my|our)$/u;
const CLOCK = /^\d{1,2}[:.]\d{2}$/;
const YES = /^(?:да|yes)$/u;
/** More words than these are a story, not a name. */
const MOST_WORDS = 4;

/**
 * Null when the words are something else. `surely`: only where a day or a word for a lesson is said; «отмени утро» may be about a
 * setting, so the rest is asked for after those.
 */
export function strikeOf(said: string, surely: 'surely' | 'perhaps'): IntentOf<'strike'> | null {
  const sure = SURE.exec(said.trim());
  if (sure !== null) {
    const deed = sure[1]?.toLowerCase() === 'вернуть' ? 'restore' : 'cancel';
    return { kind: 'strike', deed, uid: (sure[2] ?? '').toLowerCase() };
  }
  const folded = plain(said).replace(/[!?.,;«»"()]+(?=\s|$)|(?<=^|\s)[«"(]+/gu, ' ');
  const all = folded.split(' ').filter((word) => word !== '' && !/^(?:пожалуйста|бот)$/u.test(word));
  const answers = YES.test(all[0] ?? '');
  const [verb = '', ...rest] = answers ? all.slice(1) : all;
  const deed = deedOf(verb);
  if (deed === null || said.includes('?') || OTHER.test(folded)) return null;
  const found = findDate(rest);
  const dated = found !== null;
  // «верни физику» shows what was hidden, «убери физику» hides it.
  if (!dated && (deed === 'restore' || TAKE_AWAY.test(verb))) return null;
  const left = withoutDates(rest);
  const at = left.findIndex((word, index) => ordinalOf(word) !== null && LESSON.test(left[index + 1] ?? ''));
  const slot = at < 0 ? null : Number(ordinalOf(left[at] ?? ''));
  const names = left.filter(
    (word, index) => index !== at && !AROUND.test(word) && !LESSON.test(word) && !CLOCK.test(word),
  );
  // «убери завтра» may be about anything, «отмени неделю» is about what is sent on Sundays.
  const isNamed = names.length > 0 || slot !== null || left.some((word) => LESSON.test(word));
  if ((TAKE_AWAY.test(verb) || found?.week === true) && !isNamed) return null;
  const isLesson = dated || slot !== null || left.some((word) => LESSON.test(word));
  if (!isLesson && (surely === 'surely' || names.length !== 1)) return null;
  if (names.length > MOST_WORDS || names.some((word) => /^\d+$/.test(word))) return null;
  const days = daysOf(deed === 'move' ? null : found);
  const begins = rest.map(clockIn).find((clock): clock is Clock => clock !== null);
  const more = { ...(begins === undefined ? {} : { at: begins }), ...(answers ? { sure: true as const } : {}) };
  return { kind: 'strike', deed, what: names.join(' '), slot, ...days, ...more };
}

/** «13:30»; «13.11» is a date. */
function clockIn(word: string): Clock | null {
  const clock = word.padStart(5, '0');
  return isClock(clock) ? clock : null;
}

/** A day, or the week it is in; null: the next one. */
function daysOf(
  found: ReturnType<typeof findDate>,
): Pick<Extract<IntentOf<'strike'>, { what: string }>, 'when' | 'week'> {
  if (found === null) return { when: null };
  return found.week ? { when: found.when, week: true } : { when: found.when };
}

function deedOf(verb: string): 'cancel' | 'restore' | 'move' | null {
  if (CANCEL.test(verb) || TAKE_AWAY.test(verb) || isSlip(verb)) return 'cancel';
  return RESTORE.test(verb) ? 'restore' : MOVE.test(verb) ? 'move' : null;
}

/** «отмнеи»; «отмена» and «отмены» end otherwise. */
function isSlip(verb: string): boolean {
  return ['отмени', 'отменить'].some((known) => verb.at(-1) === known.at(-1) && distance(verb, known) === 1);
}

/** «с пн на вт»: no date is part of a name. */
function withoutDates(words: readonly string[]): readonly string[] {
  const found = findDate(words);
  return found === null ? words : withoutDates([...words.slice(0, found.from), ...words.slice(found.to)]);
}
