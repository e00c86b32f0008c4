/** TEXT values (RFC 5545 section 3.3.11): what their escapes stand for. */

const ESCAPE = /\\([\\,;nN])/g;

/** The words of a value; a pair of quotes around all of it is an exporter's habit and goes. */
export function readText(value: string): string {
  const words = value.includes('\\')
    ? value.replace(ESCAPE, (_, char: string) => (/n/i.test(char) ? '\n' : char))
    : value;
  return (words.startsWith('"') ? words.replace(/^"(.*)"$/, '$1') : words).trim();
}

/** The words of a list: commas that are not escaped stand between them. Empty ones are left out. */
export function readTexts(value: string): readonly string[] {
  const parts = value.match(/(?:\\.|[^\\,]|\\$)+/gs) ?? [];
  return parts.map((part) => readText(part.trim())).filter((word) => word !== '');
}
