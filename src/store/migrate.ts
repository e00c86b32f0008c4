/** Brings the tables to this version's shape, or says that they are of a newer one. */
import type { Migration } from 'kysely/migration';
import { DEFAULT_MIGRATION_TABLE, Migrator } from 'kysely/migration';
import { storeError } from './errors.ts';
import { migrations } from './migrations/index.ts';
import type { Db, Kind } from './schema.ts';

/** Throws StoreError `newer-schema` before touching anything when a migration was applied that this version does not know. */
export async function migrate(db: Db, kind: Kind): Promise<void> {
  const known: Record<string, Migration> = {};
  for (const [name, up] of Object.entries(migrations)) known[name] = { up: (on: Db) => up(on, kind) };

  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  // Numbers are given before the work begins, so that a lower one may be finished later; none leans on one that is above it.
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => known },
    allowUnorderedMigrations: true,
  });
  if (tables.some((table) => table.name === DEFAULT_MIGRATION_TABLE)) {
    const applied = await db
      .withTables<{ kysely_migration: { name: string } }>()
      .selectFrom('kysely_migration')
      .select('name')
      .execute();
    if (applied.some(({ name }) => !Object.hasOwn(known, name))) throw storeError('newer-schema');
  }
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
