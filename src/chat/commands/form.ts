/** A word of the lesson dialogue («дальше», «сохранить») said when none runs, e.g. by an old button. */
import type { Command } from '../command.ts';

export const form: Command<'form'> = async (_, { turn, t }) => ({ message: t.nothingRunning(), form: turn.form });
