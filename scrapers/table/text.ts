/** Bytes of a table to text: UTF-8, UTF-16 by its mark, or CP1251, which spreadsheet programs write on Russian Windows. */

/**
 * Decodes without the byte order mark.
 * @param contentType the `content-type` header, when there was one; its charset is believed only where UTF-8 does not fit
 */
export function bytesToText(bytes: Uint8Array, contentType = ''): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const utf8 = new TextDecoder('utf-8').decode(bytes);
  const broken = utf8.match(/\uFFFD/g)?.length ?? 0;
  const sound = utf8.match(/[^\p{ASCII}\uFFFD]/gu)?.length ?? 0;
  // A damaged letter or two in UTF-8 is still UTF-8; CP1251 read as UTF-8 is damaged almost everywhere.
  if (broken === 0 || sound > broken) return utf8;
  return new TextDecoder(declared(contentType) ?? 'windows-1251').decode(bytes);
}

function declared(contentType: string): string | null {
  const name = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? '';
  if (name === '' || /^utf-?8$/i.test(name)) return null;
  try {
    return new TextDecoder(name).encoding;
  } catch (error) {
    // A charset that nobody knows says nothing.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** True for a web page: a login form or «not found» where a table should be. */
export function isHtml(text: string): boolean {
  return /^\s*<(?:!doctype\s+html|html|head|body|\?xml|!--|script|meta|title|div|p|h1|table)\b/i.test(
    text.slice(0, 2_000),
  );
}
