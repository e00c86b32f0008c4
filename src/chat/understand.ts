/** Words to intent: any order, any case, with or without «/»; by tables, without a calendar. Pure. */
import { findDate, looksLikeTerm } from './dates.ts';
import type { Intent, Which } from './intent.ts';
import { minutesOf } from './minutes.ts';
import { clockWord, plain, whole } from './words.ts';

const MENTION = /^\s*(?:\[(?:club|public|event)\d+\|[^\]]*\]|@(?:club|public)\d+(?:\s*\([^)]*\))?)[\s,:]*/iu;
const ADDRESS = /(?:https?|webcal):\/\/[^\s<>«»"]+/iu;

/** Whole phrases, folded; the words of every button without a value stand here. */
const PHRASES: readonly (readonly [Intent, readonly string[]])[] = [
  [{ kind: 'start' }, ['начать', 'старт', 'привет', 'start', 'hello', 'hi']],
  [{ kind: 'help' }, ['помощь', 'помоги', 'команды', 'что ты умеешь', 'что умеешь', 'help', '']],
  [
    { kind: 'settings' },
    ['настройки', 'мои настройки', 'напоминания', 'уведомления', 'изменения', 'подписки', 'settings'],
  ],
  [{ kind: 'stop' }, ['стоп', 'хватит', 'отписаться', 'отпишись', 'отписка', 'замолчи', 'ничего не присылать', 'stop']],
  [
    { kind: 'refresh' },
    ['обновить', 'обнови', 'обновить расписание', 'обнови расписание', 'проверить сайт', 'refresh', 'update'],
  ],
  [{ kind: 'forget', sure: true }, ['да, удалить мои данные', 'да удалить мои данные', 'yes, delete my data']],
  [
    { kind: 'forget', sure: false },
    ['удалить мои данные', 'удали мои данные', 'удалить данные', 'забудь меня', 'удалить меня', 'delete my data'],
  ],
  [{ kind: 'cancel' }, ['отмена', 'отменить', 'выйти', 'cancel']],
  [
    { kind: 'form' },
    [
      'дальше',
      'сохранить',
      'исправить',
      'наоборот',
      'заново',
      'звонки как обычно',
      'next',
      'save',
      'usual bells',
      'swap',
    ],
  ],
  [
    { kind: 'group', name: '', asked: true },
    ['выбрать группу', 'сменить группу', 'другая группа', 'группа', 'моя группа'],
  ],
];
const BY_PHRASE = new Map(PHRASES.flatMap(([intent, phrases]) => phrases.map((phrase) => [phrase, intent] as const)));

const NOT = whole('не|без|нет|выкл(?:юч\\p{L}*)?|отключ\\p{L}*|убер\\p{L}*|убрать|хватит|off|no|stop');
const CREATE =
  /^(?:создать|создай|сделать|сделай|новое|новая|create)\s+(?:расписание|группу|группа|timetable)(?=[\s:]|$)[\s:]*(.*)$/iu;
const ADD =
  /^(?:добавить|добавь|add)\s+(?:пар[уы]|заняти[ея]|урок[и]?|lessons?)(?=[\s:]|$)[\s:]*(?:(?:в|к|для)\s+)?(.*)$/iu;
const ASKED = /^(?:(?:моя|наша|выбрать|выбери)\s+)?(?:группа|группу|выбрать|выбери|group)\s+(.+)$/iu;
const SHOW = /^(?:показать|покажи|show)\s+(\d{1,9})(?=\s|$)\s*(.*)$/iu;

/** Words that may stand around a question and say nothing of their own. */
const FILLERS = new Set(
  'а и в во на у с по мне нам меня нас какие какое какой какая что там есть ли будет будут покажи показать дай скажи пожалуйста плиз расписание расписания пары пара парам утром вечером занятия занятие уроки уроков день для группа группы группе the on timetable schedule for show'.split(
    ' ',
  ),
);
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

/** The bot's mention and a leading «/», which the channel has usually stripped already. */
export function stripAddress(text: string): string {
  return text
    .replace(MENTION, '')
    .replace(/^\s*\/+\s*/, '')
    .trim();
}

export function understand(text: string): Intent {
  const said = stripAddress(text);
  const address = ADDRESS.exec(said);
  if (address !== null) return { kind: 'calendar', url: address[0].replace(/[),.;!»]+$/, '') };
  const folded = plain(said).replace(/[\s.!?]+$/, '');
  return byPhrase(folded) ?? byPattern(said) ?? bySetting(folded) ?? byDate(said);
}

function byPhrase(folded: string): Intent | null {
  return BY_PHRASE.get(folded) ?? (looksLikeTerm(folded.split(' ')) ? { kind: 'form' } : null);
}

