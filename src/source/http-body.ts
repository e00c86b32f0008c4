/** Reads an answer's body under a cap, unpacking gzip as it comes, so that no bomb is ever held whole. */
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { SourceError } from './contract.ts';
import { codeOf } from './http-guard.ts';

/** `limit` bytes hold for the raw and for the unpacked body alike. `declared` is Content-Length, null when unsaid. */
export type BodyFacts = { readonly encoding: string; readonly declared: number | null; readonly limit: number };

/**
 * The unpacked body. Throws SourceError `too-big`/`body`, `changed`/`encoding` (an encoding we did not ask for, broken gzip),
 * `changed`/`cut` (shorter than promised, or hung up in the middle); other network errors pass through.
 */
export async function readBody(stream: Readable, facts: BodyFacts): Promise<Uint8Array> {
  const { encoding, declared, limit } = facts;
  if (declared !== null && declared > limit) throw tooBig(limit);
  const packed = encoding === 'gzip' || encoding === 'x-gzip';
  if (!packed && encoding !== '' && encoding !== 'identity') {
    throw new SourceError('changed', 'encoding', `Content-Encoding "${encoding.slice(0, 40)}" was not asked for`);
  }
  let raw = 0;
  const count = capped(limit, (bytes) => {
    raw = bytes;
  });
  const chunks: Uint8Array[] = [];
  const collect = async (source: AsyncIterable<Uint8Array>) => {
    for await (const chunk of source) chunks.push(chunk);
  };
  try {
    if (packed) await pipeline(stream, count, createGunzip(), capped(limit), collect);
    else await pipeline(stream, count, collect);
  } catch (error) {
    // Servers name the packing of an empty answer too; nothing unpacked is nothing.
    if (!(packed && raw === 0 && codeOf(error) === 'Z_BUF_ERROR')) throw explained(error);
  }
  if (declared !== null && raw < declared) throw new SourceError('changed', 'cut', 'The body is shorter than promised');
  return Buffer.concat(chunks);
}

function capped(limit: number, seen: (bytes: number) => void = () => undefined) {
  return async function* cap(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for await (const chunk of source) {
      bytes += chunk.length;
      seen(bytes);
      if (bytes > limit) throw tooBig(limit);
      yield chunk;
    }
  };
}

/** Codes of a peer that hung up before the end it promised. */
const CUT: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'HPE_INVALID_EOF_STATE',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_SOCKET',
  'Z_BUF_ERROR',
]);

function explained(error: unknown): unknown {
  const code = codeOf(error);
  if (CUT.has(code)) return new SourceError('changed', 'cut', `The body is cut short (${code})`);
  if (code.startsWith('Z_')) return new SourceError('changed', 'encoding', `The packed body is broken (${code})`);
  return error;
}

function tooBig(limit: number): SourceError {
  return new SourceError('too-big', 'body', `The body is over ${limit} bytes`);
}
