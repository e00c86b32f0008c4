/** Words to intent: any order, any case, with or without «/»; by tables, without a calendar. Pure. */
import type { ListedKind } from '../domain/listed.ts';
import type { OfferId } from '../domain/view.ts';
import { addressIn } from './address-words.ts';
import { courtesyOf } from './courtesy.ts';
import { findDate, looksLikeTerm } from './dates.ts';
import { editorsOf } from './editor-words.ts';
import { withoutFillers } from './group-words.ts';
import { historyAsked, historyIn } from './history-words.ts';
import { homeworkAsked, homeworkOf } from './homework-words.ts';
import type { Intent, Which } from './intent.ts';
import { BY_PHRASE } from './phrases.ts';
import { roleOf } from './role-words.ts';
import { settingOf } from './settings-words.ts';
import { sourcesOf } from './sources-words.ts';
import { strikeOf } from './strike-words.ts';
import { whyOf } from './why-words.ts';
import { plain, whole } from './words.ts';
import { zoneWordsOf } from './zone-words.ts';

const WITH_HIDDEN = whole('со?\\s+скрыт(?:ыми|ым)(?:\\s+(?:парами|предметами|занятиями))?|with\\s+hidden', 'g');

const CREATE =
  /^(?:создать|создай|сделать|сделай|новое|новая|create)\s+(?:расписание|группу|группа|timetable)(?=[\s:]|$)[\s:]*(.*)$/iu;
const TOGETHER = /^(?:создать|создай|сделать|сделай|create)\s+(?:вместе\s+с\s+группой|together)$/iu;
const ADD =
  /^(?:добавить|добавь|add)\s+(?:пар[уы]|заняти[ея]|урок[и]?|lessons?)(?=[\s:]|$)[\s:]*(?:(?:в|к|для)\s+)?(.*)$/iu;
const ASKED = /^(?:(?:моя|наша|выбрать|выбери)\s+)?(?:группа|группу|выбрать|выбери|group)\s+(.+)$/iu;
const REMOVE = /^(?:удалить|удали|delete)\s+(?:расписание|группу|timetable)(?=[\s:]|$)[\s:]*(.*)$/iu;
const REMOVE_SURE = /^(?:да|yes),?\s+удалить\s+расписание\s+(\d{1,9})$/iu;
const ACCEPT = /^(?:принять|прими|accept)(?=\s|$)\s*(?:(?:расписание|группу|timetable)(?=\s|$)\s*)?(.*)$/iu;
const TAKE = /^(?:взять|возьми|take)\s+(\S.*)$/iu;
const CLOCKS = /^(?:время\s+(?:вуза|сайта)|time\s+of\s+the\s+site)(?=[\s:])[\s:]*(\S.*)$/iu;
const SHOW = /^(?:показать|покажи|show)\s+(№?\d{1,9})(?=\s|$)(?!\s+пар)\s*(.*)$/iu;
const LISTED =
  /^(?:(выбрать|выбери|следить\s+за|choose|follow)\s+)?(?:(?:расписание|timetable)\s+)?(?:(преп(?:од(?:авател(?:ь|я|ю|ем))?)?|teacher)|(?:ауд(?:итори[яюией]{1,2})?|каб(?:инет(?:а|е|у|ом)?)?|room))(?:\.\s*|\s+)(?!(?:не\s+)?(?:присыла|отправля|сообща))(.+)$/iu;

const NEAREST = new Set([
  'ближайшее',
  'ближайшие',
  'ближайший',
  'ближайшая',
  'сейчас',
  'следующая',
  'следующие',
  'nearest',
  'now',
  'next',
]);

/** «как включить напоминания» asks, with a question mark or without one. */
const HOW = /^(?:\p{L}+[,!]?\s+)?как\s+(?:мне\s+|можно\s+)*(?=\p{L}+(?:ть|ти)(?:\s|$))/u;
const PLEASE = /,?\s*(?<!\p{L})(?:пожалуйста|плиз|pls|please)(?!\p{L}),?/gu;
/** Said of a day beside its date: «во сколько завтра первая пара», «завтра ко второй?». */
const OF_DAY =
  /^(?:мои|наши|сколько|паре|пар|ко?|перв(?:ая|ую|ой)|втор(?:ая|ую|ой)|отменили|отменена|когда|начинаются|начало)$/u;

