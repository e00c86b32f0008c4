/** What the bot says when a setting was changed, or could not be, in English. The words buttons say are the bot's own. */
import type { Clock, Zone } from '../../domain/calendar.ts';
import type { Hidden, Peer, Quiet } from '../../domain/peer.ts';
import { clean, short } from '../format.ts';
import { hiddenWords, isSayable } from '../hidden.ts';
import type { Button, Message } from '../message.ts';
import { byClocksOf } from '../places.ts';
import { keys } from './talk.ts';
import { changesText, hiddenName, leadsText, minutesText, ON_WEEKDAY, quietText } from './wishes.ts';

const REMIND: Button = { label: 'Remind 5 minutes before', say: 'напоминать за 5 минут' };
const HOME_ZONE: Button = { label: 'As in the timetable', say: 'часовой пояс как в расписании' };

export function leadsSet(leads: readonly number[], chat: boolean): Message {
  if (leads.length === 0) return done('All right, no more reminders before lessons.', chat, REMIND);
  return done(`I shall remind you ${leadsText(leads)} each lesson.`, chat, {
    label: 'No reminders',
    say: 'не напоминать',
  });
}

export function leadsBad(): Message {
  return {
    text: 'I remind only before lessons: from 1 minute to 24 hours before, at most four times. E.g. “remind 15 and 1 minutes”.',
  };
}

export function firstSet(lead: number | null, chat: boolean): Message {
  if (lead === null)
    return done('All right, no reminder of the first lesson.', chat, {
      label: 'First lesson: 30 minutes before',
      say: 'к первой паре за 30 минут',
    });
  return done(`I shall remind you ${minutesText(lead)} before the first lesson of the day.`, chat, {
    label: 'No reminder of the first lesson',
    say: 'к первой паре не напоминать',
  });
}

export function firstBad(): Message {
  return {
    text: 'Of the first lesson I remind once: from 1 minute to 24 hours before. E.g. “first lesson 40 minutes before”.',
  };
}

export function examsSet(on: boolean, chat: boolean): Message {
  if (on)
    return done('I shall remind you of exams and consultations a day and an hour before.', chat, {
      label: 'No reminders of exams',
      say: 'экзамены не присылать',
    });
  return done('All right, no reminders of exams.', chat, { label: 'Remind me of exams', say: 'экзамены присылать' });
}

export function eveningSet(at: Clock | null, chat: boolean): Message {
  if (at === null)
    return done('All right, nothing in the evening.', chat, { label: 'Evening at 19:00', say: 'вечером в 19:00' });
  return done(`I shall send tomorrow's lessons at ${at}.`, chat, {
    label: 'Nothing in the evening',
    say: 'вечером не присылать',
  });
}

export function morningSet(at: Clock | null, chat: boolean): Message {
  if (at === null)
    return done('All right, nothing in the morning.', chat, { label: 'Morning at 07:00', say: 'утром в 07:00' });
  return done(`I shall send today's lessons at ${at}.`, chat, {
    label: 'Nothing in the morning',
    say: 'утром не присылать',
  });
}

export function weekSet(week: Peer['week'], chat: boolean): Message {
  if (week === null)
    return done('All right, the week ahead is not sent.', chat, {
      label: 'The week on Sundays',
      say: 'неделю в воскресенье в 18:00',
    });
  return done(`I shall send the week ahead ${ON_WEEKDAY[week.weekday]} at ${week.at}.`, chat, {
    label: 'No week ahead',
    say: 'неделю не присылать',
  });
}

export function changesSet(
  { changes, horizon, muted }: Pick<Peer, 'changes' | 'horizon' | 'muted'>,
  chat: boolean,
): Message {
  if (!changes)
    return done('All right, nothing about changes.', chat, { label: 'Send changes', say: 'присылать изменения' });
  return done(`I shall tell you of changes ${changesText(horizon, muted)}.`, chat, {
    label: 'Do not send changes',
    say: 'не присылать изменения',
  });
}

export function quietSet(quiet: Quiet | null, chat: boolean): Message {
  if (quiet === null)
    return done('All right, I write at any time.', chat, { label: 'Quiet 23:00–07:00', say: 'тихо с 23:00 до 07:00' });
  return done(
    `Quiet ${quietText(quiet)}: all of that time is sent at ${quiet.to}, at once only what begins earlier.`,
    chat,
    {
      label: 'No quiet hours',
      say: 'без тишины',
    },
  );
}

