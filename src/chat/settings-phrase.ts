/** A phrase about a setting, taken apart: what it switches, and what is left when the words that only ask are taken out. Pure. */
import { distance } from '../domain/name.ts';
import { clocksSpelled } from './clock-words.ts';
import { whole } from './words.ts';

/** What is said of a topic. All texts are folded. */
export type Rest = {
  /** The whole phrase. */
  readonly said: string;
  /** Without the topic and the words that switch it; commas stay: minutes need them. */
  readonly bare: string;
  /** Without the words that change nothing, too. */
  readonly text: string;
  /** «не присылать», «выкл». */
  readonly off: boolean;
  /** «присылать», «вкл». */
  readonly on: boolean;
  /** Whether a verb of sending or reminding, or a switch, is said: a phrase without one may be about something else. */
  readonly asks: boolean;
  /** «пришли»: wanted once and now, which is no setting where it can be shown at once. */
  readonly once: boolean;
  readonly question: boolean;
};

const SEND =
  /^(присыла\p{L}+|пришли(?:те)?|шли(?:те)?|слать|отправля\p{L}+|высыла\p{L}+|кида(?:й|йте|ть)|с?кидыва(?:й|йте|ть)|сбрасыва(?:й|йте|ть)|сообща\p{L}+|сообщи(?:ть|те)?|пиши(?:те)?|говори(?:те|ть)?|уведомля\p{L}+|оповеща\p{L}+|получать|send|tell)$/u;
export const REMIND =
  /^(напомина(?:ть|й|йте|ешь|ете|ем|ние|ния|ний|нию|ниями)|напоминал(?:ка|ки|ку|кам|ок)|напомн(?:и|ите|ить|ишь)|предупрежда(?:ть|й|йте)|remind|reminders?)$/u;
const ONCE = /^(пришли(?:те)?|шли|сообщи(?:те)?|send)$/u;
const SWITCH_ON = /^(вкл|включ(?:и|ите|ить|ай|ено)|on)$/u;
const SWITCH_OFF =
  /^(выкл|выключ(?:и|ите|ить|ай|ено)|отключ(?:и|ите|ить|ай|ено)|отмени(?:те|ть)?|убер(?:и|ите)|убрать|хватит|прекрати(?:те|ть)?|перестань(?:те)?|стоп|без|off|no|stop)$/u;
const NEED = /^(надо|нуж(?:но|ны|на|ен)|надобно|хочу|хотим|хочется)$/u;
const NOT_FORGET = whole('не\\s+(?:забывай|забудь)(?:те)?|don.?t\\s+forget(?:\\s+to)?', 'g');
/** «каждый вечер» is «вечером»; «каждый час» is nothing that can be had. */
const EACH_TIME = /(?<!\p{L})кажд(?:ый|ое)\s+(?=вечер|утро)/gu;
/** «к 1-й паре» is the first one; «за 1 минуту» is not. */
const FIRST_PAIR = /(?<=(?:^|\s)(?:ко?|перед|до|об?|про)\s)1(?:-?(?:ой|й|ую|ю|ым|я))?\s+(?=пар|урок|занят)/gu;
/** Words that change nothing in a phrase about a setting. */
const SOFT = new Set(
  'мне нам меня нас пожалуйста плиз плз бот звонок больше мои мой моё все уже теперь тогда о об обо про до перед паре пары парой парами парах занятием занятия занятиям занятиями занятий начала началом начала уроком уроками уроков лекцией лекциями каждой каждую каждым каждого расписание расписании расписания рассылку рассылка рассылки сообщения дайджест хочу можно можешь прошу давай ничего поставь поставить установи сделай сделать настрой настроить чтобы чтоб приходили приходило приходить бы хотел хотела эй ну слушай короче вообще me us please before every each lesson lessons class classes the about of my anything'.split(
    ' ',
  ),
);
/** Words that are forgiven a slip of the pen inside. */
const KNOWN =
  'напоминать напоминай напоминания напомнить присылать присылай отправлять отправляй изменения изменений вечером утром неделю неделя тихо тишина тишину экзамены экзаменах первой подгруппа подгруппу скрыть показать показывать включить включи выключить выключи отключить отключи минуты минуту минут аудиторий аудитории преподавателей переносы отмены'.split(
    ' ',
  );

/** So long a word is forgiven two slips. */
const VERY_LONG = 9;

/** The words of a phrase, its punctuation kept at their ends, with slips in the words we know put right. */
export function wordsOf(folded: string): string[] {
  return clocksSpelled(folded)
    .replace(/(?<=\d)(?=п\/г|подгр|пг(?!\p{L}))|(?<=(?:^|\s)(?:пг|п\/г|подгр\.?))(?=[1-9](?:\s|$))/gu, ' ')
    .replace(NOT_FORGET, ' ')
    .replace(FIRST_PAIR, 'первой ')
    .replace(EACH_TIME, ' ')
    .replace(/[«»"()]/g, ' ')
    .trim()
    .split(/\s+/)
    .map(corrected);
}

/** A word without the punctuation at its end. */
export function core(word: string): string {
  return word.replace(/[.,;!:]+$/, '');
}

/** What the words say of the topic that `isTopic` finds among them. */
export function restOf(
  words: readonly string[],
  isTopic: (word: string, at: number) => boolean,
  question: boolean,
): Rest {
  const cores = words.map(core);
  const verb = (one: string | undefined) => one !== undefined && (SEND.test(one) || REMIND.test(one));
  const denied = (one: string | undefined, at: number) =>
    verb(one) || NEED.test(one ?? '') || (one !== undefined && isTopic(one, at));
  // «не» turns off what it stands by: «не присылай», «не надо вечером», «изменения больше не присылать».
  const isNot = (one: string, at: number) => one === 'не' && denied(cores[at + 1], at + 1);
  const not = cores.some(isNot);
  const taken = (one: string, at: number) =>
    isTopic(one, at) || verb(one) || SWITCH_ON.test(one) || SWITCH_OFF.test(one) || NEED.test(one) || isNot(one, at);
  const bare = words.filter((_, at) => !taken(cores[at] ?? '', at));
  return {
    said: words.join(' '),
    bare: bare.join(' '),
    text: bare.filter((word) => !SOFT.has(core(word))).join(' '),
    off: not || cores.some((one) => SWITCH_OFF.test(one)),
    on: cores.some((one) => SEND.test(one) || SWITCH_ON.test(one)),
    asks: cores.some((one) => verb(one) || SWITCH_ON.test(one) || (SWITCH_OFF.test(one) && one !== 'без')),
    once: cores.some((one) => ONCE.test(one)),
    question,
  };
}

/**
 * One slip in a longer word is put right, two in a very long one, never in its first letter or its last: the ending tells
 * «напоминал» from «напоминай», a story from a wish. Two words of one root mean one thing.
 */
function corrected(word: string): string {
  const said = core(word);
  if (said.length < 5 || !/^\p{L}+$/u.test(said) || KNOWN.includes(said) || SOFT.has(said)) return word;
  const close = KNOWN.filter(
    (known) =>
      known[0] === said[0] &&
      known.at(-1) === said.at(-1) &&
      distance(known, said) <= (known.length >= VERY_LONG ? 2 : 1),
  );
  const [first] = close;
  if (first === undefined || close.some((known) => known.slice(0, 5) !== first.slice(0, 5))) return word;
  return `${first}${word.slice(said.length)}`;
}
