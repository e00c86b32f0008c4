/** What is sent and when, as words change it: only a phrase that is nearly nothing else does, never a question. Pure. */
import { findDate } from './dates.ts';
import { groupTokens, withoutFillers } from './group-words.ts';
import type { Intent } from './intent.ts';
import { minutesOf } from './minutes.ts';
import { clockWord, whole } from './words.ts';

type Topic = { readonly word: RegExp; read(rest: Rest): Intent | null };

/** What is left when the topic and the words that only ask are taken out. */
type Rest = {
  /** The whole phrase. */
  readonly said: string;
  /** With its commas: minutes need them. */
  readonly text: string;
  /** «не присылать», «выкл». */
  readonly off: boolean;
  /** «присылать», «вкл». */
  readonly on: boolean;
  readonly question: boolean;
};

const SEND =
  /^(присыла\p{L}+|пришли(?:те)?|шли|слать|отправля\p{L}+|сообща\p{L}+|сообщи(?:ть|те)?|пиши(?:те)?|говори(?:ть)?|уведомля\p{L}+|send|tell)$/u;
const SWITCH_ON = /^(вкл|включ(?:и|ите|ить|ай|ено)|on)$/u;
const SWITCH_OFF =
  /^(выкл|выключ(?:и|ите|ить|ай|ено)|отключ(?:и|ите|ить|ай|ено)|убер(?:и|ите)|убрать|хватит|прекрати|перестань|стоп|без|off|no|stop)$/u;
const NEED = /^(надо|нужно|надобно)$/u;
const NOT_FORGET = whole('не\\s+(?:забывай|забудь)(?:те)?|don.?t\\s+forget(?:\\s+to)?', 'g');
/** Words that change nothing in a phrase about a setting. */
const SOFT = new Set(
  'мне нам меня нас пожалуйста плиз плз бот звонок больше мои мой моё все уже теперь тогда о об обо про до перед паре пары парой парами парах занятием занятия занятиям занятиями началом начала уроком уроками уроков лекцией лекциями каждой каждую каждым каждого расписание расписании расписания рассылку рассылка рассылки сообщения дайджест хочу можно можешь прошу давай ничего me us please before every each lesson lessons class classes the about my anything'.split(
    ' ',
  ),
);

const TOPICS: readonly Topic[] = [
  {
    word: /^(напомина(?:ть|й|йте|ешь|ете|ем|ние|ния|ний|нию|ниями)|напомн(?:и|ите|ить|ишь)|remind|reminders?)$/u,
    read: readLeads,
  },
  { word: /^(изменени(?:я|й|е|и|ях|ям|ями)|changes)$/u, read: readChanges },
  { word: /^(вечер(?:ом|ам|а|у)?|вечерн\p{L}{2,3}|evenings?)$/u, read: readEvening },
];

