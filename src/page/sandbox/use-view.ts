/** Keeps what the page shows in step with the sandbox: asks again at every nudge and every change of eyes. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { View } from '../../sandbox/seen.ts';
import { type Ask, look } from './control.ts';

export type Seen = View & {
  /** `performance.now()` when it came: the clock goes on from there. */
  readonly came: number;
};

/** `lost`: the sandbox does not answer. `refresh` resolves when the newest look is there. */
export function useView(ask: Ask): { view: Seen | undefined; lost: boolean; refresh: () => Promise<void> } {
  const { me, peer, log } = ask;
  const [view, setView] = useState<Seen>();
  const [lost, setLost] = useState(false);
  const asked = useRef(0);

  const refresh = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    try {
      const fresh = await look({ me, peer, log });
      if (mine !== asked.current) return;
      setView({ ...fresh, came: performance.now() });
      setLost(false);
    } catch {
      // The program was stopped: the stream of nudges tells when it is back.
      if (mine === asked.current) setLost(true);
    }
  }, [me, peer, log]);

  useEffect(() => {
    void refresh();
    const nudges = new EventSource('/control/watch');
    nudges.addEventListener('message', refresh);
    nudges.addEventListener('error', refresh);
    document.addEventListener('visibilitychange', refresh);
    return () => {
      nudges.close();
      document.removeEventListener('visibilitychange', refresh);
    };
  }, [refresh]);

  return { view, lost, refresh };
}
