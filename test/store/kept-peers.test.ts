/** Peers come back from the outbox as they went in, in order, and take few bytes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsPeer, packPeers, unpackPeers } from '../../src/store/kept-peers.ts';

const id = fc.oneof(
  fc.integer({ min: 1, max: 2 ** 31 }),
  fc.integer({ min: 2_000_000_001, max: 2_100_000_000 }),
  fc.integer({ min: -(2 ** 40), max: 2 ** 52 }),
);

test('as they were, in ascending order', () => {
  fc.assert(
    fc.property(fc.array(id, { maxLength: 120 }), (peers) => {
      expect(unpackPeers(packPeers(peers))).toEqual(peers.toSorted((a, b) => a - b));
    }),
  );
});

test('who is among them is told without a list, from digits of either case', () => {
  fc.assert(
    fc.property(fc.array(id, { maxLength: 120 }), id, (peers, other) => {
      const hex = packPeers(peers).toString('hex');
      for (const peer of [...peers, other]) {
        expect(holdsPeer(hex, peer)).toBe(peers.includes(peer));
        expect(holdsPeer(hex.toUpperCase(), peer)).toBe(peers.includes(peer));
      }
    }),
  );
});

test('twenty-five people from anywhere take half the bytes of their list', () => {
  const peers = Array.from({ length: 25 }, (_, n) => 100_000_000 + ((n * 37_987_451) % 900_000_000));
  expect(packPeers(peers).length).toBeLessThan(JSON.stringify(peers).length / 2);
});