/** The setting that the words change, or those they ask about; null when they are something else. Expects folded text. */
export function settingOf(folded: string, question: boolean): Intent | null {
  const words = folded
    .replace(NOT_FORGET, ' ')
    .replace(/[«»"()]/g, ' ')
    .trim()
    .split(/\s+/);
  const topic = TOPICS.find(({ word }) => words.some((one) => word.test(core(one))));
  if (topic === undefined) return bareLeads(folded, question);
  const sends = (one: string | undefined) => one !== undefined && (SEND.test(one) || topic.word.test(one));
  const cores = words.map(core);
  // «не» turns off what it stands by: «не присылай», «не надо вечером», «изменения больше не присылать».
  const not = cores.some((one, at) => one === 'не' && (sends(cores[at + 1]) || NEED.test(cores[at + 1] ?? '')));
  const taken = (one: string, at: number) =>
    topic.word.test(one) ||
    SEND.test(one) ||
    SWITCH_ON.test(one) ||
    SWITCH_OFF.test(one) ||
    NEED.test(one) ||
    SOFT.has(one) ||
    (one === 'не' && (sends(cores[at + 1]) || NEED.test(cores[at + 1] ?? '')));
  return topic.read({
    said: words.join(' '),
    text: words.filter((_, at) => !taken(cores[at] ?? '', at)).join(' '),
    off: not || cores.some((one) => SWITCH_OFF.test(one)),
    on: cores.some((one) => SEND.test(one) || SWITCH_ON.test(one)),
    question,
  });
}

function core(word: string): string {
  return word.replace(/[.,;!:]+$/, '');
}

/** «за 10 минут», the answer to «За сколько минут?». */
function bareLeads(folded: string, question: boolean): Intent | null {
  if (question || !/^за\s.*(?:мин|час|сут)/.test(folded)) return null;
  const leads = minutesOf(folded);
  return leads === null || leads.length === 0 ? null : { kind: 'leads', leads };
}

function readLeads({ said, text, off, question }: Rest): Intent | null {
  const leads = minutesOf(text);
  // «напомни, какие пары завтра» asks for a day; «напомни завтра в 8» asks for what nobody can do here.
  if (leads === null && !off && LESSONS.test(said) && asksOfDay(text)) return null;
  if (question) return leads === null ? null : { kind: 'settings' };
  if (leads === null) return { kind: 'leads', leads: 'unclear' };
  if (off) return { kind: 'leads', leads: [] };
  return { kind: 'leads', leads: leads.length === 0 ? null : leads };
}

/** A reminder of lessons is a question about them; a reminder of anything else is not ours. */
const LESSONS = whole('как(?:ие|ое|ая|ой)|что|пар[аы]|расписани[ея]|занят\\p{L}+|урок\\p{L}*');

function readChanges({ text, off, on, question }: Rest): Intent | null {
  if (text.replace(/^(?:в|in)$/, '') !== '') return null;
  if (question) return { kind: 'settings' };
  return off || on ? { kind: 'changes', on: !off } : null;
}

const CLOCK = /^(?:(в|во|к|at)\s+)?(\d{1,2}(?:[:.]\d{2})?)(?:\s*(?:час(?:а|ов)?|ч))?$/;

/** «в 19:00», «в 19», «в 7» (an evening hour), «вкл» (seven in the evening). A bare number is asked about: it may count lessons. */
function readEvening({ said, text, off, on, question }: Rest): Intent | null {
  const rest = on ? text.replace(whole('на\\s+завтра|завтрашн\\p{L}+'), '').trim() : text;
  const match = CLOCK.exec(rest);
  if (rest !== '' && match === null) return null;
  // «пары вечером» asks for lessons: without a word of sending only the bare topic is about the digest.
  if (rest === '' && !on && !off && said.includes(' ')) return null;
  const [, by, time = ''] = match ?? [];
  // «вечером 20.11» is a date; with «в» it may be either, so it is asked.
  const dated = match !== null && findDate([time]) !== null;
  if (dated && by === undefined) return null;
  if (question) return { kind: 'settings' };
  if (off) return rest === '' ? { kind: 'evening', at: null } : null;
  if (match === null) return { kind: 'evening', at: on ? '19:00' : undefined };
  if (dated || (by === undefined && !/[:.]/.test(time))) return { kind: 'evening', at: undefined };
  const clock = clockWord(time);
  if (clock === null) return { kind: 'evening', at: undefined };
  const hour = Number(clock.slice(0, 2));
  return { kind: 'evening', at: hour >= 1 && hour <= 11 ? `${hour + 12}${clock.slice(2)}` : clock };
}

function asksOfDay(text: string): boolean {
  const words = text.replace(/[,;]/g, ' ').split(/\s+/);
  const found = findDate(words);
  if (found === null) return false;
  const left = withoutFillers([...words.slice(0, found.from), ...words.slice(found.to)]);
  return left === '' || groupTokens(left).join(' ') === left;
}
