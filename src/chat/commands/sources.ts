/** «источники», «источники ruz:hse», «источник 15 принять»: how sources do, for those who run the bot; to anybody else it is no command. */
import type { Replayed } from '../../domain/source-state.ts';
import {
  acceptFeed,
  isOperator,
  listFeeds,
  listSources,
  lookAtFeed,
  replayFeed,
  retryFeed,
  wantedSites,
} from '../../flows/sources.ts';
import { type Deed, FEEDS_SHOWN, SOURCES_SHOWN } from '../../text/sources.ts';
import { WANTED_SHOWN } from '../../text/wanted.ts';
import { type Command, type Context, notUnderstood, reply } from '../command.ts';
import type { SourcesAsk } from '../intent.ts';
import type { Answer } from '../turn.ts';

export const sources: Command<'sources'> = async ({ ask }, context) => {
  const { turn, world } = context;
  // The list is nobody's business in a chat, where everybody reads it.
  if (turn.chat || !isOperator(world, turn.sender)) return notUnderstood(turn.text, context);
  if (ask.of === 'all') return all(ask.page, context);
  if (ask.of === 'wanted') return wanted(ask.page, context);
  if (ask.of === 'source') return one(ask.key, ask.page, context);
  return feed(ask, context);
};

async function all(page: number, context: Context): Promise<Answer> {
  const { turn, world, t } = context;
  const list = await listSources(world, { by: turn.sender, page, size: SOURCES_SHOWN });
  if (list === 'not-operator') return notUnderstood(turn.text, context);
  const asked = await wantedSites(world, { by: turn.sender, page: 1, size: 0 });
  const wanted = asked === 'not-operator' ? 0 : asked.rest;
  return reply(t.sources(list, { ...list, wanted }, at(world)), turn.form);
}

async function wanted(page: number, context: Context): Promise<Answer> {
  const { turn, world, t } = context;
  const list = await wantedSites(world, { by: turn.sender, page, size: WANTED_SHOWN });
  if (list === 'not-operator') return notUnderstood(turn.text, context);
  return reply(t.wantedSites(list, at(world)), turn.form);
}

async function one(key: string, page: number, context: Context): Promise<Answer> {
  const { turn, world, t } = context;
  const list = await listFeeds(world, { key, by: turn.sender, page, size: FEEDS_SHOWN });
  if (list === 'not-operator') return notUnderstood(turn.text, context);
  return reply(list === null ? t.noSource() : t.sourceFeeds(list.state, list, at(world)), turn.form);
}

async function feed({ id, deed }: Extract<SourcesAsk, { of: 'feed' }>, context: Context): Promise<Answer> {
  const { turn, world, t } = context;
  const done = deed === null ? null : await DEEDS[deed](context, id);
  const looked = await lookAtFeed(world, { id, by: turn.sender });
  if (looked === 'not-operator') return notUnderstood(turn.text, context);
  const message = looked === null ? t.noSource() : t.sourceFeed(looked.feed, looked.kept, done, at(world));
  return reply(message, turn.form);
}

const DEEDS = {
  async accept({ turn, world }: Context, id: number): Promise<Deed> {
    const outcome = await acceptFeed(world, { id, by: turn.sender });
    if (outcome === null || outcome === 'not-operator') return null;
    return typeof outcome === 'string' ? outcome : outcome.problem;
  },
  async retry({ turn, world }: Context, id: number): Promise<Deed> {
    const outcome = await retryFeed(world, { id, by: turn.sender });
    if (outcome === null || outcome === 'not-operator') return null;
    if (outcome === 'busy') return outcome;
    return outcome.status === 'failed' ? outcome.problem : outcome.status === 'held' ? 'still' : outcome.status;
  },
  async replay({ turn, world }: Context, id: number): Promise<Replayed | 'gone' | null> {
    const outcome = await replayFeed(world, { id, by: turn.sender });
    return outcome === 'not-operator' ? null : outcome;
  },
} as const;

function at({ now, zone }: Context['world']) {
  return { now: now(), zone };
}
