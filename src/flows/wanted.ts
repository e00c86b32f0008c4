/** A site of a known engine that people brought and that is no university of ours yet is kept for operators, with what they are to add. */
import { createHash } from 'node:crypto';
import type { StrangerAt } from '../source/universities.ts';
import { noteWanted } from '../store/index.ts';
import type { World } from './world.ts';

/** Sites kept: an operator adds one at a time. */
const MOST = 100;

/** One more person brought a page of this site. */
export function noteStranger(world: World, { site, source, draft }: StrangerAt, by: number): Promise<void> {
  // Of the digest a byte is kept, among others of the same site: it counts people and names nobody.
  const mark = createHash('sha256').update(`${site} ${by}`).digest().readUInt8(0);
  const wanted = { site, source, draft: JSON.stringify(draft) };
  return world.store.transaction((tx) => noteWanted(tx, wanted, { mark, now: world.now(), most: MOST }));
}
