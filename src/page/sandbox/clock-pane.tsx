/** The product clock: what it shows, jumps, and a minute in a second. */
import { Button, SegmentedControl } from '@vkontakte/vkui';
import type { Deeds } from './deeds.ts';
import { useNow } from './use-now.ts';
import type { Seen } from './use-view.ts';
import { whenIn } from './when.ts';

const MINUTE = 60_000;
const JUMPS: readonly [label: string, body: () => object][] = [
  ['Завтра 08:44', () => ({ jump: 'tomorrow-0844' })],
  ['Завтра 09:39', () => ({ jump: 'tomorrow-0939' })],
  ['Завтра 18:59', () => ({ jump: 'tomorrow-1859' })],
  ['+10 минут', () => ({ move: 10 * MINUTE })],
  ['+1 час', () => ({ move: 60 * MINUTE })],
  ['Сейчас', () => ({ jump: Date.now(), speed: 1 })],
];

export function ClockPane({ view, deeds }: { view: Seen; deeds: Deeds }) {
  const { zone, movable, speed } = view.clock;
  const when = whenIn(zone);
  const now = useNow(view);
  return (
    <section className="clock" aria-label="Часы">
      <div className="clock-face">
        <div>
          <time className="clock-time">{when.exact(now)}</time>
          <p>{when.date(now)}</p>
        </div>
        {movable && (
          <SegmentedControl
            size="m"
            className="clock-speed"
            aria-label="Скорость часов"
            value={speed === 60 ? 60 : 1}
            onChange={(factor) => deeds.act('clock', { speed: factor })}
            options={[
              { value: 1, label: '×1' },
              { value: 60, label: '×60' },
            ]}
          />
        )}
      </div>
      {movable ? (
        <div className="chips">
          {JUMPS.map(([label, body]) => (
            <Button key={label} size="s" mode="secondary" rounded onClick={() => deeds.act('clock', body())}>
              {label}
            </Button>
          ))}
        </div>
      ) : (
        <p className="quiet">Эти часы двигает программа, которая запустила песочницу.</p>
      )}
    </section>
  );
}
