/** What follows a changed setting: to words a sentence, to a press on the settings' own message that message with the new state. */
import type { Peer } from '../domain/peer.ts';
import { choicesIn } from '../flows/choices.ts';
import type { World } from '../flows/world.ts';
import type { Message } from '../text/message.ts';
import type { Choices, Topic } from '../text/settings.ts';
import { type Context, reply } from './command.ts';
import type { Answer } from './turn.ts';

const NO_CHOICES: Choices = { subgroups: [], hideable: [] };

/** `said` is the sentence about the change of a setting that belongs to `topic`. */
export async function settled(context: Context, peer: Peer, topic: Topic, said: Message): Promise<Answer> {
  if (context.turn.event !== 'press') return reply(said);
  return reply(await topicOf(context, peer, topic, said.text));
}

/** The message of one topic as the peer stands now. */
export async function topicOf({ world, t }: Context, peer: Peer, topic: Topic, said?: string): Promise<Message> {
  return t.settingsTopic(topic, peer, await choicesOf(world, peer), said);
}

/** What the followed timetable offers to choose from, without what is hidden already. */
export async function choicesOf(world: World, peer: Peer): Promise<Choices> {
  return peer.timetableId === null ? NO_CHOICES : choicesIn(world, peer.timetableId, peer.hidden);
}
