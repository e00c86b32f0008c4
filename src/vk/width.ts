/** How many calls travel in one `execute`, and how many peers in one call: found out, since VK publishes no limit of the two together. */

export type Width = { readonly calls: number; readonly peers: number };
type Load = readonly { readonly peers: readonly number[] }[];

/** VK: at most 25 API calls in one `execute`, at most 100 `peer_ids` in one `messages.send`. */
const WIDEST: Width = { calls: 25, peers: 100 };
/** Known to be taken by VK from other senders; more is tried from here on. */
const FIRST: Width = { calls: 25, peers: 10 };
/** Peers more after each call that went full and clean, once one was refused. */
const PEERS_STEP = 2;

/**
 * As TCP finds its window (RFC 5681, section 3.1): twice as wide after what was full and went clean, until the first failure; from
 * then on a little wider each time. What failed makes both half of what it was, a call never fewer peers than at first (one that
 * is refused for one of its peers is halved alone). Several calls that fail at once halve once, since each is halved by its own
 * size.
 */
export function createWidth(): {
  now(): Width;
  /** Whether a clean answer to this will make twice as wide: what is cut before it comes is cut too narrow. */
  probes(load: Load): boolean;
  grow(load: Load): void;
  narrow(load: Load): void;
  /** One call among others had too many peers. */
  narrowCall(peers: number): void;
} {
  let width = FIRST;
  let careful = false;

  function narrowTo(calls: number, peers: number): void {
    careful = true;
    width = {
      calls: Math.min(width.calls, calls),
      peers: Math.min(width.peers, Math.max(FIRST.peers, half(peers))),
    };
  }

  return {
    now: () => width,
    probes: (load) => !careful && width.peers < WIDEST.peers && sizeOf(load).peers >= width.peers,
    grow(load) {
      const { calls, peers } = sizeOf(load);
      width = {
        calls: Math.min(WIDEST.calls, calls >= width.calls ? width.calls + 1 : width.calls),
        peers: Math.min(
          WIDEST.peers,
          peers >= width.peers ? width.peers + (careful ? PEERS_STEP : peers) : width.peers,
        ),
      };
    },
    narrow(load) {
      const { calls, peers } = sizeOf(load);
      narrowTo(half(calls), peers);
    },
    narrowCall: (peers) => narrowTo(width.calls, peers),
  };
}

function sizeOf(load: Load): Width {
  return { calls: load.length, peers: load.reduce((most, { peers }) => Math.max(most, peers.length), 0) };
}

function half(size: number): number {
  return Math.max(1, Math.floor(size / 2));
}