function byPattern(typed: string): Intent | null {
  const said = typed.replace(/[\s.!?]+$/, '');
  const [first = '', ...more] = said.split('\n');
  const lines = more.join('\n').trim();
  const create = CREATE.exec(first.trim());
  if (create !== null) return { kind: 'create', name: tidyName(create[1] ?? ''), lines };
  const add = ADD.exec(first.trim());
  if (add !== null) return { kind: 'add', name: tidyName(add[1] ?? ''), lines };
  if (/^(?:убрать|убери|remove)\s+\d{1,3}$/iu.test(said)) return { kind: 'form' };
  const show = SHOW.exec(said);
  if (show !== null) return shown({ of: 'id', id: Number(show[1]) }, show[2] ?? '');
  const chosen = /^(?:выбрать|выбери|choose)\s+(\d{1,9})$/iu.exec(said);
  if (chosen !== null) return { kind: 'choose', id: Number(chosen[1]) };
  const asked = ASKED.exec(said);
  // «группа ПИ-22 завтра» is a question about a day, not a choice.
  if (asked === null || findDate(foldedWords(asked[1] ?? '').folded) !== null) return null;
  return { kind: 'group', name: tidyName(asked[1] ?? ''), asked: true };
}

/** What is sent and when: known by a stem anywhere, the rest in any order. */
function bySetting(folded: string): Intent | null {
  const off = NOT.test(folded);
  if (/напом[ин]|remind/.test(folded)) {
    if (off) return { kind: 'leads', leads: [] };
    const leads = minutesOf(folded);
    return { kind: 'leads', leads: leads.length === 0 ? null : leads };
  }
  if (/(?<!\p{L})изменени|changes/u.test(folded)) {
    const on = whole('присыл\\p{L}*|вкл(?:юч\\p{L}*)?|on|сообщ\\p{L}*').test(folded);
    if (off || on) return { kind: 'changes', on: !off };
  }
  if (whole('вечер\\p{L}*|evening').test(folded)) {
    const at = eveningClock(folded);
    if (off) return { kind: 'evening', at: null };
    if (at !== undefined || findDate(foldedWords(folded).folded) === null) return { kind: 'evening', at };
  }
  return null;
}

/** «в 19:00», «в 19», «в 7» (an evening hour), «вкл» (seven in the evening). */
function eveningClock(folded: string): string | undefined {
  const match = /(?<![\d.:])(\d{1,2}(?:[:.]\d{2})?)(?![\d.:])/.exec(folded);
  if (match === null) return whole('вкл(?:юч\\p{L}*)?|присыл\\p{L}*|on').test(folded) ? '19:00' : undefined;
  const clock = clockWord(match[1] ?? '') ?? undefined;
  if (clock === undefined) return undefined;
  const hour = Number(clock.slice(0, 2));
  return hour >= 1 && hour <= 11 ? `${hour + 12}${clock.slice(2)}` : clock;
}

function byDate(said: string): Intent {
  const { raw, folded } = foldedWords(said);
  const found = findDate(folded);
  if (found === null) return nearestOrGroup(raw, folded);
  const left = raw.filter((_, index) => index < found.from || index >= found.to);
  const name = withoutFillers(left);
  // «ПТ 21» is a group, not a Friday: a bare number beside a two-letter weekday belongs to a name.
  if (/^\d+$/.test(name) && (folded[found.from] ?? '').length <= 2 && found.when.kind === 'weekday') {
    return { kind: 'group', name: raw.join(' '), asked: false };
  }
  const which: Which = name === '' ? { of: 'own' } : { of: 'name', name };
  return { kind: found.week ? 'week' : 'day', when: found.when, which };
}

function nearestOrGroup(raw: readonly string[], folded: readonly string[]): Intent {
  const name = withoutFillers(raw.filter((_, index) => !NEAREST.has(folded[index] ?? '')));
  if (name === '') return { kind: 'nearest', which: { of: 'own' } };
  if (folded.some((word) => NEAREST.has(word))) return { kind: 'nearest', which: { of: 'name', name } };
  const asked = folded.some((word) => word === 'расписание' || word.startsWith('групп'));
  return { kind: 'group', name: asked ? name : raw.join(' '), asked };
}

/** A timetable named by its id, and what of it: a date, a week, or the nearest day. */
function shown(which: Which, rest: string): Intent {
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

function withoutFillers(words: readonly string[]): string {
  return words.filter((word) => !FILLERS.has(plain(word))).join(' ');
}

/** A timetable's name as typed, without the quotes and dots around it. */
function tidyName(name: string): string {
  return name.replace(/\s+/g, ' ').replace(/^[\s«"'([]+|[\s»"')\].,!?]+$/g, '');
}

/** Whether the words could be a group's name: short, and letters with digits in them. */
export function looksLikeGroup(name: string): boolean {
  return name.length <= 40 && name.split(' ').length <= 3 && /\p{L}/u.test(name) && /\d/.test(name);
}
