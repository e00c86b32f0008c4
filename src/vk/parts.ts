/** A long text as several messages, each short enough for VK. */

/** VK: 4096 characters in a message (error 914 above, and in `messages.edit` always). UTF-16 units here: never fewer than characters. */
export const TEXT_LIMIT = 4096;

/** Cuts at line breaks; a line that is longer by itself is cut at a space, or where it must be. At least one part. */
export function partsOf(text: string, limit = TEXT_LIMIT): string[] {
  const parts: string[] = [];
  let rest = text.toWellFormed();
  while (rest.length > limit) {
    const at = cutAt(rest, limit);
    const head = rest.slice(0, at).trimEnd();
    if (head !== '') parts.push(head);
    rest = rest.slice(at).replace(/^\s*\n|^ +/, '');
  }
  return rest.trim() === '' && parts.length > 0 ? parts : [...parts, rest];
}

function cutAt(text: string, limit: number): number {
  const line = text.lastIndexOf('\n', limit);
  if (line > 0) return line;
  const space = text.lastIndexOf(' ', limit);
  if (space > 0) return space;
  // Never between the halves of a surrogate pair.
  return /[\uD800-\uDBFF]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
}
