import { type RawBuilder, sql } from 'kysely';

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
export function arrayLiteral(values: readonly unknown[]): string {
  const items = values.map((value) => {
    if (value === null || value === undefined) return 'NULL';
    return typeof value === 'string' ? quoted(value) : String(value);
  });
  return `{${items.join(',')}}`;
}

/** The same as an expression of SQL. */
export function arrayOf(type: ColumnType, values: readonly unknown[]): RawBuilder<unknown> {
  if (type === 'jsonb') return jsonArrayOf(values);
  return sql`${arrayLiteral(values)}::${sql.raw(type)}[]`;
}

/**
 * JSON has a quotation mark at every step, and each would have to be escaped; but it has no line
 * feed of its own. An empty line is NULL; one alone is no line at all, which `unnest` makes a NULL
 * beside the other columns.
 */
function jsonArrayOf(values: readonly unknown[]): RawBuilder<unknown> {
  const lines = values.map((value) =>
    value === null || value === undefined ? '' : JSON.stringify(value),
  );
  return sql`string_to_array(${lines.join('\n')}, e'\\n', '')::jsonb[]`;
}
