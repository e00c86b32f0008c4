/** Files that people and bots put into the sandbox, and a document as VK describes one. */
import type { DocsDoc } from '@vkontakte/api-schema-typescript';
import type { Attachment } from './seen.ts';
import type { StoredFile, World } from './world.ts';

export function docObject(world: World, file: StoredFile): DocsDoc {
  const name = file.title ?? file.name;
  return {
    id: file.id,
    owner_id: file.owner ?? -world.groupId,
    title: name,
    size: file.bytes.byteLength,
    ext: /\.([^.]+)$/.exec(file.name)?.[1] ?? '',
    date: Math.floor(world.now() / 1000),
    type: 1,
    url: `${world.address}/uploaded/${file.id}`,
  };
}

/** Keeps what a bot uploaded; the name given back is what `docs.save` or `photos.saveMessagesPhoto` asks for. */
export function storeFile(world: World, file: Omit<StoredFile, 'id'>): string {
  world.lastFileId += 1;
  const key = `${file.kind}|${world.lastFileId}|${file.bytes.byteLength}`;
  world.files.set(key, { ...file, id: world.lastFileId });
  return key;
}

/** A document that a person adds to a message, served under the sandbox's own address. */
export function attach(world: World, user: number, { name, bytes }: { name: string; bytes: Uint8Array }): Attachment {
  const key = storeFile(world, {
    kind: 'doc',
    name,
    type: 'application/octet-stream',
    bytes,
    owner: user,
    title: name,
  });
  const file = world.files.get(key);
  if (file === undefined) throw new Error('a file that was just kept is gone');
  return { type: 'doc', doc: docObject(world, file) };
}
