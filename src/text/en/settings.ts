/** The words of the settings, in English: all of them in one message, and the choices of each topic. */
import { placeOfZone } from '../places.ts';
import { settingsTexts } from '../settings.ts';
import { changesText, hiddenName, leadsText, minutesText, ON_WEEKDAY, quietText } from './wishes.ts';

export const { settings, settingsTopic } = settingsTexts({
  group: (name) => `Group: ${name ?? 'not chosen'}`,
  role: (role) =>
    role === 'parent'
      ? 'For parents: no reminders of each lesson. To change: “I am a student”.'
      : 'For a teacher: changes and meetings. To change: “I am a student”.',
  each: (leads) => `Before each lesson: ${leads.length === 0 ? 'no reminders' : leadsText(leads)}`,
  first: (lead) => `Before the first lesson: ${lead === null ? 'no reminder' : `${minutesText(lead)} before`}`,
  exams: (on) => `Exams and consultations: ${on ? 'a day and an hour before' : 'no reminders'}`,
  meetings: (on) => `Meetings: ${on ? 'a day and an hour before' : 'no reminders'}`,
  evening: (at) => `Evening: ${at === null ? 'nothing' : `tomorrow's lessons at ${at}`}`,
  morning: (at) => `Morning: ${at === null ? 'nothing' : `today's lessons at ${at}`}`,
  week: (week) => `The week ahead: ${week === null ? 'not sent' : `${ON_WEEKDAY[week.weekday]} at ${week.at}`}`,
  homework: (at, evening) =>
    `Homework: ${at === null ? 'not sent' : evening ? 'in the evening, with the lessons' : `the evening before at ${at}`}`,
  changes: (horizon, muted) => `Changes: ${changesText(horizon, muted)}`,
  quiet: (quiet) => `Quiet hours: ${quiet === null ? 'none' : quietText(quiet)}`,
  zone: (zone) => `Time zone: ${zone === null ? 'as in the timetable' : placeOfZone(zone, 'en')}`,
  subgroup: (name) => `Subgroup: ${name === '' ? 'all' : name}`,
  hidden: (names) => `Hidden: ${names.length === 0 ? 'nothing' : names.join(', ')}`,
  end: 'To hear nothing: “stop”. To erase all: “delete my data”.',
  labels: {
    reminders: 'Reminders',
    digests: 'Digests',
    changes: 'Changes',
    kinds: 'Which changes',
    quiet: 'Quiet hours',
    zone: 'Time zone',
    subgroup: 'Subgroup',
    hidden: 'Hidden',
    back: '← Settings',
    changeGroup: 'Change the group',
    everybody: 'All subgroups',
    near: 'Today, tomorrow',
    days: '7 days',
    home: 'As in the timetable',
    anyDay: 'Any day',
  },
  on: {
    each: (lead) => (lead % 60 === 0 ? minutesText(lead) : `${lead} min`),
    first: (lead) => `First lesson: ${minutesText(lead)} before`,
    exams: 'Remind me of exams',
    meetings: 'Remind me of meetings',
    homework: (at) => `Homework at ${at}`,
    evening: (at) => `Evening at ${at}`,
    morning: (at) => `Morning at ${at}`,
    week: (at) => `The week on Sundays at ${at}`,
    changes: 'Send changes',
    quiet: (from, to) => `${from}–${to}`,
    zone: (zone) => placeOfZone(zone, 'en'),
    subgroup: (name) => `Subgroup ${name}`,
    hide: (name) => `Hide: ${name}`,
    show: (name) => `Show: ${name}`,
  },
  without: {
    each: 'No reminders before lessons',
    first: 'No reminder of the first lesson',
    exams: 'No reminders of exams',
    meetings: 'No reminders of meetings',
    evening: 'Nothing in the evening',
    morning: 'Nothing in the morning',
    week: 'No week ahead',
    homework: 'No homework',
    changes: 'Do not send changes',
    quiet: 'No quiet hours',
  },
  kinds: {
    cancelled: 'Cancellations',
    restored: 'Restored',
    added: 'New lessons',
    moved: 'Moves',
    room: 'Rooms',
    teacher: 'Teachers',
    subject: 'Subjects',
    kind: 'Kinds of lesson',
    format: 'Format',
  },
  hiddenName,
  hints: {
    reminders: 'How long before? In your own words: “remind 15 and 1 minutes”, “first lesson 40 minutes before”.',
    digests: 'In your own words: “evening 20:30”, “morning 7:30”, “week on Saturday at 12:00”.',
    changes: 'Lessons of which days should I tell you about?',
    kinds: 'Press to switch on or off. In words: “tell no changes of rooms”.',
    quiet:
      'What comes in quiet hours is kept until they end; earlier only what cannot wait. In words: “quiet from 23 to 7”.',
    zone: 'Your time zone: lessons are shown, and quiet hours and digests counted, by its clocks. In words: “my time zone Berlin”, “time in Moscow”, “utc+7”.',
    subgroup:
      'Lessons of the whole group are always yours; those of another subgroup are neither sent nor shown. In words: “subgroup 2”.',
    hidden:
      'I neither remind of what is hidden nor show it in your own timetable. In words: “hide history”, “hide lectures”, “unhide history”.',
  },
});
