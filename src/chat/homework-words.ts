/** Homework in words: written down, taken away, asked for. Pure. */
import { findDate } from './dates.ts';
import type { IntentOf } from './intent.ts';
import { plain } from './words.ts';

const NAMED = '(?:дз|д\\/з|домашк[ауиой]{1,2}|домашн(?:ее|юю|ие|яя)(?:\\s+(?:задани[ея]|работ[ауы]))?|homework|hw)';
const WRITE = '(?:добавить|добавь(?:те)?|записать|запиши(?:те)?|add)';
const GIVE = new RegExp(
  `^(?:${WRITE}\\s+)?${NAMED}\\s+([^:\\n]*?[^:\\n\\s])\\s*(?:[:\\n]|\\s[-–—]\\s)\\s*(\\S[\\s\\S]*)$`,
  'iu',
);
const NAMELESS = new RegExp(`^(?:${WRITE}\\s+)?${NAMED}\\s*[:–—-]\\s*(\\S[\\s\\S]*)`, 'iu');
const TAKE = new RegExp(
  `^(?:убрать|убери|удалить|удали|стереть|сотри|remove|delete)\\s+${NAMED}\\s+(\\S[^\\n]*)$`,
  'iu',
);
const ASK = new RegExp(
  `^(?:(?:покажи|показать|пришли|скинь|кинь|дай|отправь|скажи|напомни|какое|какая|show|send)\\s+)?(?:${NAMED}|что\\s+задали)(?=\\s|$)\\s*(.*)$`,
  'iu',
);
/** The same without a colon or a dash: what is to be done may stand behind the subject or the day. */
const PERHAPS = new RegExp(`^(?:(?:${WRITE}\\s+)?${NAMED}|(?:нам\\s+)?задали)(?=[\\s,]|$)[\\s,]*([^\\n?]+)$`, 'iu');
/** With one of these it is asked for. */
const ASKING =
  /^(?:есть|како[йе]|какая|какие|что|чего|где|когда|кто|скинь|скиньте|покажи|пришли|кинь|дай|плиз|пожалуйста|задали|задано|было|будет|нет|не|сделал\p{L}*|готов\p{L}*|show|what|is|not|please)$/u;
/** Words around a subject that say nothing of it. */
const AROUND = /^(?:на|по|к|ко|о|об|для|в|во|следующ\p{L}+|пар[уеы]|урок\p{L}*|for|on|of)$/u;

/** «дз матан: №5–7», «дз на пятницу физика — доклад», «убрать дз матан»; a subject is needed; null when the words are something else. */
export function homeworkOf(said: string): IntentOf<'homework'> | null {
  const give = GIVE.exec(said);
  if (give !== null) {
    const meant = meantBy(give[1] ?? '');
    return !/\p{L}/u.test(meant.what) ? null : { kind: 'homework', deed: 'give', ...meant, text: give[2] ?? '' };
  }
  const nameless = NAMELESS.exec(said);
  if (nameless !== null)
    return { kind: 'homework', deed: 'nameless', what: '', when: null, text: (nameless[1] ?? '').replace(/\s+/g, ' ') };
  const take = TAKE.exec(said);
  if (take === null) return null;
  return { kind: 'homework', deed: 'take', ...meantBy(take[1] ?? ''), text: '' };
}

/** «дз», «дз на завтра», «домашка по матану», «что задали?»: said last, when the words are no setting either. */
export function homeworkAsked(said: string): IntentOf<'homework'> | null {
  const asked = ASK.exec(said.replace(/[\s.!?]+$/, ''));
  if (asked === null) return perhapsGiven(said);
  return perhapsGiven(said) ?? { kind: 'homework', deed: 'list', ...meantBy(asked[1] ?? ''), text: '' };
}

/** «дз физика на понедельник лаба 3», «дз матан №5»: where the subject ends is known to who knows the subjects. */
function perhapsGiven(said: string): IntentOf<'homework'> | null {
  const raw = (PERHAPS.exec(said.replace(/[\s.!]+$/, ''))?.[1] ?? '').split(/\s+/).filter((word) => word !== '');
  const all = raw.map((word) => plain(word).replace(/[,;!()«»"]+/g, ''));
  if (all.some((word) => ASKING.test(word))) return null;
  const found = findDate(all);
  const [from, to] = found === null || found.week ? [raw.length, raw.length] : [found.from, found.to];
  const isSaid = (word: string) => !AROUND.test(plain(word));
  const before = raw.slice(0, from).filter(isSaid);
  const after = raw.slice(to);
  const when = found === null || found.week ? null : found.when;
  if (before.length > 0 && after.some(isSaid))
    return { kind: 'homework', deed: 'perhaps', what: plain(before.join(' ')), when, text: after.join(' ') };
  const [one = [], ...more] = [before, after.filter(isSaid)].filter((some) => some.length > 0);
  if (more.length > 0 || one.length < 2) return null;
  return { kind: 'homework', deed: 'perhaps', what: '', when, text: one.join(' ') };
}

function meantBy(words: string): Pick<IntentOf<'homework'>, 'what' | 'when'> {
  const all = plain(words.replace(/[\s.!?]+$/, '').replace(/[,;!?()«»"]/g, ' ')).split(' ');
  const found = findDate(all);
  const left = found === null ? all : [...all.slice(0, found.from), ...all.slice(found.to)];
  const when = found === null || found.week ? null : found.when;
  return { what: left.filter((word) => !AROUND.test(word)).join(' '), when };
}
