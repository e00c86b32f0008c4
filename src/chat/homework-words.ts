/** Homework in words: written down, taken away, asked for. Pure. */
import { findDate } from './dates.ts';
import type { IntentOf } from './intent.ts';
import { plain } from './words.ts';

const NAMED = '(?:дз|д\\/з|домашк[ауиой]{1,2}|домашн(?:ее|юю|ие|яя)(?:\\s+(?:задани[ея]|работ[ауы]))?|homework|hw)';
const GIVE = new RegExp(
  `^(?:(?:добавить|добавь|записать|запиши|add)\\s+)?${NAMED}\\s+([^:\\n]*?[^:\\n\\s])\\s*(?:[:\\n]|\\s[-–—]\\s)\\s*(\\S[\\s\\S]*)$`,
  'iu',
);
const NAMELESS = new RegExp(`^(?:(?:добавить|добавь|записать|запиши|add)\\s+)?${NAMED}\\s*[:–—-]\\s*\\S`, 'iu');
const TAKE = new RegExp(
  `^(?:убрать|убери|удалить|удали|стереть|сотри|remove|delete)\\s+${NAMED}\\s+(\\S[^\\n]*)$`,
  'iu',
);
const ASK = new RegExp(
  `^(?:(?:покажи|показать|пришли|скинь|кинь|дай|отправь|скажи|напомни|какое|какая|show|send)\\s+)?(?:${NAMED}|что\\s+задали)(?=\\s|$)\\s*(.*)$`,
  'iu',
);
/** Words around a subject that say nothing of it. */
const AROUND = /^(?:на|по|к|ко|о|об|для|в|во|следующ\p{L}+|пар[уеы]|урок\p{L}*|for|on|of)$/u;

/** «дз матан: №5–7», «дз на пятницу физика — доклад», «убрать дз матан»; a subject is needed; null when the words are something else. */
export function homeworkOf(said: string): IntentOf<'homework'> | null {
  const give = GIVE.exec(said);
  if (give !== null) {
    const meant = meantBy(give[1] ?? '');
    return !/\p{L}/u.test(meant.what) ? null : { kind: 'homework', deed: 'give', ...meant, text: give[2] ?? '' };
  }
  if (NAMELESS.test(said)) return { kind: 'homework', deed: 'nameless', what: '', when: null, text: '' };
  const take = TAKE.exec(said);
  if (take === null) return null;
  return { kind: 'homework', deed: 'take', ...meantBy(take[1] ?? ''), text: '' };
}

/** «дз», «дз на завтра», «домашка по матану», «что задали?»: said last, when the words are no setting either. */
export function homeworkAsked(said: string): IntentOf<'homework'> | null {
  const asked = ASK.exec(said.replace(/[\s.!?]+$/, ''));
  if (asked === null) return null;
  return { kind: 'homework', deed: 'list', ...meantBy(asked[1] ?? ''), text: '' };
}

function meantBy(words: string): Pick<IntentOf<'homework'>, 'what' | 'when'> {
  const all = plain(words.replace(/[\s.!?]+$/, '').replace(/[,;!?()«»"]/g, ' ')).split(' ');
  const found = findDate(all);
  const left = found === null ? all : [...all.slice(0, found.from), ...all.slice(found.to)];
  const when = found === null || found.week ? null : found.when;
  return { what: left.filter((word) => !AROUND.test(word)).join(' '), when };
}
