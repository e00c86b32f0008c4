/** The tables to fill in, as files that the bot's own address hands out. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SCRAPERS } from './source/load.ts';

const TYPES = {
  'template.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'template.csv': 'text/csv; charset=utf-8',
} as const;

export const TEMPLATES = (Object.keys(TYPES) as (keyof typeof TYPES)[]).map((name) => ({
  path: `/${name}`,
  type: TYPES[name],
  read: (): Promise<Uint8Array> => readFile(join(SCRAPERS, 'table', name)),
}));

/** Where the workbook is downloaded from the bot's address; undefined where it has none. */
export function templateAt(address: string | undefined): string | undefined {
  return address === undefined ? undefined : `${address.replace(/\/$/, '')}/template.xlsx`;
}
