/** «шаблон»: a table to fill in, where one row is one lesson. */
import { type Command, reply } from '../command.ts';

export const template: Command<'template'> = async (_, { turn, world, t }) => ({
  ...reply(t.template(world.templateUrl ?? null)),
  form: turn.form,
});