export function zoneSet(zone: Zone | null, chat: boolean): Message {
  if (zone === null)
    return done('All right, times are those of the timetable again.', chat, {
      label: 'Time zone',
      say: 'часовой пояс',
    });
  return done(
    `Times are ${byClocksOf(zone, 'en')} now: lessons are shown, and quiet hours and digests counted, by it.`,
    chat,
    HOME_ZONE,
  );
}

/** No zone is known by these words. */
export function zoneUnknown(said: string): Message {
  return {
    text: `I know no time zone called “${short(said, 40)}”. Name a large city or the distance from UTC: “my time zone Berlin”, “time zone utc+7”.`,
    buttons: [[{ label: 'Choose', say: 'часовой пояс' }, HOME_ZONE]],
  };
}

export function subgroupSet(name: string, chat: boolean): Message {
  const text =
    name === ''
      ? 'All right, lessons of all subgroups are shown.'
      : `Noted: subgroup ${clean(name)}. Lessons of another subgroup are not sent.`;
  return done(
    text,
    chat,
    name === '' ? { label: 'Subgroup', say: 'подгруппа' } : { label: 'All subgroups', say: 'все подгруппы' },
  );
}

/** No subgroup is called so; `names` are those there are. */
export function subgroupUnknown(name: string, names: readonly string[]): Message {
  if (names.length === 0) return { text: 'This timetable has no subgroups: all lessons are everybody’s.' };
  return {
    text: `There is no subgroup “${short(name, 20)}”. There are: ${names.map((one) => short(one, 20)).join(', ')}.`,
    buttons: [
      names
        .filter(isSayable)
        .slice(0, 5)
        .map((one) => ({ label: short(`Subgroup ${one}`, 40), say: `подгруппа ${one}` })),
    ],
  };
}

export function hiddenSet(all: readonly Hidden[], chat: boolean): Message {
  const [first, ...others] = all;
  const back = { label: 'Show again', say: first === undefined ? '' : `показывать ${hiddenWords(first)}` };
  const undo = others.length === 0 ? back : { label: 'Hidden', say: 'скрытое' };
  return done(`Hidden: ${namesOf(all)}. Neither sent nor shown.`, chat, undo);
}

/** A name may end with a full stop of its own. */
function namesOf(all: readonly Hidden[]): string {
  return all
    .map((one) => clean(hiddenName(one)))
    .join(', ')
    .replace(/\.$/, '');
}

/** `hidden` null: everything that was hidden; `changes` of it were told in the last days. */
export function shownAgain(hidden: Hidden | null, changes: boolean, chat: boolean): Message {
  const text = hidden === null ? 'All right, nothing is hidden any more.' : `Shown again: ${namesOf([hidden])}.`;
  const news = changes ? ' Something has changed there in the last 14 days: say “changes” to see it.' : '';
  return done(
    text + news,
    chat,
    changes ? { label: 'Changes', say: 'изменения' } : { label: 'Hidden', say: 'скрытое' },
  );
}

/** The words may mean any of these; `verb` is what a button begins with. */
export function hideWhich(options: readonly Hidden[], verb: 'скрыть' | 'показывать'): Message {
  return {
    text: verb === 'скрыть' ? 'What exactly shall I hide?' : 'What exactly shall I show?',
    buttons: options
      .slice(0, 5)
      .map((one) => [{ label: short(hiddenName(one), 40), say: `${verb} ${hiddenWords(one)}` }]),
  };
}

/** Nothing in the timetable is called so. */
export function hideUnknown(what: string, near: readonly Hidden[]): Message {
  const said = `There is no “${short(what, 40)}” in the timetable.`;
  if (near.length === 0)
    return {
      text: `${said} A subject, a teacher, a kind of lesson (“hide lectures”) or a lesson by its number can be hidden.`,
    };
  return { ...hideWhich(near, 'скрыть'), text: `${said} Perhaps ${near.length > 1 ? 'one of these' : 'this'}?` };
}

/** Nothing hidden is called so. */
export function unhideUnknown(what: string, hidden: readonly Hidden[]): Message {
  if (hidden.length === 0) return { text: 'Nothing is hidden, everything is shown.' };
  return { ...hideWhich(hidden, 'показывать'), text: `“${short(what, 40)}” is not hidden. This is:` };
}

/** What was set, with the keyboard of a DM, or in a chat with the way back. */
function done(text: string, chat: boolean, undo: Button): Message {
  return { text, ...keys(chat, [[undo]]) };
}
