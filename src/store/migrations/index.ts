/** Every migration by name, in order of names. A published one is never edited: the next change is a new file. */
import type { Db, Kind } from '../schema.ts';
import { begin } from './001-begin.ts';
import { catalogue } from './002-catalogue.ts';
import { outages } from './004-outages.ts';
import { polling } from './005-polling.ts';
import { ownIds } from './007-own-ids.ts';
import { settings } from './008-settings.ts';
import { sittings } from './009-sittings.ts';
import { untold } from './011-untold.ts';
import { lateness } from './013-lateness.ts';
import { held } from './014-held.ts';
import { recent } from './015-recent.ts';
import { homework } from './016-homework.ts';
import { compact } from './017-compact.ts';
import { outboxIndexes } from './018-outbox.ts';
import { wanted } from './020-wanted.ts';
import { order } from './021-order.ts';
import { editors } from './022-editors.ts';
import { usual } from './025-usual.ts';
import { slots } from './026-slots.ts';
import { heldAhead } from './028-held-ahead.ts';
import { sets } from './030-sets.ts';
import { prints } from './031-prints.ts';

export const migrations: Readonly<Record<string, (db: Db, kind: Kind) => Promise<void>>> = {
  '001-begin': begin,
  '002-catalogue': catalogue,
  '004-outages': outages,
  '005-polling': polling,
  '007-own-ids': ownIds,
  '008-settings': settings,
  '009-sittings': sittings,
  '011-untold': untold,
  '013-lateness': lateness,
  '014-held': held,
  '015-recent': recent,
  '016-homework': homework,
  '017-compact': compact,
  '018-outbox': outboxIndexes,
  '020-wanted': wanted,
  '021-order': order,
  '022-editors': editors,
  '025-usual': usual,
  '026-slots': slots,
  '028-held-ahead': heldAhead,
  '030-sets': sets,
  '031-prints': prints,
};
