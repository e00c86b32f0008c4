/** Who else writes in a timetable, in Russian. People are named by the number of their page: a name would call them. */
import type { TimetableRef } from '../../domain/view.ts';
import { short } from '../format.ts';
import type { Message } from '../message.ts';

const NAME = 60;

export type EditorsSaid =
  | 'appointed'
  | 'already'
  | 'too-many'
  | 'dismissed'
  | 'none'
  | 'not-yours'
  | 'gone'
  /** No person was named. */
  | 'nobody';

export function editorsDone(said: EditorsSaid, ref: TimetableRef, person: number | null): Message {
  const who = person === null ? 'Этот человек' : `vk.com/id${person}`;
  const where = `«${short(ref.name, NAME)}»`;
  switch (said) {
    case 'appointed':
      return {
        text: `Готово: ${who} теперь тоже записывает домашку в ${where}, одним сообщением: «дз матан: №5–7». Кто ещё: «старосты».`,
        buttons: [[{ label: 'Снять', say: `снять старосту id${person ?? 0} в №${ref.id}` }]],
      };
    case 'already':
      return { text: `${who} и так записывает домашку в ${where}.` };
    case 'too-many':
      return { text: `В ${where} уже двадцать человек записывают домашку. Сними кого-нибудь: «старосты».` };
    case 'dismissed':
      return { text: `Готово: ${who} больше не записывает домашку в ${where}. Записанное осталось.` };
    case 'none':
      return { text: `${who} и так не записывает домашку в ${where}.` };
    case 'not-yours':
      return {
        text: `Кто записывает домашку в ${where}, решает тот, кто добавил это расписание, а у расписания университета – оператор бота.`,
      };
    case 'gone':
      return { text: 'Этого расписания больше нет. Напиши группу, например ПИ-21, и найду новое.' };
    case 'nobody':
      return {
        text: 'Кого? Упомяни через @ или назови номер страницы: «назначить старостой vk.com/id1», «снять старосту vk.com/id1».',
      };
  }
}

export function editorsList(ref: TimetableRef, editors: readonly number[]): Message {
  const where = `«${short(ref.name, NAME)}»`;
  const how = 'Добавить: «назначить старостой vk.com/id1».';
  const owner = ref.ownerId === null ? 'оператор бота' : 'тот, кто его добавил';
  if (editors.length === 0) return { text: `Старост у ${where} нет: домашку записывает ${owner}. ${how}` };
  const all = editors.map((person) => `• vk.com/id${person}`).join('\n');
  return { text: `Домашку в ${where} записывают ещё:\n${all}\n\n${how} Снять: «снять старосту vk.com/id1».` };
}
