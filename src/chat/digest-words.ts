/** When digests are sent, as words change it: the evening before, the morning, the week ahead. Pure. */
import type { Clock, Weekday } from '../domain/calendar.ts';
import { findDate } from './dates.ts';
import type { Intent } from './intent.ts';
import type { Rest } from './settings-phrase.ts';
import { clockWord, weekdayWord, whole } from './words.ts';

const CLOCK = /^(?:(в|во|к|at)\s+)?(\d{1,2}(?:[:.]\d{2})?)(?:\s*(?:час(?:а|ов)?|ч))?$/;
const ON_SUNDAY = 7;

/** «в 19:00», «в 19», «в 7» (an evening hour), «вкл» (seven in the evening). A bare number is asked about: it may count lessons. */
export function readEvening(said: Rest): Intent | null {
  const at = readDaily(said, '19:00', whole('на\\s+завтра|завтрашн\\p{L}+'));
  if (at === null) return null;
  if (at === 'asks') return { kind: 'settings', topic: 'digests' };
  if (at === 'unclear') return { kind: 'evening', at: undefined };
  if (at === 'off') return { kind: 'evening', at: null };
  return { kind: 'evening', at: inEvening(at) };
}

/** «в 7» in the evening is 19:00. */
function inEvening(at: Clock): Clock {
  const hour = Number(at.slice(0, 2));
  return hour >= 1 && hour <= 11 ? `${hour + 12}${at.slice(2)}` : at;
}

const LESSONS = whole('расписани[ея]|пары|занятия|уроки');

/** «присылай расписание на завтра в 20:00», «кидай пары на сегодня в 7»: the digest is named by what it tells. */
export function readLessonsSent({ said, text, asks, on, off, once, question }: Rest): Intent | null {
  // «присылай расписание»: when is not said.
  if (on && !off && !once && /^(?:каждый день)?$/.test(text) && LESSONS.test(said))
    return { kind: 'settings', topic: 'digests' };
  if (!asks || once || !/(?<!\p{L})на\s+(?:завтра|сегодня)(?!\p{L})/u.test(text)) return null;
  const isMorning = /на\s+сегодня/.test(text);
  const left = text
    .replace(/на\s+(?:завтра|сегодня)/u, ' ')
    .replace(/(?<!\p{L})(?:кажд\p{L}+|день|по|вечер\p{L}*|утр\p{L}*)(?!\p{L})/gu, ' ');
  const clock =
    left.trim() === ''
      ? null
      : weekClock(
          left
            .replace(/\s+/g, ' ')
            .replace(/^ ?во? /, '')
            .trim(),
          left,
        );
  if (left.trim() !== '' && clock === null) return null;
  if (question) return { kind: 'settings', topic: 'digests' };
  if (off) return clock === null ? { kind: isMorning ? 'morning' : 'evening', at: null } : null;
  if (isMorning) return { kind: 'morning', at: clock ?? '07:00' };
  return { kind: 'evening', at: inEvening(clock ?? '19:00') };
}

/** «домашку в 18:00», «домашку не присылать»; without a verb or an hour it is asked for, not set. */
export function readHomework(said: Rest): Intent | null {
  const text = said.text.replace(/(?<!\p{L})вечер(?:а|ом)(?!\p{L})/u, '').trim();
  if (text === '' && text !== said.text && !said.off)
    return said.question ? { kind: 'settings', topic: 'digests' } : { kind: 'due', at: undefined };
  const at = said.once ? null : readDaily({ ...said, text }, '19:00', whole('на\\s+завтра|завтрашн\\p{L}+'));
  if (at === null || (at === 'unclear' && !said.on && !/^напомина/.test(said.said))) return null;
  if (at === 'asks') return { kind: 'settings', topic: 'digests' };
  if (at === 'unclear') return { kind: 'due', at: undefined };
  return { kind: 'due', at: at === 'off' ? null : inEvening(at) };
}

