/** Our own `random_id`: the same words to the same event always carry the same number. */
import { createHash } from 'node:crypto';

/**
 * A number in 1…2³¹−1 made from `seed`. VK takes int32 and reads 0 as «do not check»; vk-io's own number is above
 * int32 in nearly all cases and differs at every call, so a retried reply would come twice.
 */
export function randomIdOf(seed: string): number {
  const number = createHash('sha256').update(seed).digest().readUInt32BE(0) & 0x7fff_ffff;
  return number === 0 ? 1 : number;
}
