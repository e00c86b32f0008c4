/** Every sentence in Russian, as one object of functions. */

import * as answers from './ru/answers.ts';
import * as brought from './ru/brought.ts';
import * as editors from './ru/editors.ts';
import * as form from './ru/form.ts';
import * as guest from './ru/guest.ts';
import { historyText } from './ru/history.ts';
import * as homework from './ru/homework.ts';
import * as lookup from './ru/lookup.ts';
import * as own from './ru/own.ts';
import * as roles from './ru/roles.ts';
import * as saying from './ru/saying.ts';
import * as settings from './ru/settings.ts';
import * as done from './ru/settings-done.ts';
import { noSource, sourceFeed, sourceFeeds, sources, wantedSites } from './ru/sources.ts';
import { botState } from './ru/state.ts';
import * as strike from './ru/strike.ts';
import * as talk from './ru/talk.ts';
import * as view from './ru/view.ts';
import * as why from './ru/why.ts';

export const ru = {
  ...saying,
  ...view,
  ...talk,
  ...settings,
  ...why,
  ...done,
  ...answers,
  ...own,
  ...lookup,
  ...form,
  ...brought,
  ...guest,
  historyText,
  ...roles,
  ...homework,
  ...strike,
  ...editors,
  sources,
  wantedSites,
  sourceFeeds,
  sourceFeed,
  noSource,
  botState,
};

/** What every language must be able to say. */
export type Texts = typeof ru;
