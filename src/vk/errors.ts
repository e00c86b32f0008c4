/** What a refusal of `messages.send` means for the message, the peer and the community. Codes as on VK's method page. */
import { NO_ANSWER } from './call.ts';

/**
 * `slow`: the same again after `waitMs`. `retry`: the same again soon, later each time. `halt`: nothing can be sent by
 * this community. `chats-off`: no group chat can be written to, a switch in the community's settings is off. `gone`:
 * this peer is closed to us. `until-writes`: closed until the person writes. `bug`: ours, repeating it is useless.
 * `split`: the call was too big.
 */
type SendClass = 'slow' | 'retry' | 'halt' | 'chats-off' | 'gone' | 'until-writes' | 'bug' | 'split';
export type Rule = { readonly kind: SendClass; readonly word: string; readonly waitMs: number };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const rule = (kind: SendClass, word: string, waitMs = 0): Rule => ({ kind, word, waitMs });

export const SEND_ERRORS: ReadonlyMap<number, Rule> = new Map([
  [NO_ANSWER, rule('retry', 'no answer', 2 * SECOND)],
  [1, rule('retry', 'unknown error', 2 * SECOND)],
  [3, rule('bug', 'unknown method')],
  [5, rule('halt', 'authorization failed')],
  [6, rule('slow', 'too many requests per second', SECOND)],
  [7, rule('gone', 'no permission')],
  [8, rule('bug', 'invalid request')],
  // VK's help: more than 1000 messages an hour to one user.
  [9, rule('slow', 'flood control', HOUR)],
  [10, rule('retry', 'internal server error', 2 * SECOND)],
  [12, rule('bug', 'execute does not compile')],
  [13, rule('split', 'execute failed at run time')],
  [14, rule('halt', 'captcha asked')],
  [15, rule('gone', 'access denied')],
  [17, rule('halt', 'validation asked')],
  [18, rule('gone', 'user deleted or banned')],
  [27, rule('halt', 'group authorization failed')],
  [28, rule('halt', 'application authorization failed')],
  // A quantity limit without published numbers.
  [29, rule('slow', 'rate limit reached', 10 * MINUTE)],
  [100, rule('bug', 'bad parameter')],
  [104, rule('bug', 'not found')],
  [113, rule('gone', 'invalid user id')],
  [900, rule('gone', 'in the blacklist')],
  [901, rule('gone', 'no permission from the user')],
  [902, rule('gone', 'privacy settings')],
  [911, rule('bug', 'keyboard invalid')],
  [912, rule('chats-off', 'chat-bot feature is off', 10 * MINUTE)],
  [913, rule('bug', 'too many forwarded messages')],
  [914, rule('split', 'message too long')],
  [917, rule('gone', 'no access to this chat')],
  [922, rule('gone', 'left this chat')],
  [925, rule('bug', 'not an admin of this chat')],
  [927, rule('gone', 'chat does not exist')],
  [936, rule('gone', 'contact not found')],
  [940, rule('bug', 'too many posts')],
  [943, rule('bug', 'intent refused')],
  [944, rule('slow', 'intent limit', HOUR)],
  [945, rule('gone', 'chat disabled')],
  [946, rule('gone', 'chat not supported')],
  [950, rule('until-writes', 'reply timed out')],
  [962, rule('gone', 'donut chat without subscription')],
  [979, rule('bug', 'action restricted for communities')],
  [983, rule('gone', 'restricted to write to this chat')],
  [984, rule('halt', 'community has a spam restriction')],
  [985, rule('gone', 'notifications only')],
  [986, rule('gone', 'edu role needed')],
  [987, rule('gone', 'message request needed')],
  [988, rule('slow', 'message request pending', HOUR)],
  [993, rule('gone', 'chat moved to MAX')],
  [995, rule('retry', 'messenger degradation', 30 * SECOND)],
  [996, rule('slow', 'another admin has to answer', HOUR)],
  [1012, rule('gone', 'writing is off in this chat')],
  [1016, rule('gone', 'edu account')],
  [1017, rule('gone', 'chat was deleted')],
  [1021, rule('gone', 'no conversation with this user')],
]);

/** A code nobody has described costs one message, never a subscriber. */
export function ruleOf(code: number): Rule {
  return SEND_ERRORS.get(code) ?? rule('bug', 'undocumented error');
}

/** The same for a refusal of the whole call: 7 and 15 for everyone at once mean that the token lacks the right. */
export function callRuleOf(code: number): Rule {
  const known = ruleOf(code);
  return code === 7 || code === 15 ? { ...known, kind: 'halt' } : known;
}