/** What those who run the bot say to see how it does. */
const STATE = /^(?:состояние|status)$/iu;

/** A leading «/», which the channel has usually stripped already. Mentions are the channel's: it alone knows which one is the bot's. */
export function stripAddress(text: string): string {
  return text.replace(/^\s*\/+\s*/, '').trim();
}

/** `operator`: the words of those who run the bot are known too. */
export function understand(text: string, operator = false): Intent {
  const said = stripAddress(text);
  const sources = operator ? sourcesOf(said) : null;
  if (sources !== null) return sources;
  if (operator && STATE.test(said)) return { kind: 'state' };
  // What is to be done may hold an address, a person is one.
  const written = homeworkOf(said) ?? editorsOf(said);
  if (written !== null) return written;
  const address = addressIn(said);
  if (address !== null) return { kind: 'calendar', ...address };
  const wish = plain(said).replace(HOW, '');
  const question = said.includes('?') || wish !== plain(said);
  const folded = wish
    .replace(PLEASE, ' ')
    .replace(/[\s.!?]+$/, '')
    .trim();
  const courtesy = courtesyOf(said);
  const courteous: Intent | null = courtesy === null ? null : { kind: 'courtesy', courtesy };
  return (
    byPhrase(folded, question) ??
    whyOf(said) ??
    zoneWordsOf(said) ??
    wholeView(said) ??
    roleOf(said) ??
    byPattern(said) ??
    courteous ??
    historyAsked(said) ??
    strikeOf(said, 'surely') ??
    settingOf(folded, question) ??
    homeworkAsked(said) ??
    strikeOf(said, 'perhaps') ??
    byDate(said)
  );
}

/** «завтра со скрытыми»: the same view with nothing left out. */
function wholeView(said: string): Intent | null {
  if (!WITH_HIDDEN.test(said)) return null;
  const intent = understand(said.replace(WITH_HIDDEN, ' '));
  return intent.kind === 'day' || intent.kind === 'week' || intent.kind === 'nearest'
    ? { ...intent, whole: true }
    : { kind: 'nearest', which: { of: 'own' }, whole: true };
}

function byPhrase(folded: string, question: boolean): Intent | null {
  const intent = BY_PHRASE.get(folded);
  // «стоп?» asks what would happen: what is on is shown, and nothing is changed.
  if (question && intent?.kind === 'stop') return { kind: 'settings' };
  if (question && intent?.kind === 'forget') return { kind: 'forget', sure: false };
  return intent ?? (looksLikeTerm(folded.split(' ')) ? { kind: 'form' } : null);
}

function byPattern(typed: string): Intent | null {
  const said = typed.replace(/[\s.!?]+$/, '');
  const [first = '', ...more] = said.split('\n');
  const lines = more.join('\n').trim();
  if (TOGETHER.test(said)) return { kind: 'create', name: '', lines: '' };
  const create = CREATE.exec(first.trim());
  if (create !== null) return { kind: 'create', name: tidyName(create[1] ?? ''), lines };
  const add = ADD.exec(first.trim());
  if (add !== null) return { kind: 'add', name: tidyName(add[1] ?? ''), lines };
  const removed = REMOVE_SURE.exec(said);
  if (removed !== null) return { kind: 'remove', name: '', sure: Number(removed[1]) };
  const remove = REMOVE.exec(said);
  if (remove !== null) return { kind: 'remove', name: tidyName(remove[1] ?? ''), sure: null };
  const accepted = ACCEPT.exec(said);
  if (accepted !== null) return { kind: 'accept', name: tidyName(accepted[1] ?? '') };
  if (/^(?:убрать|убери|remove)\s+\d{1,3}$/iu.test(said)) return { kind: 'form' };
  const taken = TAKE.exec(said);
  if (taken !== null) return { kind: 'column', name: tidyName(taken[1] ?? '') };
  const clocks = CLOCKS.exec(said);
  if (clocks !== null) return { kind: 'clocks', name: tidyName(clocks[1] ?? '') };
  const show = SHOW.exec(said);
  if (show !== null) return shown({ of: 'id', id: offerId(show[1] ?? '') }, show[2] ?? '');
  const chosen = /^(?:выбрать|выбери|choose)\s+(№?\d{1,9})$/iu.exec(said);
  if (chosen !== null) return { kind: 'choose', id: offerId(chosen[1] ?? '') };
  const listed = LISTED.exec(said);
  if (listed !== null)
    return ofSort(listed[2] === undefined ? 'room' : 'teacher', listed[3] ?? '', listed[1] !== undefined);
  const asked = ASKED.exec(said);
  // «группа ПИ-22 завтра» is a question about a day, not a choice.
  if (asked === null || findDate(foldedWords(asked[1] ?? '').folded) !== null) return null;
  return { kind: 'group', name: tidyName(asked[1] ?? ''), asked: true };
}

