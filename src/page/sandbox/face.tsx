/** A round face with the first letters of a name; the community has a bell. */
import { Icon28Notifications } from '@vkontakte/icons';
import { Avatar } from '@vkontakte/vkui';

const COLORS = ['green', 'violet', 'orange', 'l-blue', 'red', 'yellow'] as const;

export function Face({ id, name, size, online = false }: { id: number; name: string; size: number; online?: boolean }) {
  const [first = '', second] = name.split(/\s+/);
  const letters = (second ? `${first[0]}${second[0]}` : first.slice(0, 2)).toUpperCase();
  const badge = online ? <Avatar.BadgeWithPreset preset="online" /> : null;
  if (id < 0)
    return (
      <Avatar size={size} gradientColor="blue" aria-hidden>
        <Icon28Notifications width={size * 0.56} height={size * 0.56} className="bell" />
        {badge}
      </Avatar>
    );
  return (
    <Avatar size={size} initials={letters} gradientColor={COLORS[id % COLORS.length] ?? 'green'} aria-hidden>
      {badge}
    </Avatar>
  );
}
