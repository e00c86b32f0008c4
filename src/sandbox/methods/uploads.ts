/** Documents and photos: where to send the file, saving it, and attaching it to a message. */
import { docObject } from '../files.ts';
import { int, method, text } from '../params.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Attachment } from '../seen.ts';
import type { StoredFile, World } from '../world.ts';
import { mayWrite } from './permission.ts';

const MOST_ATTACHMENTS = 10;
const seconds = (ms: number): number => Math.floor(ms / 1000);

export const docServer = method({ type: text.optional(), peer_id: int.optional() }, (world, params) => {
  const no = params.peer_id === undefined ? undefined : mayWrite(world, params.peer_id);
  return no ?? { response: { upload_url: `${world.address}/upload/doc?peer=${params.peer_id ?? 0}` } };
});

export const photoServer = method({ peer_id: int.optional() }, (world) => ({
  response: { album_id: -64, upload_url: `${world.address}/upload/photo`, user_id: 0, group_id: world.groupId },
}));

export const saveDoc = method(
  { file: text, title: text.optional(), tags: text.optional(), return_tags: text.optional() },
  (world, params) => {
    const file = world.files.get(params.file);
    if (file?.kind !== 'doc') return refuse(100, 'file is invalid');
    file.title = params.title ?? file.name;
    return { response: { type: 'doc', doc: docObject(world, file) } };
  },
);

export const savePhoto = method({ photo: text, server: text.optional(), hash: text.optional() }, (world, params) => {
  const file = world.files.get(params.photo);
  if (file?.kind !== 'photo') return refuse(100, 'photo is invalid');
  file.title = file.name;
  return { response: [photoObject(world, file)] };
});

function photoObject(world: World, file: StoredFile): Record<string, unknown> {
  const url = `${world.address}/uploaded/${file.id}`;
  return {
    id: file.id,
    album_id: -64,
    owner_id: -world.groupId,
    date: seconds(world.now()),
    text: '',
    has_tags: false,
    sizes: [{ type: 'x', url, width: 604, height: 604 }],
  };
}

/** Attachments of `attachment=doc1_2,photo-1_3_key`: ours are given whole, those that live elsewhere in VK by name only. */
export function readAttachments(world: World, source: string | undefined): readonly Attachment[] | Refusal {
  const names = source?.split(',').map((name) => name.trim()) ?? [];
  if (names.length > MOST_ATTACHMENTS) return refuse(100, `at most ${MOST_ATTACHMENTS} attachments are allowed`);
  const read: Attachment[] = [];
  for (const name of names) {
    const parts = /^([a-z_]+?)(-?\d+)_(\d+)(?:_\w+)?$/.exec(name);
    if (parts === null) return refuse(100, `attachment ${name} is invalid`);
    const [, type = '', , id = ''] = parts;
    const saved = [...world.files.values()].find((file) => file.id === Number(id) && file.title !== undefined);
    if (type === 'doc' || type === 'photo') {
      if (saved?.kind !== type) return refuse(100, `attachment ${name} is invalid`);
      read.push({ type, [type]: type === 'doc' ? docObject(world, saved) : photoObject(world, saved) });
    } else read.push({ type: 'link', link: { url: `https://vk.com/${name}`, title: name } });
  }
  return read;
}
