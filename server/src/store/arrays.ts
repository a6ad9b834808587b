/** The SQL types of the columns that rows are written to. */
export type ColumnType = 'uuid' | 'text' | 'bigint' | 'integer' | 'boolean' | 'jsonb';

const special = /["\\]/;

function quoted(text: string): string {
  return `"${special.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`;
}

/**
 * A column of values as the text of a PostgreSQL array (PostgreSQL 18, 8.15.6), for `unnest`: half
 * the price, on both sides, of the same rows as one JSON. An absent value is NULL.
 */
export function arrayLiteral(type: ColumnType, values: readonly unknown[]): string {
  const items = values.map((value) => {
    if (value === null || value === undefined) return 'NULL';
    if (type === 'jsonb') return quoted(JSON.stringify(value));
    return typeof value === 'string' ? quoted(value) : String(value);
  });
  return `{${items.join(',')}}`;
}
