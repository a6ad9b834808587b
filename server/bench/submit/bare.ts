import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { answerAll } from '../support/helper-process.ts';
import { questionText } from '../support/questions.ts';

/** Connections of the bare program. */
const connections = 8;

/** What the bare program is told to do. */
export type Order =
  | { order: 'connect'; databaseUrl: string; commits: number }
  /** So many of the rows that are not inserted yet. */
  | { order: 'insert'; commits: number };

let clients: pg.Client[] = [];
let rows: [id: string, text: string][] = [];
let inserted = 0;

answerAll((order: Order) => (order.order === 'connect' ? connect(order) : insert(order)));

async function connect({ databaseUrl, commits }: Order & { order: 'connect' }) {
  clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client(databaseUrl);
      await client.connect();
      return client;
    }),
  );
  await clients[0]!.query('drop table if exists bare_question');
  await clients[0]!.query(
    'create table bare_question (id uuid primary key, asked_at bigint not null, text text not null)',
  );
  rows = Array.from({ length: commits }, (_, index) => [randomUUID(), questionText(index)]);
  return { connected: clients.length };
}

/**
 * The bare peer: inserts one row and commits, over and over, on eight connections at once. Each
 * `insert` is a transaction of its own, durable before its answer; no library stands between.
 */
async function insert({
  commits,
}: Order & { order: 'insert' }): Promise<{ seconds: number; stored: number }> {
  const before = inserted;
  const startedAt = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      while (inserted < before + commits) {
        const [id, text] = rows[inserted++]!;
        await client.query('insert into bare_question (id, asked_at, text) values ($1, $2, $3)', [
          id,
          Date.now(),
          text,
        ]);
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  const { rows: counted } = await clients[0]!.query<{ stored: number }>(
    'select count(*)::int as stored from bare_question',
  );
  return { seconds, stored: counted[0]!.stored - before };
}
