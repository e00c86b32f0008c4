/** Faults in words. */
import type { Fault } from '../../sandbox/seen.ts';

export const BROKEN: Record<Fault['kind'], string> = {
  'drop-before': 'обрыв до приёма',
  'drop-after': 'обрыв после приёма',
  'bad-gateway': '502',
  latency: 'задержка',
  error: 'ошибка',
};
