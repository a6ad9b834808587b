import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { answerAll } from '../support/helper-process.ts';
import { questionText } from '../support/questions.ts';

/** What the bare program is told to do: as many workers, as often, on as many rows. */
export interface Order {
  databaseUrl: string;
  rows: number;
  workers: number;
  seconds: number;
  perSecond: number;
}

/**
 * The bare peer: as many workers as there are secretaries, each on a connection of its own, update
 * one row of as many and commit, as often.
 */
answerAll(async ({ databaseUrl, rows, workers, seconds, perSecond }: Order) => {
  const clients = await Promise.all(
    Array.from({ length: workers }, async () => {
      const client = new pg.Client(databaseUrl);
      await client.connect();
      return client;
    }),
  );
  const [first] = clients;
  await first!.query('drop table if exists bare_queue');
  await first!.query(
    'create table bare_queue (id integer primary key, rank double precision not null, text text not null)',
  );
  await first!.query(
    'insert into bare_queue select n, n, text from unnest($1::integer[], $2::text[]) as row (n, text)',
    [
      Array.from({ length: rows }, (_, n) => n),
      Array.from({ length: rows }, (_, n) => questionText(n)),
    ],
  );
  const waitedMs: number[] = [];
  await Promise.all(
    clients.map(async (client, worker) => {
      const startedAt = performance.now();
      let nextAt = startedAt + (Math.random() * 1_000) / perSecond;
      for (let step = 0; nextAt < startedAt + seconds * 1_000; step += 1) {
        await delay(Math.max(0, nextAt - performance.now()));
        const sentAt = performance.now();
        const id = (step * workers + worker) % rows;
        await client.query('update bare_queue set rank = rank + 0.5 where id = $1', [id]);
        waitedMs.push(performance.now() - sentAt);
        nextAt += 1_000 / perSecond;
      }
    }),
  );
  await Promise.all(clients.map((client) => client.end()));
  return { waitedMs };
});
