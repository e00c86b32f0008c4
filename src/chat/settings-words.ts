/** What is sent and when, as words change it: only a phrase that is nearly nothing else does, never a question. Pure. */
import { isChangeKind, readChanges, readReplacements } from './change-words.ts';
import { findDate } from './dates.ts';
import { readEvening, readHomework, readLessonsSent, readMorning, readWeek } from './digest-words.ts';
import { groupTokens, withoutFillers } from './group-words.ts';
import { readAway, readHidden, readHours, readQuiet, readSubgroup } from './hide-words.ts';
import type { Intent } from './intent.ts';
import { minutesOf } from './minutes.ts';
import { core, REMIND, type Rest, restOf, wordsOf } from './settings-phrase.ts';
import { whole } from './words.ts';

type Topic = {
  readonly word: RegExp;
  /** Must be said beside it. */
  readonly beside?: RegExp;
  read(rest: Rest): Intent | null;
};

/** The more special first: «напоминать к первой паре» is about the first one, though it reminds. */
const TOPICS: readonly Topic[] = [
  { word: /^(дз|домашк\p{L}{1,2}|homework)$/u, read: readHomework },
  { word: /^(собрани\p{L}{1,3}|meetings?)$/u, read: readMeetings },
  { word: /^(экзамен\p{L}{0,3}|консультаци\p{L}{0,2}|exams?)$/u, read: readExams },
  {
    word: /^(перв(?:ой|ую|ая|ым|ому|ого)|first)$/u,
    beside: /^(пар[аеуый]|парой|занятию|занятием|занятие|уроку|уроком|урока|lesson|class)$/u,
    read: readFirst,
  },
  {
    word: /^(тихо|тих(?:ие|ий|их)|тишин(?:а|ы|у|е)|беспоко(?:ить|й|йте)|тревож(?:ить|ь|ьте)|шуми(?:те|ть)?|мешай(?:те)?|отвлекай(?:те)?|(?:буди|звони)(?:те|ть)?|quiet)$/u,
    read: readQuiet,
  },
  { word: /^(недел(?:я|ю|и|е)|week)$/u, read: readWeek },
  { word: /^(изменени(?:я|й|е|и|ях|ям|ями)|changes)$/u, read: readChanges },
  { word: /^(замен(?:а|ы|у|ах|ам|ами)?)$/u, read: readReplacements },
  { word: /^(утр(?:ом|ам|о|у|а)|утренн\p{L}{2,3}|mornings?)$/u, read: readMorning },
  { word: /^(вечер(?:ом|ам|а|у)?|вечерн\p{L}{2,3}|evenings?)$/u, read: readEvening },
  { word: /^(рассылк(?:а|и|у|ой|ам|ами|е)|рассылок|дайджест(?:а|ы|ов)?)$/u, read: readMailing },
  { word: REMIND, read: readLeads },
];

/** The setting that the words change, or those they ask about; null when they are something else. Expects folded text. */
export function settingOf(folded: string, question: boolean): Intent | null {
  const words = wordsOf(folded);
  const cores = words.map(core);
  const direct =
    readSubgroup(words, question) ??
    readHidden(words, question) ??
    readHours(restOf(words, () => false, question)) ??
    readLessonsSent(restOf(words, () => false, question));
  if (direct !== null) return direct;
  for (const { word, beside, read } of TOPICS) {
    if (!cores.some((one) => word.test(one))) continue;
    if (beside !== undefined && !cores.some((one) => beside.test(one))) continue;
    const intent = read(restOf(words, (one) => word.test(one), question));
    if (intent !== null) return intent;
  }
  return bareKinds(words, question) ?? bareLeads(words, question) ?? readAway(words, question) ?? readNotNow(words);
}

/** «не присылать отмены»: a kind of change is named without the word «изменения», so a verb must be. */
function bareKinds(words: readonly string[], question: boolean): Intent | null {
  if (!words.some((word) => isChangeKind(core(word)))) return null;
  const rest = restOf(words, () => false, question);
  if (rest.once) return null;
  // «только отмены», an answer to «О каких изменениях?»; what else is so called is asked about.
  const only = /^только\s/.test(rest.said) && readChanges({ ...rest, on: true });
  if (!rest.on && only && only.kind === 'changes')
    return words.some((word) => ONLY_CHANGES.test(core(word))) ? only : { kind: 'settings', topic: 'kinds' };
  return rest.on ? readChanges(rest) : null;
}

/** Names nothing but a change. */
const ONLY_CHANGES = /^(?:отмен\p{L}*|перенос\p{L}*|возврат\p{L}*)$/u;

