/** Instants in words, in the zone of the sandbox's people. */

const DAY = 86_400_000;

function format(zone: string, options: Intl.DateTimeFormatOptions): (at: number) => string {
  const made = new Intl.DateTimeFormat('ru-RU', { timeZone: zone, ...options });
  return (at) => made.format(at);
}

export type When = {
  /** «09:41» */
  clock(at: number): string;
  /** «09:41:07» */
  exact(at: number): string;
  /** «воскресенье, 22 ноября» */
  date(at: number): string;
  /** «Сегодня», «Вчера», «Завтра» or «22 ноября», as seen at `now`. */
  day(at: number, now: number): string;
  /** «09:41» today, «22 нояб.» else. */
  short(at: number, now: number): string;
  sameDay(one: number, other: number): boolean;
};

/** All instants are in milliseconds. */
export function whenIn(zone: string): When {
  const clock = format(zone, { hour: '2-digit', minute: '2-digit' });
  const exact = format(zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const date = format(zone, { weekday: 'long', day: 'numeric', month: 'long' });
  const plain = format(zone, { day: 'numeric', month: 'long' });
  const brief = format(zone, { day: 'numeric', month: 'short' });
  const key = format(zone, { year: 'numeric', month: 'numeric', day: 'numeric' });
  const sameDay = (one: number, other: number) => key(one) === key(other);
  return {
    clock,
    exact,
    date,
    sameDay,
    day(at, now) {
      if (sameDay(at, now)) return 'Сегодня';
      if (sameDay(at, now - DAY)) return 'Вчера';
      return sameDay(at, now + DAY) ? 'Завтра' : plain(at);
    },
    short: (at, now) => (sameDay(at, now) ? clock(at) : brief(at)),
  };
}
