/** A message's text: addresses become links, VK's `[club1|name]` becomes the name; all the rest stays text. */
import { Link } from '@vkontakte/vkui';
import type { ReactNode } from 'react';

const MENTION = /\[(?:club|id|public|event)\d+\|([^\]]+)\]/g;
const MARKED = /https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)]|\[(?:club|id|public|event)\d+\|([^\]]+)\]/g;

export function RichText({ text }: { text: string }) {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const found of text.matchAll(MARKED)) {
    const [whole, name] = found;
    parts.push(text.slice(from, found.index));
    parts.push(
      name === undefined ? (
        <Link key={found.index} href={whole} target="_blank" rel="noopener noreferrer">
          {whole}
        </Link>
      ) : (
        <span key={found.index} className="mention">
          {name}
        </span>
      ),
    );
    from = found.index + whole.length;
  }
  return [...parts, text.slice(from)];
}

/** One line for a list or a quote. */
export function plainLine(text: string): string {
  return (text.split('\n').find((line) => line.trim() !== '') ?? '').replace(MENTION, '$1');
}
