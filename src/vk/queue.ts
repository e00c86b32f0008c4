/** What waits to be sent: peers under equal letters, cut into calls when a slot comes free. */
import type { Answers, Letter, PeerAnswer } from './send.ts';
import type { Width } from './width.ts';

/** One `messages.send` to be: peers of one or several parcels under one letter. `settle` gives each parcel its peers' answers. */
export type Cut = {
  readonly letter: Letter;
  readonly peers: readonly number[];
  /** With how many calls at most these may travel: those that failed together are halved until the culprit is alone. */
  readonly calls: number;
  /** These have been in a call before, of which nobody knows what became. */
  readonly again: boolean;
  settle(answers: Answers): void;
  readonly parts: readonly Part[];
};
type Part = { readonly parcel: Parcel; readonly peers: readonly number[] };
/** What one `add` asked for, and what is known of it. */
type Parcel = {
  readonly answers: Map<number, PeerAnswer>;
  readonly size: number;
  done(answers: Answers): void;
};
type Heap = {
  readonly letter: Letter;
  readonly calls: number;
  /** At most so many peers in one call, whatever the width allows. */
  readonly peers: number;
  readonly again: boolean;
  parts: Part[];
};

export type Queue = {
  add(letter: Letter, peers: readonly number[], done: (answers: Answers) => void): void;
  isEmpty(): boolean;
  /** What the next call carries, the first come first. */
  take(width: Width): Cut[];
  /** Goes again before all others, at most `calls` together. */
  returnNarrower(cuts: readonly Cut[], calls: number): void;
  /** Goes again before all others in two calls. */
  returnHalves(cut: Cut): void;
  /** Takes everything out. */
  drain(): Cut[];
};

/** Characters of a script. VK publishes no limit; Cyrillic is six bytes a letter in a form, and this stays well below a megabyte. */
const LONGEST_SCRIPT = 100_000;
/** A peer's number and its comma, the names of the parameters. */
const PER_PEER = 11;
const PER_CALL = 200;

export function createQueue(): Queue {
  let heaps = new Map<string, Heap>();
  let names = 0;

  function put(first: readonly Heap[]): void {
    // Under a name of its own: what is tried narrower does not mix with what is not.
    const named = first.map((heap): [string, Heap] => [`again ${++names}`, heap]);
    heaps = new Map([...named, ...heaps]);
  }

  return {
    add(letter, peers, done) {
      const parcel: Parcel = { answers: new Map(), size: new Set(peers).size, done };
      if (parcel.size === 0) {
        done(parcel.answers);
        return;
      }
      const key = JSON.stringify([letter.randomId, letter.text, letter.keyboard]);
      const heap = heaps.get(key) ?? {
        letter,
        calls: Number.POSITIVE_INFINITY,
        peers: Number.POSITIVE_INFINITY,
        again: false,
        parts: [],
      };
      heap.parts.push({ parcel, peers: [...new Set(peers)] });
      heaps.set(key, heap);
    },
    isEmpty: () => heaps.size === 0,
    take(width) {
      const cuts: Cut[] = [];
      let most = width.calls;
      let length = 0;
      for (const [key, heap] of heaps) {
        most = Math.min(most, heap.calls);
        while (heap.parts.length > 0 && cuts.length < most) {
          const cut = cutFrom(heap, Math.min(width.peers, heap.peers));
          const size = PER_CALL + cut.peers.length * PER_PEER + JSON.stringify(heap.letter).length;
          if (cuts.length > 0 && length + size > LONGEST_SCRIPT) {
            heap.parts.unshift(...cut.parts);
            return cuts;
          }
          length += size;
          cuts.push(cut);
        }
        if (heap.parts.length > 0) return cuts;
        heaps.delete(key);
        if (cuts.length >= most) return cuts;
      }
      return cuts;
    },
    returnNarrower: (cuts, calls) => put(cuts.map((cut) => ({ ...heapOf(cut), calls }))),
    returnHalves(cut) {
      const peers = Math.ceil(cut.peers.length / 2);
      put([{ ...heapOf(cut), peers }]);
    },
    drain() {
      const all = [...heaps.values()].map((heap) => cutFrom(heap, Number.POSITIVE_INFINITY));
      heaps = new Map();
      return all;
    },
  };
}

function heapOf({ letter, calls, parts }: Cut): Heap {
  return { letter, calls, peers: Number.POSITIVE_INFINITY, again: true, parts: [...parts] };
}

function cutFrom(heap: Heap, most: number): Cut {
  const parts: Part[] = [];
  let room = most;
  while (room > 0) {
    const part = heap.parts.shift();
    if (part === undefined) break;
    const mine = part.peers.slice(0, room);
    if (mine.length < part.peers.length) heap.parts.unshift({ ...part, peers: part.peers.slice(room) });
    parts.push({ ...part, peers: mine });
    room -= mine.length;
  }
  const { letter, calls, again } = heap;
  return {
    letter,
    calls,
    again,
    parts,
    peers: [...new Set(parts.flatMap((part) => part.peers))],
    settle: (answers) => settle(parts, answers, again),
  };
}

function settle(parts: readonly Part[], answers: Answers, again: boolean): void {
  for (const { parcel, peers } of parts) {
    for (const peer of peers) {
      const answer = answers.get(peer) ?? { kind: 'lost' };
      parcel.answers.set(peer, again && answer.kind === 'refused' ? { ...answer, again } : answer);
    }
    if (parcel.answers.size === parcel.size) parcel.done(parcel.answers);
  }
}