function byDate(said: string): Intent {
  const { raw, folded } = foldedWords(said);
  const found = findDate(folded);
  if (found === null) return nearestOrGroup(raw, folded);
  const left = raw.filter((_, index) => index < found.from || index >= found.to);
  const name = withoutFillers(withoutDates(left).filter((word) => !OF_DAY.test(plain(word))));
  // «ПТ 21» is a group, not a Friday: a bare number beside a two-letter weekday belongs to a name.
  if (/^\d+$/.test(name) && (folded[found.from] ?? '').length <= 2 && found.when.kind === 'weekday') {
    return { kind: 'group', name: raw.join(' '), asked: false };
  }
  // «завтра в 7»: a lone hour is no name either.
  const which: Which = /^(?:\d{1,2}(?:[:.]\d{2})?)?$/.test(name) ? { of: 'own' } : { of: 'name', name };
  return { kind: found.week ? 'week' : 'day', when: found.when, which };
}

/** «ПИ-21 сегодня и завтра»: the first date is answered, the others are no part of a name. */
function withoutDates(words: readonly string[]): string[] {
  const found = findDate(words.map(plain));
  if (found === null || /^\d+$/.test(words[found.to] ?? '')) return [...words];
  return withoutDates([...words.slice(0, found.from), ...words.slice(found.to)]);
}

function nearestOrGroup(raw: readonly string[], folded: readonly string[]): Intent {
  const name = withoutFillers(raw.filter((_, index) => !NEAREST.has(folded[index] ?? '')));
  if (name === '') return { kind: 'nearest', which: { of: 'own' } };
  if (folded.some((word) => NEAREST.has(word)) && OF_DAY.test(plain(name)))
    return { kind: 'nearest', which: { of: 'own' } };
  if (folded.some((word) => NEAREST.has(word))) return { kind: 'nearest', which: { of: 'name', name } };
  const asked = folded.some((word) => word === 'расписание' || word.startsWith('групп'));
  return { kind: 'group', name: asked ? name : raw.join(' '), asked };
}

/** «преподаватель Иванов завтра», «аудитория 404Л»: the day or the week that is asked for, else the nearest day. */
function ofSort(sort: ListedKind, rest: string, follow: boolean): Intent {
  const { raw, folded } = foldedWords(rest);
  const found = findDate(folded);
  const words = found === null ? raw : raw.filter((_, index) => index < found.from || index >= found.to);
  const name = found === null ? tidyName(rest) : withoutFillers(withoutDates(words));
  if (follow) return { kind: 'group', name, asked: true, sort };
  const which: Which = { of: 'name', name, sort };
  if (found === null) return { kind: 'nearest', which };
  return { kind: found.week ? 'week' : 'day', when: found.when, which };
}

/** «12» of a timetable, «№7» of an entry of a catalogue. */
function offerId(words: string): OfferId {
  return words.startsWith('№') ? `№${Number(words.slice(1))}` : Number(words);
}

/** A timetable named by its id, and what of it: what has changed, a date, a week, or the nearest day. */
function shown(which: Which, rest: string): Intent {
  const history = historyIn(plain(rest));
  if (history !== null) return { kind: 'history', which, ...history };
  const found = findDate(foldedWords(rest).folded);
  if (found === null) return { kind: 'nearest', which };
  return { kind: found.week ? 'week' : 'day', when: found.when, which };
}

function foldedWords(text: string): { raw: string[]; folded: string[] } {
  const raw = text
    .replace(/[,;!?()«»"]/g, ' ')
    .split(/\s+/)
    .map((word) => word.replace(/^[.]+|[.:]+$/g, ''))
    .filter((word) => word !== '');
  return { raw, folded: raw.map(plain) };
}

/** A timetable's name as typed, without the quotes and dots around it. */
function tidyName(name: string): string {
  return name.replace(/\s+/g, ' ').replace(/^[\s«"'([]+|[\s»"')\].,!?]+$/g, '');
}