/** «в 7:30», «вкл» (seven in the morning). */
export function readMorning(said: Rest): Intent | null {
  // «в 8 утра» alone is an hour, not a wish.
  if (/(?<!\p{L})утра(?!\p{L})/u.test(said.said) && !/утр(?:ом|ам|о|енн)/u.test(said.said) && !said.asks) return null;
  const at = readDaily(said, '07:00', whole('на\\s+сегодня|сегодняшн\\p{L}+'));
  if (at === null) return null;
  if (at === 'asks') return { kind: 'settings', topic: 'digests' };
  if (at === 'off') return { kind: 'morning', at: null };
  return { kind: 'morning', at: at === 'unclear' || Number(at.slice(0, 2)) >= 12 ? undefined : at };
}

/** The hour, 'off', 'asks' for a question about the digest, 'unclear' for one that must be asked back; null when it is something else. */
function readDaily(rest: Rest, usual: Clock, about: RegExp): Clock | 'off' | 'asks' | 'unclear' | null {
  const { said, off, on, question } = rest;
  const words = rest.text
    .replace(/^по(?=\s|$)|(?<!\p{L})каждый день(?!\p{L})/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  const text = on ? words.replace(about, '').trim() : words;
  const match = CLOCK.exec(text);
  if (text !== '' && match === null) return null;
  // «пары вечером» asks for lessons: without a word of sending only the bare topic is about the digest.
  if (text === '' && !on && !off && said.includes(' ')) return !rest.asks ? null : question ? 'asks' : 'unclear';
  const [, by, time = ''] = match ?? [];
  // «вечером 20.11» is a date; with «в» it may be either, so it is asked.
  const dated = match !== null && findDate([time]) !== null;
  if (dated && by === undefined) return null;
  if (question) return 'asks';
  if (off) return text === '' ? 'off' : null;
  if (match === null) return on ? usual : 'unclear';
  if (dated || (by === undefined && !/[:.]/.test(time))) return 'unclear';
  return clockWord(time) ?? 'unclear';
}

/**
 * «неделю в воскресенье в 18», «присылать неделю по пятницам», «неделю не присылать». Without a verb both the day and the
 * hour must be said: «неделя» alone, and «пришли неделю», ask for the week itself.
 */
export function readWeek({ text, bare, off, asks, once, question }: Rest): Intent | null {
  const words = text
    .replace(/[,;]/g, ' ')
    .split(/\s+/)
    .filter((word) => !/^(?:на|по|в|во|к|вперед|каждое|каждый|каждую|on|at|ahead)?$/.test(word));
  const weekday = words.map(weekdayWord).find((day) => day !== null) ?? null;
  const left = words.filter((word) => weekdayWord(word) === null);
  const clock = left.length === 0 ? null : weekClock(left.join(' '), bare);
  if (left.length > 0 && clock === null) return null;
  if (once || (!asks && !off && (weekday === null || clock === null))) return null;
  if (question) return { kind: 'settings', topic: 'digests' };
  if (off) return asks && left.length === 0 && weekday === null ? { kind: 'ahead', week: null } : null;
  const day: Weekday = weekday ?? ON_SUNDAY;
  return { kind: 'ahead', week: { weekday: day, at: clock ?? '18:00' } };
}

/** «18», «18:30», «6 вечера»; null for a date or anything else. */
function weekClock(left: string, bare: string): Clock | null {
  const match = /^(\d{1,2}(?:[:.]\d{2})?)(?:\s*(?:час(?:а|ов)?|ч))?(?:\s+(утра|дня|вечера))?$/.exec(left);
  if (match === null) return null;
  const [, time = '', part] = match;
  // «неделя 24.11» is a date; «в 18.30» an hour.
  if (findDate([time]) !== null && !new RegExp(`(?:^|\\s)(?:в|at)\\s+${time.replace('.', '\\.')}`).test(bare))
    return null;
  const clock = clockWord(time);
  if (clock === null) return null;
  const hour = Number(clock.slice(0, 2));
  return hour < 12 && (part === 'вечера' || part === 'дня') ? `${hour + 12}${clock.slice(2)}` : clock;
}
