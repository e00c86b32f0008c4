/** Whom the community may write to: the person wrote first or allowed it, the chat has it as a member. */
import { type Refusal, refuse } from '../refusal.ts';
import { isChat, type World } from '../world.ts';

/** Why the community may not write there, if it may not. */
export function mayWrite(world: World, peer: number): Refusal | undefined {
  if (isChat(peer)) {
    const chat = world.chats.get(peer);
    if (chat === undefined) return refuse(927);
    return chat.botIn ? undefined : refuse(917);
  }
  if (peer <= 0) return refuse(936);
  const person = world.people.get(peer);
  if (person?.blocked === true) return refuse(900);
  return person?.allows === true ? undefined : refuse(901);
}
