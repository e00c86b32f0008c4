/** How much memory a process really holds: a heap limit bounds objects only, not the buffers beside them. */
import { readFileSync } from 'node:fs';

const PAGE = 4096;

/** Resident megabytes of a process, null where the system does not say (it is no Linux, or the process is gone). */
export function residentOf(pid: number): number | null {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]);
    return Number.isFinite(pages) ? (pages * PAGE) / 2 ** 20 : null;
  } catch {
    return null;
  }
}
