import { type RawBuilder, sql } from 'kysely';

/** The SQL types of the columns that rows are written to. */
export type ColumnType =
  'uuid' | 'text' | 'bigint' | 'integer' | 'double precision' | 'boolean' | 'jsonb';

const special = /["\\]/;

function quoted(text: string): string {
  return `"${special.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`;
}

const isAbsent = (value: unknown) => value === null || value === undefined;

/**
 * A column of values as the text of a PostgreSQL array (PostgreSQL 18, 8.15.6), for `unnest`: half
 * the price, on both sides, of the same rows as one JSON. An absent value is NULL.
 */
export function arrayLiteral(values: readonly unknown[]): string {
  let items = '';
  for (const value of values) {
    if (items !== '') items += ',';
    if (isAbsent(value)) items += 'NULL';
    else items += typeof value === 'string' ? quoted(value) : String(value);
  }
  return `{${items}}`;
}

/**
 * The same as an expression of SQL. Without any value it has no items at all, which `unnest` makes
 * as many NULLs as there are rows in the columns beside it.
 */
export function arrayOf(type: ColumnType, values: readonly unknown[]): RawBuilder<unknown> {
  if (values.every(isAbsent)) return sql`${sql.raw(`'{}'::${type}[]`)}`;
  if (type === 'jsonb') return jsonArrayOf(values);
  return sql`${arrayLiteral(values)}::${sql.raw(type)}[]`;
}

/**
 * JSON has a quotation mark at every step, and each would have to be escaped; but it has no line
 * feed of its own. An empty line is NULL.
 */
function jsonArrayOf(values: readonly unknown[]): RawBuilder<unknown> {
  let lines = '';
  let isFirst = true;
  for (const value of values) {
    if (!isFirst) lines += '\n';
    isFirst = false;
    if (!isAbsent(value)) lines += JSON.stringify(value);
  }
  return sql`string_to_array(${lines}, e'\\n', '')::jsonb[]`;
}
