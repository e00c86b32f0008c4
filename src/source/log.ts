/** The little that fetching and reading write down. */

/** The subset of pino that is used here: facts first, then a short sentence. Never an address's path (it may hold a secret) nor a body. */
export type Log = {
  debug(facts: object, text?: string): void;
  warn(facts: object, text?: string): void;
};
