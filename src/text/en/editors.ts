/** Who else writes in a timetable, in English. */
import type { TimetableRef } from '../../domain/view.ts';
import { short } from '../format.ts';
import type { Message } from '../message.ts';
import type { EditorsSaid } from '../ru/editors.ts';

const NAME = 60;

export function editorsDone(said: EditorsSaid, ref: TimetableRef, person: number | null): Message {
  const who = person === null ? 'This person' : `vk.com/id${person}`;
  const where = `“${short(ref.name, NAME)}”`;
  switch (said) {
    case 'appointed':
      return {
        text: `Done: ${who} writes homework in ${where} too now, in one message: “дз матан: №5–7”. Who else: “editors”.`,
        buttons: [[{ label: 'Dismiss', say: `снять старосту id${person ?? 0} в №${ref.id}` }]],
      };
    case 'already':
      return { text: `${who} writes homework in ${where} as it is.` };
    case 'too-many':
      return { text: `Twenty people write homework in ${where} already. Dismiss somebody: “editors”.` };
    case 'dismissed':
      return { text: `Done: ${who} writes no more homework in ${where}. What is written stays.` };
    case 'none':
      return { text: `${who} writes no homework in ${where} as it is.` };
    case 'not-yours':
      return {
        text: `Who writes homework in ${where} is decided by whoever added this timetable, and for a university's by the bot's operator.`,
      };
    case 'gone':
      return { text: 'This timetable is gone. Type a group, e.g. ПИ-21, and I shall find another.' };
    case 'nobody':
      return {
        text: 'Whom? Mention them with @ or give the number of their page: “appoint vk.com/id1”, “dismiss vk.com/id1”.',
      };
  }
}

export function editorsList(ref: TimetableRef, editors: readonly number[]): Message {
  const where = `“${short(ref.name, NAME)}”`;
  const how = 'To add one: “appoint vk.com/id1”.';
  const owner = ref.ownerId === null ? "the bot's operator" : 'whoever added it';
  if (editors.length === 0) return { text: `Nobody was appointed in ${where}: ${owner} writes homework. ${how}` };
  const all = editors.map((person) => `• vk.com/id${person}`).join('\n');
  return { text: `Homework in ${where} is written by these, too:\n${all}\n\n${how} To dismiss: “dismiss vk.com/id1”.` };
}
