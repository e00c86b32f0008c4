/** What some work costs, to be compared with other work and with nothing else: clocks of test machines mean little. */

/** Of three tries, ms: what the machine does beside is in the others. */
export async function leastTime(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let tries = 0; tries < 3; tries += 1) {
    const from = performance.now();
    await work();
    times.push(performance.now() - from);
  }
  return Math.min(...times);
}
