/** Who is who: users.get, groups.*, and the switches of the long poll. */
import type { GroupsLongPollServer } from '@vkontakte/api-schema-typescript';
import { type Form, flag, int, type Method, method, text, words } from '../params.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Person, World } from '../world.ts';

export function userObject(person: Person): Record<string, unknown> {
  return {
    id: person.id,
    first_name: person.firstName,
    last_name: person.lastName,
    can_access_closed: true,
    is_closed: false,
  };
}

export function groupObject(world: World): Record<string, unknown> {
  return { id: world.groupId, name: world.title, screen_name: world.screenName, is_closed: 0, type: 'group' };
}

export const users = method(
  { user_ids: words.optional(), fields: text.optional(), name_case: text.optional(), from_group_id: int.optional() },
  (world, { user_ids: ids = [] }) => {
    if (ids.length > 1000) return refuse(100, 'user_ids should contain at most 1000 ids');
    const found = ids.flatMap((id) => world.people.get(Number(id.replace(/^id/, ''))) ?? []);
    return { response: found.map(userObject) };
  },
);

/** Without ids a community token asks about its own community. */
export const groups = method(
  { group_ids: words.optional(), group_id: text.optional(), fields: text.optional() },
  (world, { group_ids, group_id }) => {
    const asked = group_ids ?? (group_id === undefined ? [String(world.groupId)] : [group_id]);
    const names = [String(world.groupId), `club${world.groupId}`, world.screenName];
    if (!asked.some((name) => names.includes(name))) return refuse(100, 'group_ids is undefined');
    return { response: { groups: [groupObject(world)], profiles: [] } };
  },
);

export const isMember = method(
  { group_id: text, user_id: int.optional(), user_ids: text.optional(), extended: flag.optional() },
  (world, params) => ({ response: world.people.has(params.user_id ?? 0) ? 1 : 0 }),
);

function own(world: World, groupId: number): Refusal | undefined {
  return groupId === world.groupId ? undefined : refuse(15, 'group_id is not of this token');
}

export const longPollServer = method({ group_id: int }, (world, params) => {
  const no = own(world, params.group_id);
  if (no) return no;
  if (!world.poll.settings.enabled) return refuse(100, 'longpoll for this group is not enabled');
  const { key, ts } = world.poll.key();
  const response: GroupsLongPollServer = { key, server: `${world.address}/longpoll/${world.groupId}`, ts };
  return { response };
});

/** The events VK lists in the settings (`message_event` can be set there and is not listed). */
const EVENTS = [
  'audio_new',
  'board_post_delete',
  'board_post_edit',
  'board_post_new',
  'board_post_restore',
  'donut_money_withdraw',
  'donut_money_withdraw_error',
  'donut_subscription_cancelled',
  'donut_subscription_create',
  'donut_subscription_expired',
  'donut_subscription_price_changed',
  'donut_subscription_prolonged',
  'group_change_photo',
  'group_change_settings',
  'group_join',
  'group_leave',
  'group_officers_edit',
  'market_comment_delete',
  'market_comment_edit',
  'market_comment_new',
  'market_comment_restore',
  'message_allow',
  'message_deny',
  'message_edit',
  'message_new',
  'message_reaction_event',
  'message_read',
  'message_reply',
  'message_typing_state',
  'photo_comment_delete',
  'photo_comment_edit',
  'photo_comment_new',
  'photo_comment_restore',
  'photo_new',
  'poll_vote_new',
  'user_block',
  'user_unblock',
  'video_comment_delete',
  'video_comment_edit',
  'video_comment_new',
  'video_comment_restore',
  'video_new',
  'wall_post_new',
  'wall_reply_delete',
  'wall_reply_edit',
  'wall_reply_new',
  'wall_reply_restore',
  'wall_repost',
  'wall_schedule_post_delete',
  'wall_schedule_post_new',
] as const;

export const longPollSettings = method({ group_id: int }, (world, params) => {
  const no = own(world, params.group_id);
  if (no) return no;
  const { enabled, version, events } = world.poll.settings;
  const listed = Object.fromEntries(EVENTS.map((name) => [name, events.get(name) === true ? 1 : 0]));
  return { response: { api_version: version, is_enabled: enabled, events: listed } };
});

const switches: Method = method(
  { group_id: int, enabled: flag.optional(), api_version: text.regex(/^\d\.\d+$/, 'is invalid').optional() },
  (world, params) => {
    const no = own(world, params.group_id);
    if (no) return no;
    if (params.enabled !== undefined) world.poll.settings.enabled = params.enabled;
    if (params.api_version !== undefined) world.poll.settings.version = params.api_version;
    return { response: 1 };
  },
);

/** Each event type is a parameter of its own; those not named stay as they were. */
export const setLongPollSettings: Method = {
  known: new Set([...switches.known, ...EVENTS, 'message_event']),
  call(world: World, form: Form) {
    const done = switches.call(world, form);
    if ('refused' in done) return done;
    for (const name of [...EVENTS, 'message_event'])
      if (form[name] !== undefined) world.poll.settings.events.set(name, form[name] === '1' || form[name] === 'true');
    return done;
  },
};
