/** «изменения», «что изменилось за неделю», «что нового у ПИ-22»: what has changed lately is asked for. Nothing is switched by it. Pure. */
import { groupTokens } from './group-words.ts';
import type { Intent, Which } from './intent.ts';
import { plain, whole } from './words.ts';

/** So many days are kept. */
export const KEPT_DAYS = 14;

/** The same question in the words people have for it; folded. */
const QUESTION = [
  'что\\s+(?:там\\s+|у\\s+нас\\s+)?(?:нового|изменил[оа]сь|поменял[оа]сь|сменилось|меняется|изменили|поменяли)',
  '(?:было|были|есть|нет)(?:\\s+ли)?(?:\\s+(?:там|какие-то|какие-нибудь|новые))?\\s+изменени[яй]',
  'изменени[яй]\\s+(?:есть|были|нет)',
  '(?:(?:покажи(?:те)?|показать|пришли(?:те)?|скинь|кинь|отправь|посмотреть|дай|какие|последние|свежие|недавние|новые|все|мои|были|лента|история|список|там)\\s+)*(?:изменени[яй]|замен[ыа]?)',
  '(?:(?:есть|были|будут)(?:\\s+ли)?\\s+)?(?:замены|отмены|переносы)(?:\\s+(?:есть|были|будут))?',
  // The button under a long message of changes.
  '(?:показать|покажи(?:те)?)\\s+все|show\\s+all',
  "what(?:'s|\\s+is|\\s+has)?\\s+(?:new|changed)",
  '(?:(?:show|all|recent|latest|any|the)\\s+)*changes',
].join('|');
const ABOUT =
  '(?:в|по|с|in|of|for)?\\s*(?:нашем\\s+|моем\\s+|the\\s+)?(?:расписани[еияю]|расписанием|парах|timetable|schedule)';
const TIME =
  '(?:за|for|in)\\s+(?:последн(?:ие|их|юю|ий|ей)\\s+|the\\s+|last\\s+)*(?<time>[\\p{L}\\d.]+(?:\\s+[\\p{L}.]+)?)';
const PAGE = '(?:страница|стр\\.?|page)\\s+(?<page>\\d{1,3})';
const WHOLE = new RegExp(`^(?:${QUESTION})(?:\\s+${ABOUT})?(?:\\s+${TIME})?(?:,?\\s+${PAGE})?$`, 'u');

const BEFORE_NAME = whole('(?:у|для|of|for)(?:\\s+группы)?(?=\\s*$|\\s\\s)');

const TIMES: readonly (readonly [number, RegExp])[] = [
  [1, /^(?:сегодня|день|сутки|1 день|1 дн\.?|today|1 day|a day)$/u],
  [2, /^(?:вчера|два дня|yesterday)$/u],
  [7, /^(?:неделю|1 неделю|одну неделю|эту неделю|7 дней|семь дней|week|a week|1 week|7 days)$/u],
  [KEPT_DAYS, /^(?:две недели|2 недели|месяц|все время|семестр|2 weeks|two weeks|month|a month|all time)$/u],
];
const DAYS = /^(\d{1,3})\s*(?:дн(?:\.|я|ей)?|день|сут\p{L}*|days?)$/u;

/** Null when something else is said. A group's name is kept as typed. */
export function historyAsked(said: string): Intent | null {
  const [group = ''] = groupTokens(said);
  const which: Which = group === '' ? { of: 'own' } : { of: 'name', name: group };
  const rest = group === '' ? said : said.replace(group, ' ').replace(BEFORE_NAME, ' ');
  const asked = historyIn(plain(rest).replace(/[\s.!?]+$/, ''));
  return asked === null ? null : { kind: 'history', which, ...asked };
}

/** «изменения за 7 дней, страница 2» of a timetable named before it. */
export function historyIn(folded: string): { readonly days: number; readonly page: number } | null {
  const match = WHOLE.exec(folded);
  if (match === null) return null;
  const { time, page } = match.groups ?? {};
  const days = time === undefined ? KEPT_DAYS : daysIn(time);
  return days === null ? null : { days, page: Math.max(1, Number(page ?? 1)) };
}

function daysIn(time: string): number | null {
  const counted = DAYS.exec(time);
  if (counted !== null) return Math.min(KEPT_DAYS, Math.max(1, Number(counted[1])));
  return TIMES.find(([, pattern]) => pattern.test(time))?.[0] ?? null;
}
