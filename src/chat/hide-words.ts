/** What of a timetable is heard of, as words change it: one's subgroup, what is hidden and shown again, quiet hours. Pure. */
import { type Clock, clockOf, minutesOf } from '../domain/calendar.ts';
import type { Quiet } from '../domain/peer.ts';
import { findDate } from './dates.ts';
import { isCommandWord, withoutFillers } from './group-words.ts';
import type { Intent } from './intent.ts';
import { core, type Rest } from './settings-phrase.ts';
import { clockWord } from './words.ts';

const ORDINALS: readonly (readonly [string, RegExp])[] = [
  ['1', /^перв\p{L}{2,3}$/u],
  ['2', /^втор\p{L}{2,3}$/u],
  ['3', /^трет\p{L}{2,4}$/u],
  ['4', /^четверт\p{L}{2,3}$/u],
  ['5', /^пят(?:ая|ую|ой|ый)$/u],
  ['6', /^шест(?:ая|ую|ой|ый)$/u],
];

/** «2», «2-я», «вторая» -> «2»; null for other words. */
export function ordinalOf(word: string): string | null {
  const number = /^(\d{1,2})(?:-?(?:я|ю|й|ая|ую|ой|ей))?$/u.exec(word)?.[1];
  return number ?? ORDINALS.find(([, pattern]) => pattern.test(word))?.[0] ?? null;
}

const SUBGROUP = /^(подгрупп\p{L}{0,2}|подгр|подрг|п[/.]гр?|пг|subgroups?)$/u;
const OF_SUBGROUP = new Set(
  'я мы у меня нас моя мою мой наша нашу выбрать выбери сменить смени поменять поменяй в во из с со номер № на только для пожалуйста учусь состою is my i am in'.split(
    ' ',
  ),
);
const ANY_SUBGROUP =
  /^(все|всех|обе|обеих|любая|любую|любой|нет|без|сбросить|сбрось|убрать|убери|отмени|отменить|выкл|неважно|all|any|none|no)$/u;

/** «подгруппа 2», «я во второй подгруппе», «все подгруппы»; null when the words are about something else. */
export function readSubgroup(words: readonly string[], question: boolean): Intent | null {
  const cores = words.map((word) => core(word).replace(/^№(?=.)/, ''));
  if (!cores.some((word) => SUBGROUP.test(word))) return null;
  const left = cores.filter((word) => !SUBGROUP.test(word) && !OF_SUBGROUP.has(word));
  const [name = ''] = left;
  if (cores.includes('пг') && !(left.length === 1 && isShort(name))) return null;
  if (left.length > 1) return severalWords(cores, left, question);
  if (question || /^(?:как(?:ая|ие|ой)|which)$/u.test(name)) return { kind: 'settings', topic: 'subgroup' };
  if (name === '') return { kind: 'settings', topic: 'subgroup' };
  if (ANY_SUBGROUP.test(name)) return { kind: 'subgroup', name: '' };
  const number = ordinalOf(name);
  if (number !== null) return { kind: 'subgroup', name: number };
  return /^\p{L}{1,20}$/u.test(name) && findDate([name]) === null && !isCommandWord(name)
    ? { kind: 'subgroup', name }
    : null;
}

/** What may stand beside «пг»: «ПГ 21» is a group. */
function isShort(name: string): boolean {
  return (ordinalOf(name) ?? '').length === 1 || ANY_SUBGROUP.test(name) || /^(?:\p{L}|как\p{L}{2})$/u.test(name);
}

/** «подгруппа англ. 1»: a name of several words, said after the word «подгруппа»; whether there is one the command knows. */
function severalWords(cores: readonly string[], left: readonly string[], question: boolean): Intent | null {
  const named = SUBGROUP.test(cores[0] ?? '') && left.length <= 3 && findDate(left) === null;
  return named && !question && !left.some(isCommandWord) ? { kind: 'subgroup', name: left.join(' ') } : null;
}

const HIDE = /^(скрыть|скрой(?:те)?|скрывать|скрывай(?:те)?|спрячь(?:те)?|спрятать|прячь|hide)$/u;
const UNHIDE = /^(показывать|показывай(?:те)?|верни(?:те)?|вернуть|unhide)$/u;
const SHOW = /^(показать|покажи(?:те)?|show)$/u;
const ALL = /^(?:все|всё|скрытое|скрытые|все скрытое|все скрытые|everything|all|all hidden)$/u;
/** Not part of what is hidden. */
const AROUND = new Set(
  'мне нам пожалуйста плиз больше бот из расписания снова опять обратно пары занятия по у please again'.split(' '),
);

