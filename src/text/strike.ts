/** How one lesson that is cancelled by hand is asked about and told of, in any language; and what not to be woken by. */
import type { Clock, Day } from '../domain/calendar.ts';
import type { LessonLine } from '../domain/notice.ts';
import type { Peer } from '../domain/peer.ts';
import type { TimetableRef } from '../domain/view.ts';
import { cut, dotted, hours, namedDay, short, subgroupOf, titleOf, type Words } from './format.ts';
import type { Button, Message } from './message.ts';

const NAME = 60;
/** VK: characters of a button. */
const LABEL = 40;
/** More buttons than these stand two a row. */
const ROWS = 5;

type Deed = 'cancel' | 'restore';
export type NotStruck = 'site' | 'not-yours' | 'gone' | 'no-lesson';

/** The words and sentences a language gives; names, days and lessons come in already written. */
export type StrikeWords = {
  readonly lesson: Words;
  readonly no: string;
  readonly verbs: Readonly<Record<Deed, string>>;
  /** `typed` is the answer in words. */
  ask(deed: Deed, lesson: string, name: string, typed: string): string;
  which(deed: Deed, day: string): string;
  done(deed: Deed, lesson: string, name: string): string;
  /** Of `no-lesson`, `names` are the subjects there are. */
  refused(why: NotStruck, name: string, names: readonly string[]): string;
  /** The same to a press, at most 90 characters. */
  briefly(why: NotStruck): string;
  readonly noMove: string;
  /** `until` is when the quiet would end, `morning` whether lessons are sent in the morning. */
  wake(until: Clock, morning: boolean): string;
  readonly buttons: {
    yes(deed: Deed): string;
    quiet(until: Clock): string;
    readonly hours: string;
    readonly noMorning: string;
    readonly noFirst: string;
  };
};

type One = { readonly uid: string; readonly lesson: LessonLine };

export type StrikeTexts = {
  /** Asked before it is done; of several lessons, all of one day, which one. */
  strikeAsk(lessons: readonly One[], deed: Deed, ref: TimetableRef, today: Day): Message;
  /** It is done; `uid` is that of the lesson as it stands now. */
  struck(one: One, deed: Deed, ref: TimetableRef, today: Day): Message;
  strikeRefused(no: { readonly why: NotStruck; readonly names?: readonly string[] }, ref: TimetableRef): Message;
  /** To a press: the presser alone sees it. */
  strikeRefusedBriefly(why: NotStruck): string;
  strikeNoMove(): Message;
  /** Quiet hours may be meant, or what comes in the morning. */
  wakeAsk(until: Clock | null, peer: Peer): Message;
};

const SAID: Readonly<Record<Deed, string>> = { cancel: 'отменить', restore: 'вернуть' };
/** When a night's quiet begins and ends where nobody says. */
const NIGHT = { from: '23:00', until: '08:00', earliest: '04:00', latest: '14:00' };

/** The same in a language's words. */
export function strikeTexts(words: StrikeWords): StrikeTexts {
  const { language } = words.lesson;
  const nameOf = ({ name }: TimetableRef) => short(name, NAME);
  const saying = (deed: Deed, { uid }: One) => `да, ${SAID[deed]} пару ${uid}`;

  function typed(deed: Deed, { day, allDay, start }: LessonLine, today: Day): string {
    return `да, ${SAID[deed]} пару ${dotted(day, today)}${allDay ? '' : ` в ${start}`}`;
  }

  function said(lesson: LessonLine, today: Day): string {
    const subgroup = subgroupOf(lesson, words.lesson);
    const when = `${namedDay(lesson.day, today, language)}, ${hours(lesson, words.lesson)}`;
    return `${when} ${titleOf(lesson, words.lesson)}${subgroup === '' ? '' : `, ${subgroup}`}`;
  }

  function labelOf(lesson: LessonLine): string {
    const subgroup = subgroupOf(lesson, words.lesson);
    const start = lesson.allDay ? '' : `${lesson.start} `;
    return cut(`${start}${short(lesson.subject, 28)}${subgroup === '' ? '' : `, ${subgroup}`}`, LABEL);
  }

  return {
    strikeAsk(lessons, deed, ref, today) {
      const no: Button[] = [{ label: words.no, say: 'отмена' }];
      const [first] = lessons;
      if (first !== undefined && lessons.length === 1) {
        const color = deed === 'cancel' ? 'negative' : 'positive';
        return {
          text: words.ask(deed, said(first.lesson, today), nameOf(ref), typed(deed, first.lesson, today)),
          buttons: [[{ label: words.buttons.yes(deed), say: saying(deed, first), color }], no],
        };
      }
      const all = lessons.map((one): Button => ({ label: labelOf(one.lesson), say: saying(deed, one) }));
      const day = first === undefined ? '' : namedDay(first.lesson.day, today, language);
      return { text: words.which(deed, day), buttons: [...inRows(all), no] };
    },
    struck(one, deed, ref, today) {
      const back = deed === 'cancel' ? 'restore' : 'cancel';
      return {
        text: words.done(deed, said(one.lesson, today), nameOf(ref)),
        buttons: [[{ label: words.verbs[back], say: saying(back, one) }]],
      };
    },
    strikeRefused({ why, names = [] }, ref) {
      const some = names.map((name) => short(name, NAME));
      return { text: words.refused(why, nameOf(ref), some) };
    },
    strikeRefusedBriefly: words.briefly,
    strikeNoMove: () => ({ text: words.noMove }),
    wakeAsk(until, { morning, firstLead }) {
      const isNight = until !== null && until >= NIGHT.earliest && until <= NIGHT.latest;
      const end = isNight ? until : NIGHT.until;
      const { quiet, hours, noMorning, noFirst } = words.buttons;
      const other: Button =
        morning === null ? { label: hours, say: 'тихие часы' } : { label: noMorning, say: 'утром не присылать' };
      return {
        text: words.wake(end, morning !== null),
        buttons: [
          [{ label: quiet(end), say: `тихо с ${NIGHT.from} до ${end}`, color: 'primary' }],
          [other],
          ...(firstLead === null ? [] : [[{ label: noFirst, say: 'к первой паре не напоминать' }]]),
        ],
      };
    },
  };
}

function inRows(buttons: readonly Button[]): Button[][] {
  const width = buttons.length > ROWS ? 2 : 1;
  const rows = Math.ceil(buttons.length / width);
  return Array.from({ length: rows }, (_, row) => buttons.slice(row * width, row * width + width));
}
