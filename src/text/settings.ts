/** How settings are laid out in any language: all of them in one message, each topic with its choices. */
import type { Peer } from '../domain/peer.ts';
import type { TimetableRef } from '../domain/view.ts';
import { clean, fit, short } from './format.ts';
import type { Message } from './message.ts';
import { type About, OPENS, rowsOf, set, to } from './settings-rows.ts';
import type { Choices, SettingsWords, Topic } from './settings-words.ts';

export type { Choices, Topic } from './settings-words.ts';

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
    settingsTopic: (topic, peer, choices, done) => topicMessage(topic, { peer, choices, words }, done),
  };
}

function overview(peer: Peer, ref: TimetableRef | null, words: SettingsWords): Message {
  const { labels } = words;
  const name =
    ref === null ? null : `«${short(ref.name, 60)}»${ref.university === '' ? '' : `, ${short(ref.university, 60)}`}`;
  const lines = [
    words.group(name),
    ...(peer.role === 'student' ? [] : [words.role(peer.role)]),
    ...(['reminders', 'digests', 'changes', 'quiet', 'zone', 'subgroup', 'hidden'] as const).flatMap((topic) =>
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
      [to('zone', labels), { label: labels.changeGroup, say: 'сменить группу' }],
    ],
  };
}

function told(topic: Topic, peer: Peer, words: SettingsWords): string[] {
  switch (topic) {
    case 'reminders':
      return [
        words.each(peer.leads),
        words.first(peer.firstLead),
        words.exams(peer.exams),
        words.meetings(peer.meetings),
      ];
    case 'digests':
      return [
        words.evening(peer.evening),
        words.morning(peer.morning),
        words.week(peer.week),
        words.homework(peer.homework, peer.evening !== null),
      ];
    case 'changes':
    case 'kinds':
      return [words.changes(peer.changes ? peer.horizon : null, peer.muted)];
    case 'quiet':
      return [words.quiet(peer.quiet)];
    case 'zone':
      return [words.zone(peer.zone)];
    case 'subgroup':
      return [words.subgroup(clean(peer.subgroup))];
    case 'hidden':
      return [words.hidden(peer.hidden.map((one) => short(words.hiddenName(one), 60)))];
  }
}

function topicMessage(topic: Topic, about: About, done: string | undefined): Message {
  const { peer, words } = about;
  const state = told(topic, peer, words);
  // What has just been set is the whole state of a topic of one line: it is said once.
  const head =
    done !== undefined && state.length === 1 ? [done] : [...(done === undefined ? [] : [done]), state.join('\n')];
  const parts = [...head, words.hints[topic]];
  const back =
    topic === 'kinds' ? set(`← ${words.labels.changes}`, OPENS.changes) : set(words.labels.back, 'настройки');
  return { text: fit(parts.join('\n\n')), buttons: [...rowsOf(topic, about), [back]] };
}
