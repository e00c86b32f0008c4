/** «взять ПИ-21»: the group of the table that was sent before. */
import { bring } from '../bring.ts';
import { type Command, reply } from '../command.ts';

export const column: Command<'column'> = async ({ name }, context) => {
  const { turn, t } = context;
  if (turn.form?.kind === 'table') return bring(turn.form, name, context);
  if (turn.chat && turn.event === 'press') return { message: null, form: turn.form, snackbar: t.askedAnother() };
  return reply(t.noTable());
};