/** «за 10 минут», the answer to «За сколько минут?». */
function bareLeads(words: readonly string[], question: boolean): Intent | null {
  if (question || !/^за\s.*(?:мин|час|сут)/.test(words.join(' '))) return null;
  const leads = minutesOf(restOf(words, () => false, question).text);
  return leads === null || leads.length === 0 ? null : { kind: 'leads', leads };
}

/** «рассылка в 20:00», «отключи рассылку»: which one is not said. */
function readMailing(): Intent {
  return { kind: 'settings', topic: 'digests' };
}

const NEWS = /(?<!\p{L})(?:пиши|присыла|шли|слать|напомина|сообща|отправля|уведомля)/u;

/** «не присылай сегодня», «не пиши до завтра»: nothing can be silenced for a day; what can is shown. */
function readNotNow(words: readonly string[]): Intent | null {
  const rest = restOf(words, () => false, false);
  if (!(rest.off && NEWS.test(rest.said)) && !/^пауз/.test(rest.said)) return null;
  const left = rest.text.split(/\s+/);
  const found = findDate(left);
  if (found === null) return null;
  const name = [...left.slice(0, found.from), ...left.slice(found.to)].filter(
    (word) => !/^(?:до|на|в|по|пауз\p{L})$/u.test(word),
  );
  return name.length === 0 ? { kind: 'settings' } : null;
}

function readMeetings({ text, off, asks, once, question }: Rest): Intent | null {
  if (!asks || once || !/^(?:и|родительски\p{L}+|за (?:день|час)(?: и(?: за)? (?:час|день))?)?$/u.test(text))
    return null;
  if (question) return { kind: 'settings', topic: 'reminders' };
  return { kind: 'meetings', on: !off };
}

function readExams({ text, off, asks, once, question }: Rest): Intent | null {
  if (!asks || once || !/^(?:и|за (?:день|час)(?: и(?: за)? (?:час|день))?)?$/.test(text)) return null;
  if (question) return { kind: 'settings', topic: 'reminders' };
  return { kind: 'exams', on: !off };
}

/** «к первой паре за 40 минут», «к первой паре не напоминать»; without a verb only with «за»: «первая пара 40 минут» may be a complaint. */
function readFirst({ said, text, off, asks, question }: Rest): Intent | null {
  const words = text.split(/\s+/).filter((word) => !/^(?:ко?|на|пар[аеуы]|the)$/.test(word));
  // The other reminders are meant to go.
  if (asks && words.includes('только')) return { kind: 'settings', topic: 'reminders' };
  const leads = minutesOf(words.join(' '));
  if (leads === null) return null;
  if (question) return { kind: 'settings', topic: 'reminders' };
  if (off) return asks || whole('не\\s+(?:надо|нуж\\p{L}+)').test(said) ? { kind: 'first', lead: null } : null;
  const [lead] = leads;
  if (lead === undefined) return asks ? { kind: 'first', lead: undefined } : null;
  if (!asks && !whole('за|before').test(said)) return null;
  return { kind: 'first', lead: leads.length === 1 ? lead : 'unclear' };
}

function readLeads({ said, text, off, question }: Rest): Intent | null {
  const leads = minutesOf(text);
  // «напомни, какие пары завтра» asks for a day; «напомни завтра в 8» asks for what nobody can do here.
  if (leads === null && !off && LESSONS.test(said) && asksOfDay(text)) return null;
  if (question) return leads === null ? null : { kind: 'settings', topic: 'reminders' };
  if (/^удали(?:те|ть)?\s+(?:все\s+)?напомина\p{L}+$/u.test(said)) return { kind: 'leads', leads: [] };
  // «убери напоминание за 15 минут» leaves the others; «об экзаменах за 3 дня» is not to be had.
  const isTaken =
    off && leads !== null && leads.length > 0 && /(?<!\p{L})(?:убер|убра|удали|отмени|отключ|выключ)/u.test(said);
  if (isTaken || /(?<!\p{L})экзамен/u.test(said)) return { kind: 'settings', topic: 'reminders' };
  if (leads === null) return HOMEWORK.test(said) ? null : { kind: 'leads', leads: 'unclear' };
  if (off) return { kind: 'leads', leads: [] };
  return { kind: 'leads', leads: leads.length === 0 ? null : leads };
}

const HOMEWORK = whole('дз|домашк\\p{L}+|домашн\\p{L}+');

/** A reminder of lessons is a question about them; a reminder of anything else is not ours. */
const LESSONS = whole('как(?:ие|ое|ая|ой)|что|пар[аы]|расписани[ея]|занят\\p{L}+|урок\\p{L}*');

function asksOfDay(text: string): boolean {
  const words = text.replace(/[,;]/g, ' ').split(/\s+/);
  const found = findDate(words);
  if (found === null) return false;
  const left = withoutFillers([...words.slice(0, found.from), ...words.slice(found.to)]);
  return left === '' || groupTokens(left).join(' ') === left;
}
