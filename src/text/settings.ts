/** How settings are laid out in any language: all of them in one message, each topic with its choices. */
import type { Clock } from '../domain/calendar.ts';
import { CHANGE_KINDS, type ChangeKind } from '../domain/diff.ts';
import type { Hidden, Horizon, Peer, Quiet } from '../domain/peer.ts';
import type { TimetableRef } from '../domain/view.ts';
import { clean, cut, fit, short } from './format.ts';
import { CHANGE_SAID, hiddenWords, isSayable } from './hidden.ts';
import type { Button, Message } from './message.ts';

/** A part of the settings with a message of its own. */
export type Topic = 'reminders' | 'digests' | 'changes' | 'kinds' | 'quiet' | 'subgroup' | 'hidden';

/** What the followed timetable offers to choose from, the most frequent first. */
export type Choices = { readonly subgroups: readonly string[]; readonly hideable: readonly Hidden[] };

/** The words and sentences a language gives to the settings; names come in cleaned. */
export type SettingsWords = {
  group(name: string | null): string;
  each(leads: readonly number[]): string;
  first(lead: number | null): string;
  exams(on: boolean): string;
  evening(at: Clock | null): string;
  morning(at: Clock | null): string;
  week(week: Peer['week']): string;
  /** `horizon` null: changes are not sent at all. */
  changes(horizon: Horizon | null, muted: readonly ChangeKind[]): string;
  quiet(quiet: Quiet | null): string;
  subgroup(name: string): string;
  /** [] when nothing is hidden. */
  hidden(names: readonly string[]): string;
  /** How to hear nothing, and how to erase all. */
  readonly end: string;
  readonly labels: Readonly<Record<Topic | 'back' | 'changeGroup' | 'everybody' | 'anyDay' | 'near' | 'days', string>>;
  /** What a button that sets these minutes, hours or days says on it. */
  readonly on: {
    each(lead: number): string;
    first(lead: number): string;
    readonly exams: string;
    evening(at: Clock): string;
    morning(at: Clock): string;
    week(at: Clock): string;
    readonly changes: string;
    quiet(from: Clock, to: Clock): string;
    subgroup(name: string): string;
    hide(name: string): string;
    show(name: string): string;
  };
  readonly without: Readonly<
    Record<'each' | 'first' | 'exams' | 'evening' | 'morning' | 'week' | 'changes' | 'quiet', string>
  >;
  readonly kinds: Readonly<Record<ChangeKind, string>>;
  /** Names something hidden. */
  hiddenName(hidden: Hidden): string;
  /** Says above the choices of a topic how to say it in one's own words. */
  readonly hints: Readonly<Record<Topic, string>>;
};

/** What a language says of settings. */
export type SettingsTexts = {
  /** All settings in one message, with a button for each topic. */
  settings(peer: Peer, ref: TimetableRef | null): Message;
  /** One topic with its choices; `done` says what has just been changed. */
  settingsTopic(topic: Topic, peer: Peer, choices: Choices, done?: string): Message;
};

/** The settings in a language's words. */
export function settingsTexts(words: SettingsWords): SettingsTexts {
  return {
    settings: (peer, ref) => overview(peer, ref, words),
    settingsTopic: (topic, peer, choices, done) => topicMessage(topic, { peer, choices, done, words }),
  };
}

function overview(peer: Peer, ref: TimetableRef | null, words: SettingsWords): Message {
  const { labels } = words;
  const name =
    ref === null ? null : `«${short(ref.name, 60)}»${ref.university === '' ? '' : `, ${short(ref.university, 60)}`}`;
  const lines = [
    words.group(name),
    ...(['reminders', 'digests', 'changes', 'quiet', 'subgroup', 'hidden'] as const).flatMap((topic) =>
      told(topic, peer, words),
    ),
    '',
    words.end,
  ];
  return {
    text: fit(lines.join('\n')),
    buttons: [
      [to('reminders', labels), to('digests', labels)],
      [to('changes', labels), to('quiet', labels)],
      [to('subgroup', labels), to('hidden', labels)],
      [{ label: labels.changeGroup, say: 'сменить группу' }],
    ],
  };
}

function told(topic: Topic, peer: Peer, words: SettingsWords): string[] {
  switch (topic) {
    case 'reminders':
      return [words.each(peer.leads), words.first(peer.firstLead), words.exams(peer.exams)];
    case 'digests':
      return [words.evening(peer.evening), words.morning(peer.morning), words.week(peer.week)];
    case 'changes':
    case 'kinds':
      return [words.changes(peer.changes ? peer.horizon : null, peer.muted)];
    case 'quiet':
      return [words.quiet(peer.quiet)];
    case 'subgroup':
      return [words.subgroup(clean(peer.subgroup))];
    case 'hidden':
      return [words.hidden(peer.hidden.map((one) => short(words.hiddenName(one), 60)))];
  }
}

