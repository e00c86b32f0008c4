/** Every sentence in English, as one object of functions. */
import * as answers from './en/answers.ts';
import * as brought from './en/brought.ts';
import * as editors from './en/editors.ts';
import * as form from './en/form.ts';
import * as guest from './en/guest.ts';
import { historyText } from './en/history.ts';
import * as homework from './en/homework.ts';
import * as lookup from './en/lookup.ts';
import * as own from './en/own.ts';
import * as roles from './en/roles.ts';
import * as saying from './en/saying.ts';
import * as settings from './en/settings.ts';
import * as done from './en/settings-done.ts';
import { noSource, sourceFeed, sourceFeeds, sources, wantedSites } from './en/sources.ts';
import { botState } from './en/state.ts';
import * as strike from './en/strike.ts';
import * as talk from './en/talk.ts';
import * as view from './en/view.ts';
import * as why from './en/why.ts';
import type { Texts } from './ru.ts';

export const en: Texts = {
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
