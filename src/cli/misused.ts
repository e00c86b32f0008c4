/** What the tools say when their arguments are wrong. */

/** The message is for the one who typed the arguments; the program ends with 2. */
export class Misused extends Error {
  override readonly name = 'Misused';
}
