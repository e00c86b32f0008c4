/** Who wakes the program: node-cron calls, the stored cursor decides (a missed firing loses nothing). */
import cron from 'node-cron';

export type Runner = { stop(): Promise<void> };

/** Calls `everySecond` each second and `everyHour` at minute 7. Neither is awaited: they guard against overlap themselves. */
export function startCron(tasks: { everySecond(): void; everyHour(): void }): Runner {
  const jobs = [cron.schedule('* * * * * *', tasks.everySecond), cron.schedule('7 * * * *', tasks.everyHour)];
  return {
    async stop() {
      for (const job of jobs) await job.destroy();
    },
  };
}
