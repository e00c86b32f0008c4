/** What the bot says to those who made a timetable or brought a calendar, in English. */
import type { TimetableRef } from '../../domain/view.ts';
import { clean } from '../format.ts';
import type { Message } from '../message.ts';
import { column } from '../offer.ts';

/** “add lessons” beside somebody else's timetable: which of one's own is meant. */
export function addTo(refs: readonly TimetableRef[], say: (id: number) => string): Message {
  return {
    text: 'Only the one who made a timetable adds lessons to it. Which of your own do you mean?',
    buttons: column(refs, say),
  };
}

export function removeWhich(refs: readonly TimetableRef[], say: (id: number) => string): Message {
  return { text: 'Which timetable shall I delete?', buttons: column(refs, say) };
}

/** `others`: it is of a site, and not only this person follows it. */
export function removeAsk(ref: TimetableRef, others = false): Message {
  return {
    text: others
      ? `Others use “${clean(ref.name)}” of this site too. I shall take it from you, they keep it. Sure?`
      : `I shall delete “${clean(ref.name)}” for everybody who uses it, and it can not come back. Sure?`,
    buttons: [
      [{ label: 'Yes, delete the timetable', say: `да, удалить расписание ${ref.id}`, color: 'negative' }],
      [{ label: 'Cancel', say: 'отмена' }],
    ],
  };
}

export function removed(ref: TimetableRef): Message {
  return { text: `Done, the timetable “${clean(ref.name)}” is no more.` };
}

export function leftToOthers(ref: TimetableRef): Message {
  return { text: `Done, “${clean(ref.name)}” is not yours any more. Those who use it keep it.` };
}

export function removeRefused(why: 'not-yours' | 'gone'): Message {
  if (why === 'gone') return { text: 'That timetable is no more.' };
  return { text: 'Only the one who made a timetable deletes it.' };
}

export function accepted(name: string): Message {
  return { text: `Accepted: “${clean(name)}” is now as on the site.`, buttons: [[{ label: 'Week', say: 'неделя' }]] };
}

const NOT_ACCEPTED = {
  'not-held': 'There is nothing to accept: the timetable is as on the site.',
  'not-yours': 'Only the one who added this calendar accepts it.',
  held: 'Not accepted yet: the site has changed once more, and strangely again. Have a look there, and if it is right, say “accept” again.',
  busy: 'I am reading that calendar right now. Say “accept” again in a minute.',
} as const;

export function acceptRefused(why: keyof typeof NOT_ACCEPTED): Message {
  return { text: NOT_ACCEPTED[why] };
}
