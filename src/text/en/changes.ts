/** The words of changes, in English. */
import type { ChangeWords } from '../changes.ts';
import { plural } from '../format.ts';
import type { MarkWords } from '../marks.ts';
import { WORDS } from './words.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

const COUNTS: Readonly<Record<Parameters<ChangeWords['count']>[0], readonly [one: string, many: string]>> = {
  cancelled: ['cancelled', 'cancelled'],
  restored: ['on again', 'on again'],
  added: ['new lesson', 'new lessons'],
  moved: ['moved', 'moved'],
  room: ['other room', 'other rooms'],
  teacher: ['other teacher', 'other teachers'],
  subject: ['other subject', 'other subjects'],
  kind: ['other kind', 'other kinds'],
  format: ['other format', 'other formats'],
};

const FRESH: Readonly<Record<string, string>> = {
  exam: 'new exam',
  test: 'new test',
  'graded-test': 'new test',
  consultation: 'new consultation',
  'class-hour': 'new class hour',
  meeting: 'new meeting',
};

export const changes: ChangeWords = {
  lesson: WORDS,
  title: 'Changes',
  labels: { week: 'Week', all: 'Show all' },
  became(what, kind) {
    if (what === 'added') return (Object.hasOwn(FRESH, kind) ? FRESH[kind] : undefined) ?? 'new lesson';
    return what === 'restored' ? 'on again' : 'cancelled';
  },
  moved: (_, from, to) => `moved: ${from} → ${to}`,
  now: (what) => `now ${what}`,
  parts: {
    room: { label: 'room', sign: 'room', none: 'not given' },
    teacher: { label: 'teacher', sign: '', none: 'not given' },
    kind: { label: 'kind', sign: '', none: 'not given' },
  },
  formats: { onsite: 'on site', remote: '💻 online', hybrid: 'on site or 💻 online' },
  count(kind, count) {
    const [one, many] = COUNTS[kind];
    return `${count} ${plural(count, [one, many, many], 'en')}`;
  },
  more: (count) => `…and ${count} more ${plural(count, ['change', 'changes', 'changes'], 'en')}`,
  unsure:
    'Could not be checked a second time: the timetable site has stopped answering. Better have a look there yourself.',
  repeated({ from, to, every, parity, except, open }, weekday, date) {
    const name = WEEKDAYS[weekday - 1];
    const when =
      every === 1 ? `every ${name}` : parity === null ? `every other ${name}` : `${name}s of ${parity} weeks`;
    const until = open ? '' : ` to ${date(to)}`;
    const but =
      except.length === 0
        ? ''
        : `, except ${except
            .map(date)
            .join(', ')
            .replace(/, ([^,]*)$/, ' and $1')}`;
    return `${when}, from ${date(from)}${until}${but}`;
  },
  correction: (day) => `A correction to the reminder · ${day}`,
};

export const marks: MarkWords = {
  changes,
  moved: (_, from) => `moved from ${from}`,
  was: (what) => `was ${what}`,
  taught: (teachers) => `was ${teachers}`,
  known: { place: 'room is known now', teacher: 'teacher is known now', kind: 'kind is known now' },
};
