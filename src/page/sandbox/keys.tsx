/** A bot's buttons, under a message or under the field. */
import { Icon20ArrowUpRightOutline } from '@vkontakte/icons';
import { Button, type ButtonProps } from '@vkontakte/vkui';
import type { SeenButton, SeenRows } from '../../sandbox/seen.ts';

type Props = {
  rows: SeenRows;
  /** `at` is the button's number among all of its keyboard: two may be called the same. */
  press(at: number, label: string): void;
  waits(at: number): boolean;
  size: 'm' | 'l';
};

const LOOK: Record<SeenButton['color'], Pick<ButtonProps, 'mode' | 'appearance'>> = {
  primary: { mode: 'primary', appearance: 'accent-invariable' },
  secondary: { mode: 'secondary', appearance: 'accent' },
  default: { mode: 'secondary', appearance: 'accent' },
  positive: { mode: 'primary', appearance: 'positive' },
  negative: { mode: 'primary', appearance: 'negative' },
};

export function Keys({ rows, press, waits, size }: Props) {
  return numbered(rows).map(({ first, buttons }) => (
    <div className="row" key={first}>
      {buttons.map(({ at, button }) => (
        <Key key={at} button={button} press={() => press(at, button.label)} waits={waits(at)} size={size} />
      ))}
    </div>
  ));
}

function numbered(rows: SeenRows) {
  let count = 0;
  return rows.map((row) => {
    const first = count;
    count += row.length;
    return { first, buttons: row.map((button, index) => ({ at: first + index, button })) };
  });
}

function Key({ button, press, waits, size }: { button: SeenButton; press(): void; waits: boolean; size: 'm' | 'l' }) {
  const { label, type, color, link = '' } = button;
  if (type === 'open_link' && /^https?:/.test(link))
    return (
      <Button
        {...LOOK[color]}
        size={size}
        stretched
        href={link}
        target="_blank"
        rel="noopener noreferrer"
        after={<Icon20ArrowUpRightOutline width={16} height={16} />}
        title={label}
      >
        {label}
      </Button>
    );
  return (
    <Button {...LOOK[color]} size={size} stretched loading={waits} onClick={press} title={label}>
      {label}
    </Button>
  );
}