/**
 * «скрыть физкультуру», «не показывать лекции», «показать физкультуру». «Показать» also asks for days, groups and commands: it
 * is a setting only with words that are none of these, and the command decides whether anything so called is hidden.
 */
export function readHidden(words: readonly string[], question: boolean): Intent | null {
  const cores = words.map(core);
  const at = cores.findIndex((word) => HIDE.test(word) || UNHIDE.test(word) || SHOW.test(word));
  const verb = cores[at];
  if (verb === undefined) return null;
  const not = cores[at - 1] === 'не';
  const rest = slotFirst(cores.filter((_, index) => index !== at && !(not && index === at - 1)));
  // «3 пару» is a pair of the day: there the word counts.
  const slot = rest.findIndex(
    (word, index) => ordinalOf(word) !== null && /^(?:пар[ауые]|урок)$/u.test(rest[index + 1] ?? ''),
  );
  const what = rest.filter((word, index) => !AROUND.has(word) || (slot >= 0 && index === slot + 1)).join(' ');
  const hides = HIDE.test(verb) !== not;
  if (SHOW.test(verb)) return not ? null : shown(what, rest, question);
  if (question || (hides && (what === '' || ALL.test(what)))) return { kind: 'settings', topic: 'hidden' };
  if (hides) return { kind: 'hide', what: what.replace(/^все\s+(?:мои\s+)?(?=\p{L})/u, '') };
  return what === '' ? { kind: 'settings', topic: 'hidden' } : { kind: 'unhide', what: ALL.test(what) ? '' : what };
}

/** «убери физкультуру», «убрать физру из расписания»: said where the same verb means no other setting. */
export function readAway(words: readonly string[], question: boolean): Intent | null {
  const [verb = '', ...rest] = words.map(core);
  const what = rest.filter((word) => !AROUND.has(word)).join(' ');
  if (question || !/^(?:убер(?:и|ите)|убрать|удали(?:те|ть)?)$/u.test(verb) || findDate(rest) !== null) return null;
  const isName = /^\p{L}[\p{L}-]{2,}(?: \p{L}[\p{L}-]*){0,2}$/u.test(what) && !ALL.test(what);
  return isName && !rest.some(isCommandWord) ? { kind: 'hide', what } : null;
}

/** «пару 3» is «3 пару». */
function slotFirst(rest: readonly string[]): readonly string[] {
  const [word = '', number = ''] = rest;
  const isTurned = rest.length === 2 && /^(?:пар[ауые]|урок)$/u.test(word) && ordinalOf(number) !== null;
  return isTurned ? [number, word] : rest;
}

function shown(what: string, rest: readonly string[], question: boolean): Intent | null {
  if (question || what === '') return null;
  if (/^(?:все |всё )?скрыт(?:ое|ые)$|^all hidden$/u.test(what)) return { kind: 'unhide', what: '' };
  const isSlot = rest.length === 2 && ordinalOf(rest[0] ?? '') !== null && /^пар/u.test(rest[1] ?? '');
  if (isSlot) return { kind: 'unhide', what };
  const words = what.split(' ');
  if (/\d/.test(what) || words.length > 4 || findDate(words) !== null) return null;
  if (withoutFillers(words) === '' || words.some(isCommandWord)) return null;
  return { kind: 'unhide', what };
}

const QUIET_HOURS =
  /^(?:(?:с|со|от|from)\s+)?(\d{1,2}(?:[:.]\d{2})?)(?:\s*(?:час(?:а|ов)?|ч))?(?:\s+(утра|вечера|ночи|дня))?\s*(?:до|по|to|till|until|-|–|—)\s*(\d{1,2}(?:[:.]\d{2})?)(?:\s*(?:час(?:а|ов)?|ч))?(?:\s+(утра|вечера|ночи|дня))?$/u;
/** Half of the hours: the other half is asked for. */
const ONE_HOUR = /^(?:с|со|от|после|до|from|after|till|until)\s+\d{1,2}(?:[:.]\d{2})?(?:\s+(?:утра|вечера|ночи))?$/u;
const OF_QUIET =
  /(?<!\p{L})(?:мне|нас|меня|нам|ничего|больше|пожалуйста|сделай|поставь|пусть|будет|режим|час|настро(?:йки|йка|ить)|время|часы|часов|hours|please)(?!\p{L})/gu;

