/** «взять ПИ-21»: the group of the table that was sent before. */
import { bring } from '../bring.ts';
import { type Command, reply } from '../command.ts';

export const column: Command<'column'> = async ({ name }, context) => {
  const { form } = context.turn;
  return form?.kind === 'table' ? bring(form, name, context) : reply(context.t.noTable());
};
