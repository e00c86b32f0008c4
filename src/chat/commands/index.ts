/** All commands, in the order help would name them; each answers the intent of its own name. */
import type { Command, Context } from '../command.ts';
import type { Intent, IntentOf, Kind } from '../intent.ts';
import type { Answer } from '../turn.ts';
import { accept } from './accept.ts';
import { add } from './add.ts';
import { ahead } from './ahead.ts';
import { calendar } from './calendar.ts';
import { cancel } from './cancel.ts';
import { changes } from './changes.ts';
import { choose } from './choose.ts';
import { clocks } from './clocks.ts';
import { column } from './column.ts';
import { courtesy } from './courtesy.ts';
import { create } from './create.ts';
import { day } from './day.ts';
import { due } from './due.ts';
import { editors } from './editors.ts';
import { evening } from './evening.ts';
import { exams } from './exams.ts';
import { file } from './file.ts';
import { first } from './first.ts';
import { forget } from './forget.ts';
import { form } from './form.ts';
import { group } from './group.ts';
import { help } from './help.ts';
import { hide } from './hide.ts';
import { history } from './history.ts';
import { homework } from './homework.ts';

import { leads } from './leads.ts';
import { meetings } from './meetings.ts';
import { morning } from './morning.ts';
import { nearest } from './nearest.ts';
import { quiet } from './quiet.ts';
import { refresh } from './refresh.ts';
import { remove } from './remove.ts';
import { role } from './role.ts';
import { settings } from './settings.ts';
import { sources } from './sources.ts';
import { start } from './start.ts';
import { state } from './state.ts';
import { stop } from './stop.ts';
import { strike } from './strike.ts';
import { subgroup } from './subgroup.ts';
import { template } from './template.ts';
import { unhide } from './unhide.ts';
import { wake } from './wake.ts';
import { week } from './week.ts';
import { why } from './why.ts';
import { zone } from './zone.ts';

export const commands: { readonly [K in Kind]: Command<K> } = {
  start,
  help,
  calendar,
  file,
  column,
  clocks,
  template,
  group,
  choose,
  day,
  week,
  nearest,
  history,
  refresh,
  leads,
  first,
  exams,
  meetings,
  evening,
  morning,
  ahead,
  homework,
  strike,
  editors,
  due,
  changes,
  quiet,
  wake,
  zone,
  subgroup,
  hide,
  unhide,
  settings,
  why,
  role,
  stop,
  forget,
  create,
  add,
  remove,
  accept,
  sources,
  state,
  courtesy,
  cancel,
  form,
};

/** Runs the command an intent belongs to. */
export function runCommand<K extends Kind>(intent: IntentOf<K> & Intent, context: Context): Promise<Answer> {
  const command: Command<K> = commands[intent.kind as K];
  return command(intent, context);
}