const DISTURB = /беспоко|тревож|шуми|мешай|отвлекай|буди|звони/;
const WAKE = /(?<!\p{L})(?:буди|звони)(?:те|ть)?(?!\p{L})/u;
const WAKE_UNTIL =
  /^(?:(?:так |слишком |очень )?рано(?: утром)?|до обеда|(?:по )?утр(?:ом|ам)|(?:по|в|на) (?:выходн\p{L}+|каникул\p{L}+)|завтра|сегодня|(?:перед|к|до|на)\s+перв\p{L}+(?:\s+(?:пар|урок|занят)\p{L}+)?)?\s*(?:(?:раньше|до|ранее)\s+(\d{1,2}(?:[:.]\d{2})?)(?:\s*(?:час(?:а|ов)?|ч))?(?:\s+утра)?)?$/u;

/** «тихо с 23 до 7», «не беспокоить с 22:30 до 8», «без тишины»; unclear hours are asked about. */
export function readQuiet({ said, bare, off, asks, question }: Rest): Intent | null {
  const text = hoursOf(bare);
  const disturb = DISTURB.test(said);
  const match = QUIET_HOURS.exec(text);
  if (match === null && (WAKE.test(said) || (disturb && /^(?:по )?утр(?:ом|ам)$/.test(text))))
    return off ? wakeIn(text) : null;
  if (match === null && text !== '' && !/^(?:по )?ноч(?:ью|ам)$/.test(text) && !ONE_HOUR.test(text)) return null;
  if (question) return { kind: 'settings', topic: 'quiet' };
  // «не беспокоить» asks for quiet, «не тихо» and «без тишины» end it.
  if (off && !disturb)
    return match === null && (asks || /(?:^|\s)(?:без|не|no)(?:\s|$)/.test(said))
      ? { kind: 'quiet', quiet: null }
      : null;
  if (match === null || (disturb && !off)) return { kind: 'settings', topic: 'quiet' };
  const quiet = quietOf(match);
  return quiet === null ? { kind: 'settings', topic: 'quiet' } : { kind: 'quiet', quiet };
}

/** «не буди до 9»: the quiet of a night, or nothing in the morning. */
function wakeIn(text: string): Intent | null {
  const match = WAKE_UNTIL.exec(text);
  if (match === null) return null;
  return { kind: 'wake', until: text === 'до обеда' ? '12:00' : clockWord(match[1] ?? '') };
}

function hoursOf(bare: string): string {
  return bare.replace(OF_QUIET, ' ').replace(/\s+/g, ' ').trim();
}

/** «не пиши с 23 до 7», «ничего не присылай с 23 до 7», «не пиши ночью»: hours and no word for quiet. */
export function readHours({ bare, off, asks, question }: Rest): Intent | null {
  const text = hoursOf(bare);
  if (off && asks && (/^(?:по )?ноч(?:ью|ам)$/.test(text) || ONE_HOUR.test(text)))
    return { kind: 'settings', topic: 'quiet' };
  const match = QUIET_HOURS.exec(text);
  if (match === null || !off || !asks) return null;
  const quiet = question ? null : quietOf(match);
  return quiet === null ? { kind: 'settings', topic: 'quiet' } : { kind: 'quiet', quiet };
}

/** «с 11 до 7» is a night: nobody wants to hear nothing for so many hours. */
const LONGEST_QUIET = 16 * 60;

function quietOf([, from = '', fromPart, to = '', toPart]: RegExpExecArray): Quiet | null {
  const [said, end] = [hourOf(from, fromPart), hourOf(to, toPart)];
  const length = said === null || end === null ? 0 : (minutesOf(end) - minutesOf(said) + 1440) % 1440;
  const isEvening = said !== null && said < '12:00' && fromPart === undefined && length > LONGEST_QUIET;
  const start = isEvening ? clockOf(minutesOf(said) + 720) : said;
  return start === null || end === null || start === end ? null : { from: start, to: end };
}

function hourOf(time: string, part: string | undefined): Clock | null {
  const clock = time === '24' || time === '24:00' ? '00:00' : clockWord(time);
  if (clock === null) return null;
  const hour = Number(clock.slice(0, 2));
  if (hour < 12 && (part === 'вечера' || part === 'дня' || (part === 'ночи' && hour >= 10)))
    return `${hour + 12}${clock.slice(2)}`;
  return hour === 12 && part === 'ночи' ? `00${clock.slice(2)}` : clock;
}
