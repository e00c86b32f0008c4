/** «отмена» when no timetable is being typed: whatever was asked is dropped. */
import { type Command, reply } from '../command.ts';

export const cancel: Command<'cancel'> = async (_, { t }) => reply(t.nothingToCancel());
