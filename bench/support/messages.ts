/** What the benchmark and its emulator say to each other. */

/** `look` reports, `report` reports and begins anew, `talk` lets people ask «сегодня» until `hush`. */
export type Order = { readonly order: 'look' | 'report' | 'talk' | 'hush' };

export type Report = {
  /** Calls of the API, an `execute` being one. */
  calls: number;
  /** `messages.send`, alone or inside an `execute`, to those who are sent to; answers to talkers left out. */
  sends: number;
  peers: number;
  /** Most calls in any second. */
  busiest: number;
  refused6: number;
  /** Real time of the last send, ms. */
  lastAt: number;
  /** From a person's word to the answer in VK, ms. */
  waits: number[];
};
