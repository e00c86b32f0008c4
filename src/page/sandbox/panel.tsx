/** The right column: the clock above, then faults or the log of calls. */
import { Icon24CancelOutline } from '@vkontakte/icons';
import { IconButton, SegmentedControl } from '@vkontakte/vkui';
import { useState } from 'react';
import { ClockPane } from './clock-pane.tsx';
import type { Deeds } from './deeds.ts';
import { FaultsPane } from './faults-pane.tsx';
import { LogPane } from './log-pane.tsx';
import type { Seen } from './use-view.ts';

type Props = { view: Seen; deeds: Deeds; close(): void };

export function Panel({ view, deeds, close }: Props) {
  const [tab, setTab] = useState<'faults' | 'log'>('faults');
  const faults = view.faults.length;
  return (
    <aside className="panel" aria-label="Часы, сбои и журнал">
      <header className="head">
        <h2>Пульт песочницы</h2>
        <IconButton className="toggle" label="Закрыть пульт" onClick={close}>
          <Icon24CancelOutline />
        </IconButton>
      </header>
      <ClockPane view={view} deeds={deeds} />
      <div className="tabs">
        <SegmentedControl
          size="m"
          value={tab}
          onChange={setTab}
          options={[
            { value: 'faults', label: faults > 0 ? `Сбои · ${faults}` : 'Сбои' },
            { value: 'log', label: 'Журнал' },
          ]}
        />
      </div>
      <div className="pane">
        {tab === 'faults' ? <FaultsPane view={view} deeds={deeds} /> : <LogPane view={view} />}
      </div>
    </aside>
  );
}
