/** «время вуза: Омск»: by whose clocks the site that was just pasted tells times; nobody else is asked. */
import { type Command, reply } from '../command.ts';

/** Said while we ask it is an answer (`chat/guest.ts`); here nobody asked, or somebody else was. */
export const clocks: Command<'clocks'> = async (_intent, { turn, t }) =>
  turn.chat && turn.event === 'press'
    ? { message: null, form: turn.form, snackbar: t.askedAnother() }
    : reply(t.noGuest());
