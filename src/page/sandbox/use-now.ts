/** The product clock as it goes between two looks. */
import { useEffect, useState } from 'react';
import type { Seen } from './use-view.ts';

/** Milliseconds of the product clock, renewed often enough for its speed. */
export function useNow(view: Seen): number {
  const { now, speed } = view.clock;
  const [, beat] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => beat((count) => count + 1), speed > 1 ? 100 : 1000);
    return () => clearInterval(timer);
  }, [speed]);
  return now + Math.max(0, performance.now() - view.came) * speed;
}
