/** Whether words in a conversation are meant for the bot, and the words without its name. */

export type Heard = { readonly text: string; readonly addressed: boolean };

/**
 * `[club1|@name] завтра`, `[club1|Звонок], завтра`, `@club1 завтра`, `/завтра`, `завтра [club1|@name]` → «завтра», addressed.
 * VK turns a typed `@name` into the bracketed form; vk-io does not strip it. A mention inside a sentence addresses the
 * bot and stays where it is.
 */
export function hear(raw: string, groupId: number): Heard {
  const name = String.raw`(?:\[(?:club|public|event)${groupId}\|[^\]]*\]|[@*](?:club|public|event)${groupId}(?!\d)(?:\s*\([^)]*\))?)`;
  const before = new RegExp(String.raw`^\s*${name}[\s,:;.!—–-]*`, 'i');
  const after = new RegExp(String.raw`[\s,]*${name}\s*[.!?]*\s*$`, 'i');
  const mentioned = new RegExp(name, 'i').test(raw);
  let text = raw;
  while (before.test(text)) text = text.replace(before, '');
  while (after.test(text)) text = text.replace(after, '');
  text = text.trim();
  const command = text.startsWith('/');
  if (command) text = text.replace(/^\/+\s*/, '');
  return { text, addressed: mentioned || command };
}
