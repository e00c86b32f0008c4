/** Long pure work in pieces: it stops where others may have their turn; whoever runs it decides whether they get it. */

export type Steps<T> = Generator<undefined, T, undefined>;

/** As many lessons are looked at between two stops: a few milliseconds. */
export const PIECE = 500;

/** Does all of it at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** What becomes of every item, with a stop after each piece. */
export function* eachOf<A, B>(items: Iterable<A>, make: (item: A) => B): Steps<B[]> {
  const made: B[] = [];
  for (const item of items) {
    if (made.length % PIECE === PIECE - 1) yield;
    made.push(make(item));
  }
  return made;
}
