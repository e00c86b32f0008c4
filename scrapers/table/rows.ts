/** Text of a CSV file to rows of cells; which sign separates the cells is found by the header. */
import { CsvError, parse } from 'csv-parse/sync';
import { SourceError } from '#source';
import { HEADER_WITHIN, type Row, recognised } from './columns.ts';

const SEPARATORS = [';', ',', '\t'] as const;

/**
 * Splits by RFC 4180, with what spreadsheet programs add: another separator, stray quotes, rows of unequal length.
 * @throws SourceError too-big/rows for more than `limit` rows, changed/cut for a quote that never ends, changed/quotes for one that ends inside its cell
 */
export function splitRows(text: string, limit: number): readonly Row[] {
  const rows = parseCsv(text, separatorOf(text), limit + HEADER_WITHIN + 1);
  if (rows.length > limit + HEADER_WITHIN) throw new SourceError('too-big', 'rows', `more than ${limit} rows`);
  return rows;
}

function parseCsv(text: string, delimiter: string, to: number): Row[] {
  try {
    const options = { delimiter, to, trim: true, relax_quotes: true, relax_column_count: true } as const;
    return parse(text, { ...options, skip_empty_lines: false, record_delimiter: ['\r\n', '\n', '\r'] });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const detail = error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'cut' : 'quotes';
    throw new SourceError('changed', detail, `the table does not read: ${error.message.slice(0, 200)}`);
  }
}

/** The separator under which the first lines name the most columns. */
function separatorOf(text: string): string {
  const lines = text.slice(0, 100_000).split(/\r\n|\n|\r/, HEADER_WITHIN);
  const named = (separator: string) =>
    Math.max(...lines.map((line) => recognised(line.split(separator).map((cell) => cell.replaceAll('"', ''))).size));
  return SEPARATORS.toSorted((a, b) => named(b) - named(a))[0] ?? ';';
}
