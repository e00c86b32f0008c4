/** How much memory a process really holds: a heap limit bounds objects only, not the buffers beside them. */
import { readFileSync } from 'node:fs';

/** Resident megabytes of a process, null where the system does not say (it is no Linux, or the process is gone). */
export function residentOf(pid: number): number | null {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}
