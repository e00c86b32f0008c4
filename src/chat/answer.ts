/** One turn of a conversation: a service event, a step of the running dialogue, or words that are a command. */
import { openPeer, putToSleep } from '../flows/follow.ts';
import { offersFor } from '../flows/view.ts';
import type { World } from '../flows/world.ts';
import { texts } from '../text/index.ts';
import type { Context } from './command.ts';
import { runCommand } from './commands/index.ts';
import { runForm } from './form-run.ts';
import type { Answer, Turn } from './turn.ts';
import { understand } from './understand.ts';

/** What the bot answers; `message: null` is silence. Throws only on our own bugs. */
export async function answer(turn: Turn, world: World): Promise<Answer> {
  switch (turn.event) {
    case 'removed':
    case 'denied':
      await putToSleep(world, turn.peer, turn.event);
      return { message: null, form: null };
    case 'allowed':
      await openPeer(world, turn.peer);
      return { message: null, form: turn.form };
    case 'invited':
      return greet(turn, world);
    case 'message':
    case 'press':
      return turn.addressed ? hear(turn, world) : { message: null, form: turn.form };
  }
}

/** Exactly one greeting with one question, whoever adds the bot and however often. */
async function greet(turn: Turn, world: World): Promise<Answer> {
  const peer = await openPeer(world, turn.peer, turn.sender);
  const offers = await offersFor(world, turn.sender);
  return { message: texts(peer.language).greeting(offers), form: { kind: 'group', guess: null } };
}

async function hear(turn: Turn, world: World): Promise<Answer> {
  const peer = await openPeer(world, turn.peer);
  const context: Context = { turn, world, peer, t: texts(peer.language) };
  const { form } = turn;
  if (form?.kind !== 'lessons') return runCommand(understand(turn.text), context);
  const answered = await runForm(form, context);
  if (answered !== null) return answered;
  const intent = understand(turn.text);
  const aside = await runCommand(intent, context);
  // A new dialogue, «стоп» and a forgotten peer end the one that ran; anything else is an aside.
  if (intent.kind === 'create' || intent.kind === 'add' || intent.kind === 'stop' || intent.kind === 'forget')
    return aside;
  if (aside.message === null) return { ...aside, form };
  return {
    ...aside,
    form,
    message: { ...aside.message, text: `${aside.message.text}\n\n${context.t.formWaits(form.name)}` },
  };
}
