/** One turn of a conversation: a service event, a step of the running dialogue, or words that are a command. */
import type { Peer } from '../domain/peer.ts';
import { openPeer, putToSleep } from '../flows/follow.ts';
import { TimetableGone } from '../flows/gone.ts';
import { isOperator } from '../flows/sources.ts';
import { offersFor } from '../flows/view.ts';
import type { World } from '../flows/world.ts';
import { texts } from '../text/index.ts';
import { type Context, told, waitingForGroup } from './command.ts';
import { runCommand } from './commands/index.ts';
import type { Form } from './form.ts';
import { runForm } from './form-run.ts';
import { groupTokens } from './group-words.ts';
import { answerGuest } from './guest.ts';
import type { Intent } from './intent.ts';
import { answerTitle } from './title.ts';
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
  return { message: texts(peer.language).greeting(offers), form: waitingForGroup() };
}

async function hear(turn: Turn, world: World): Promise<Answer> {
  const peer = await openPeer(world, turn.peer);
  const context: Context = { turn: { ...turn, form: running(turn.form, peer) }, world, peer, t: texts(peer.language) };
  const intent = intentOf(turn, !turn.chat && isOperator(world, turn.sender));
  const answered = await heard(intent, context);
  const form = answered.form === context.turn.form ? unasked(answered.form) : answered.form;
  if (turn.chat || peer.timetableId !== null || answered.message === null) return { ...answered, form };
  // Who was forgotten is told again when they come back.
  if (intent.kind === 'forget' && intent.sure) return { ...answered, form };
  const message = told(context) ? answered.message : context.t.withStored(answered.message);
  return { ...answered, message, form: form ?? TOLD };
}

/** A person who follows nothing yet and has been told what is stored. */
const TOLD: Form = { kind: 'group', guess: null };

/** Once a timetable is followed there is nothing left to remember of how it was asked for. */
function running(form: Form | null, { timetableId }: Peer): Form | null {
  return form?.kind === 'group' && form.asked !== true && timetableId !== null ? null : form;
}

/** A question lives for one turn: what is said after something else is no answer to it. */
function unasked(form: Form | null): Form | null {
  return form?.kind === 'group' || isQuestion(form) ? TOLD : form;
}

/** What was brought is asked about. */
function isQuestion(form: Form | null): boolean {
  return form?.kind === 'table' || form?.kind === 'guest';
}

/** A file is what is meant, unless there are words beside it and it is nothing that could hold a timetable. */
function intentOf({ files, text }: Turn, operator: boolean): Intent {
  const [file] = files;
  if (file === undefined || (text !== '' && !/\.(?:xlsx?|xlsm|ods|csv|txt|ics)$/i.test(file.title)))
    return understand(text, operator);
  return { kind: 'file', group: groupTokens(text)[0] ?? '' };
}

async function run(intent: Intent, context: Context): Promise<Answer> {
  try {
    return (await answerTitle(intent, context)) ?? (await runCommand(intent, context));
  } catch (error) {
    if (!(error instanceof TimetableGone)) throw error;
    return { message: context.t.gone(), form: context.turn.form };
  }
}

async function heard(intent: Intent, context: Context): Promise<Answer> {
  const { form } = context.turn;
  if (form?.kind === 'table' && intent.kind === 'group' && intent.name !== '')
    return runCommand({ kind: 'column', name: intent.name }, context);
  if (form?.kind === 'guest') return answerGuest(form, intent, context) ?? run(intent, context);
  if (form?.kind !== 'lessons') return run(intent, context);
  const answered = intent.kind === 'file' ? null : await runForm(form, context);
  if (answered !== null) return answered;
  const aside = await run(intent, context);
  // A new dialogue, «стоп» and a forgotten peer end the one that ran; anything else is an aside.
  if (intent.kind === 'create' || intent.kind === 'add' || intent.kind === 'stop' || intent.kind === 'forget')
    return aside;
  // A question of its own takes the place of the dialogue: its answer would be lost in there.
  if (isQuestion(aside.form)) return aside;
  if (aside.message === null) return { ...aside, form };
  return {
    ...aside,
    form,
    message: { ...aside.message, text: `${aside.message.text}\n\n${context.t.formWaits(form.name)}` },
  };
}
