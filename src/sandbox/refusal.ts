/** How VK says no: the error codes this sandbox answers with, and their words. */

/** A refusal as a value: `code` is VK's error code, `detail` the part after the colon. */
export type Refusal = { readonly refused: number; readonly detail?: string };
/** What a method gives back: the content of `response`, or a refusal. */
export type Answer = Refusal | { readonly response: unknown };

const WORDS: ReadonlyMap<number, string> = new Map([
  [1, 'Unknown error occurred'],
  [3, 'Unknown method passed'],
  [5, 'User authorization failed'],
  [6, 'Too many requests per second'],
  [7, 'Permission to perform this action is denied'],
  [8, 'Invalid request'],
  [9, 'Flood control'],
  [10, 'Internal server error'],
  [12, 'Unable to compile code'],
  [13, 'Runtime error occurred during code invocation'],
  [14, 'Captcha needed'],
  [15, 'Access denied'],
  [18, 'User was deleted or banned'],
  [27, 'Group authorization failed'],
  [29, 'Rate limit reached'],
  [100, 'One of the parameters specified was missing or invalid'],
  [113, 'Invalid user id'],
  [900, "Can't send messages for users from blacklist"],
  [901, "Can't send messages for users without permission"],
  [902, "Can't send messages to this user due to their privacy settings"],
  [909, "Can't edit this message, because it's too old"],
  [911, 'Keyboard format is invalid'],
  [912, 'This is a chat bot feature, change this status in settings'],
  [914, 'Message is too long'],
  [917, "You don't have access to this chat"],
  [920, "Can't edit this kind of message"],
  [924, "Can't delete this message for everybody"],
  [925, 'You are not admin of this chat'],
  [927, 'Chat does not exist'],
  [935, 'User not found in chat'],
  [936, 'Contact not found'],
  [945, 'Chat was disabled'],
  [950, "Can't send message, reply timed out"],
  [984, 'You has spam restriction'],
  [993, 'Chat moved to MAX'],
  [995, 'Messenger degradation'],
]);

export function refuse(code: number, detail?: string): Refusal {
  return detail === undefined ? { refused: code } : { refused: code, detail };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value;
}

/** The sentence VK puts into `error_msg` (and into `description` of a per-peer error). */
export function wordsOf(refusal: Refusal): string {
  const words = WORDS.get(refusal.refused) ?? 'Error';
  return refusal.detail === undefined ? words : `${words}: ${refusal.detail}`;
}
