/** Answers kept while one page is read: what a site repeats is understood once. */

/** The same function, which reads each text once. */
export function remembered<T>(read: (text: string) => T): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    const answer = answers.get(text);
    if (answer !== undefined || answers.has(text)) return answer as T;
    const fresh = read(text);
    answers.set(text, fresh);
    return fresh;
  };
}

/** Gives equal values equal numbers, so that a key made of many long texts is short. */
export function numbering<T>(): (value: T) => number {
  const numbers = new Map<T, number>();
  return (value) => {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, numbers.size);
    return numbers.size - 1;
  };
}
