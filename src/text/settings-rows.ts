/** The buttons of the settings: what opens a topic, and the choices of each one. */
import { CHANGE_KINDS } from '../domain/diff.ts';
import type { Peer } from '../domain/peer.ts';
import { clean, cut, short } from './format.ts';
import { CHANGE_SAID, hiddenWords, isSayable } from './hidden.ts';
import type { Button } from './message.ts';
import { placeOfZone, ZONES } from './places.ts';
import type { Choices, SettingsWords, Topic } from './settings-words.ts';

/** What opens a topic; a person may type it. */
export const OPENS: Readonly<Record<Topic, string>> = {
  reminders: 'настройки напоминаний',
  digests: 'настройки рассылок',
  changes: 'настройки изменений',
  kinds: 'какие изменения присылать',
  quiet: 'тихие часы',
  zone: 'часовой пояс',
  subgroup: 'подгруппа',
  hidden: 'скрытое',
};

export function to(topic: Topic, labels: SettingsWords['labels']): Button {
  return { label: labels[topic], say: OPENS[topic], edit: true };
}

export type About = {
  readonly peer: Peer;
  readonly choices: Choices;
  readonly words: SettingsWords;
};

/** So many letters of a label a narrow phone shows where two stand in a row. */
const SHOWN_OF_TWO = 15;
/** VK shows six rows, one of them the way back. */
const ROWS = 5;

/** VK shows ten buttons in six rows: nine choices in five, and the way back. */
export function rowsOf(topic: Topic, about: About): Button[][] {
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
        ...pairs([
          either(peer.exams, [without.exams, 'экзамены не присылать'], [on.exams, 'экзамены присылать']),
          either(peer.meetings, [without.meetings, 'собрания не присылать'], [on.meetings, 'собрания присылать']),
        ]),
      ];
    case 'digests':
      return [
        peer.evening === null
          ? ['19:00', '21:00'].map((at) => set(on.evening(at), `вечером в ${at}`))
          : [set(without.evening, 'вечером не присылать')],
        peer.morning === null
          ? ['07:00', '08:00'].map((at) => set(on.morning(at), `утром в ${at}`))
          : [set(without.morning, 'утром не присылать')],
        ...pairs([
          either(
            peer.week !== null,
            [without.week, 'неделю не присылать'],
            [on.week('18:00'), 'неделю в воскресенье в 18:00'],
          ),
          either(
            peer.homework !== null,
            [without.homework, 'домашку не присылать'],
            [on.homework('19:00'), 'домашку в 19:00'],
          ),
        ]),
      ];
    case 'changes':
      return [
        ...pairs([
          set(labels.near, 'изменения на сегодня и завтра'),
          set(labels.days, 'изменения на 7 дней'),
          set(labels.anyDay, 'изменения на все дни'),
        ]),
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
        ...pairs(
          [
            ['23:00', '07:00'],
            ['22:00', '08:00'],
            ['00:00', '09:00'],
          ].map(([from = '', to = '']) => set(on.quiet(from, to), `тихо с ${from} до ${to}`)),
        ),
        ...(peer.quiet === null ? [] : [[set(without.quiet, 'без тишины')]]),
      ];
    case 'zone':
      return [
        ...pairs(ZONES.map((zone) => set(words.on.zone(zone), `часовой пояс ${placeOfZone(zone, 'ru')}`))),
        [set(labels.home, 'часовой пояс как в расписании')],
      ];
    case 'subgroup': {
      const names = choices.subgroups
        .filter(isSayable)
        .slice(0, 8)
        .map((name) => set(short(on.subgroup(name), 40), `подгруппа ${name}`));
      return names.length === 0 && peer.subgroup === ''
        ? []
        : [...readable(names).slice(0, ROWS - 1), [set(labels.everybody, 'все подгруппы')]];
    }
    case 'hidden':
      return hiddenRows(about);
  }
}

/** What is hidden can be shown again; what is met most often can be hidden. */
function hiddenRows({ peer, choices, words }: About): Button[][] {
  const hidden = peer.hidden.slice(0, ROWS);
  const more = choices.hideable.slice(0, 8 - hidden.length);
  return readable([
    ...hidden.map((one) => set(cut(words.on.show(clean(words.hiddenName(one))), 40), `показывать ${hiddenWords(one)}`)),
    ...more.map((one) => set(cut(words.on.hide(clean(words.hiddenName(one))), 40), `скрыть ${hiddenWords(one)}`)),
  ]).slice(0, ROWS);
}

export function set(label: string, say: string): Button {
  return { label, say, edit: true };
}

function either(isOn: boolean, off: readonly [string, string], on: readonly [string, string]): Button {
  return isOn ? set(...off) : set(...on);
}

/** Two in a row, all of them; as readable as the rows allow. */
function pairs(buttons: readonly Button[]): Button[][] {
  const rows = readable(buttons);
  if (rows.length <= ROWS) return rows;
  return Array.from({ length: Math.ceil(buttons.length / 2) }, (_, row) => buttons.slice(row * 2, row * 2 + 2));
}

/** Two in a row; by itself what a narrow phone would cut there. */
function readable(buttons: readonly Button[]): Button[][] {
  const rows: Button[][] = [];
  for (const button of buttons) {
    const row = rows.at(-1);
    if (row?.length === 1 && [...row, button].every(({ label }) => label.length <= SHOWN_OF_TWO)) row.push(button);
    else rows.push([button]);
  }
  return rows;
}
