/** Peers as a batch and a set of subscribers keep them: in order, each by its distance from the one before, seven bits a byte. */

/** In any order; each is kept once for every time it is given. Whole numbers of up to 2⁵², negative ones too. */
export function packPeers(peers: readonly number[]): Buffer {
  const bytes: number[] = [];
  let last: number | null = null;
  for (const peer of peers.toSorted((a, b) => a - b)) {
    // Only the first may be negative: its sign is its lowest bit.
    let left: number = last === null ? (peer < 0 ? -2 * peer - 1 : 2 * peer) : peer - last;
    for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes.push(0x80 + (left % 0x80));
    bytes.push(left);
    last = peer;
  }
  return Buffer.from(bytes);
}

/** In ascending order. */
export function unpackPeers(kept: Uint8Array): number[] {
  const peers: number[] = [];
  walk(
    kept.length,
    (at) => kept[at] ?? 0,
    (peer) => {
      peers.push(peer);
      return true;
    },
  );
  return peers;
}

/** Whether this peer is among those kept, which are given as hexadecimal digits: without a list, up to where it would stand. */
export function holdsPeer(hex: string, peer: number): boolean {
  let isThere = false;
  walk(
    hex.length / 2,
    (at) => digit(hex.charCodeAt(2 * at)) * 16 + digit(hex.charCodeAt(2 * at + 1)),
    (one) => {
      isThere = one === peer;
      return one < peer;
    },
  );
  return isThere;
}

/** Goes over the peers kept in so many bytes, in ascending order, as long as `goesOn` of each. */
function walk(bytes: number, byteAt: (at: number) => number, goesOn: (peer: number) => boolean): void {
  let [last, value, place]: [number | null, number, number] = [null, 0, 1];
  for (let at = 0; at < bytes; at += 1) {
    const byte = byteAt(at);
    value += (byte % 0x80) * place;
    place *= 0x80;
    if (byte >= 0x80) continue;
    last = last === null ? first(value) : last + value;
    if (!goesOn(last)) return;
    [value, place] = [0, 1];
  }
}

/** The sign of the first is its lowest bit. */
function first(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** Either case: «0» is 48, «A» 65, «a» 97. */
function digit(code: number): number {
  return code < 65 ? code - 48 : (code % 32) + 9;
}