/** What opens a topic; a person may type it. */
const OPENS: Readonly<Record<Topic, string>> = {
  reminders: 'настройки напоминаний',
  digests: 'настройки рассылок',
  changes: 'настройки изменений',
  kinds: 'какие изменения присылать',
  quiet: 'тихие часы',
  subgroup: 'подгруппа',
  hidden: 'скрытое',
};

function to(topic: Topic, labels: SettingsWords['labels']): Button {
  return { label: labels[topic], say: OPENS[topic], edit: true };
}

type About = {
  readonly peer: Peer;
  readonly choices: Choices;
  readonly done: string | undefined;
  readonly words: SettingsWords;
};

function topicMessage(topic: Topic, about: About): Message {
  const { peer, done, words } = about;
  const state = told(topic, peer, words);
  // What has just been set is the whole state of a topic of one line: it is said once.
  const head =
    done !== undefined && state.length === 1 ? [done] : [...(done === undefined ? [] : [done]), state.join('\n')];
  const parts = [...head, words.hints[topic]];
  const back =
    topic === 'kinds' ? set(`← ${words.labels.changes}`, OPENS.changes) : set(words.labels.back, 'настройки');
  return { text: fit(parts.join('\n\n')), buttons: [...rowsOf(topic, about), [back]] };
}

/** VK shows ten buttons in six rows: nine choices in five, and the way back. */
function rowsOf(topic: Topic, about: About): Button[][] {
  const { peer, choices, words } = about;
  const { on, without, labels } = words;
  switch (topic) {
    case 'reminders':
      return [
        [5, 15, 60].map((lead) => set(on.each(lead), `напоминать за ${lead} минут`)),
        ...(peer.leads.length > 0 ? [[set(without.each, 'не напоминать')]] : []),
        [
          either(
            peer.firstLead !== null,
            [without.first, 'к первой паре не напоминать'],
            [on.first(30), 'к первой паре за 30 минут'],
          ),
        ],
        [either(peer.exams, [without.exams, 'экзамены не присылать'], [on.exams, 'экзамены присылать'])],
      ];
    case 'digests':
      return [
        peer.evening === null
          ? ['19:00', '21:00'].map((at) => set(on.evening(at), `вечером в ${at}`))
          : [set(without.evening, 'вечером не присылать')],
        peer.morning === null
          ? ['07:00', '08:00'].map((at) => set(on.morning(at), `утром в ${at}`))
          : [set(without.morning, 'утром не присылать')],
        [
          either(
            peer.week !== null,
            [without.week, 'неделю не присылать'],
            [on.week('18:00'), 'неделю в воскресенье в 18:00'],
          ),
        ],
      ];
    case 'changes':
      return [
        [
          set(labels.near, 'изменения на сегодня и завтра'),
          set(labels.days, 'изменения на 7 дней'),
          set(labels.anyDay, 'изменения на все дни'),
        ],
        [to('kinds', labels)],
        [either(peer.changes, [without.changes, 'не присылать изменения'], [on.changes, 'присылать изменения'])],
      ];
    case 'kinds':
      return pairs(
        CHANGE_KINDS.map((kind) => {
          const muted = peer.muted.includes(kind);
          return set(
            `${muted ? '✗' : '✓'} ${words.kinds[kind]}`,
            `${muted ? '' : 'не '}присылать ${CHANGE_SAID[kind]}`,
          );
        }),
      );
    case 'quiet':
      return [
        [
          ['23:00', '07:00'],
          ['22:00', '08:00'],
          ['00:00', '09:00'],
        ].map(([from = '', to = '']) => set(on.quiet(from, to), `тихо с ${from} до ${to}`)),
        ...(peer.quiet === null ? [] : [[set(without.quiet, 'без тишины')]]),
      ];
    case 'subgroup': {
      const names = choices.subgroups
        .filter(isSayable)
        .slice(0, 8)
        .map((name) => set(short(on.subgroup(name), 40), `подгруппа ${name}`));
      return names.length === 0 && peer.subgroup === ''
        ? []
        : pairs([...names, set(labels.everybody, 'все подгруппы')]);
    }
    case 'hidden':
      return hiddenRows(about);
  }
}

/** What is hidden can be shown again; what is met most often can be hidden. */
function hiddenRows({ peer, choices, words }: About): Button[][] {
  const hidden = peer.hidden.slice(0, 5);
  const more = choices.hideable.slice(0, 8 - hidden.length);
  return pairs([
    ...hidden.map((one) => set(cut(words.on.show(clean(words.hiddenName(one))), 40), `показывать ${hiddenWords(one)}`)),
    ...more.map((one) => set(cut(words.on.hide(clean(words.hiddenName(one))), 40), `скрыть ${hiddenWords(one)}`)),
  ]);
}

function set(label: string, say: string): Button {
  return { label, say, edit: true };
}

function either(isOn: boolean, off: readonly [string, string], on: readonly [string, string]): Button {
  return isOn ? set(...off) : set(...on);
}

function pairs(buttons: readonly Button[]): Button[][] {
  return Array.from({ length: Math.ceil(buttons.length / 2) }, (_, row) => buttons.slice(row * 2, row * 2 + 2));
}
