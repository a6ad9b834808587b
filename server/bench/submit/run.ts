import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { type LoadDatabase, openLoadDatabase } from '../../load/database.ts';
import { usageOf } from '../../load/process-usage.ts';
import { seedDialogue } from '../../load/seed.ts';
import { startLoadServer } from '../../load/server.ts';
import { atLeast, atMost, exactly, median, printReport, printTable, quantile } from '../report.ts';
import { numbersOf, progress } from '../support/arguments.ts';
import { startHelper } from '../support/helper-process.ts';
import { postgresSeconds } from '../support/postgres-usage.ts';
import type { Order as BareOrder } from './bare.ts';
import { type Checked, checkRound } from './check.ts';
import type { Order, Submitted } from './participants.ts';

/** `warm`: questions, and bare commits, before each measurement, so that both programs are warm. */
const defaults = { clients: 15_000, rounds: 6, halls: 579, warm: 3_000 };

interface Round extends Checked {
  /** Acknowledged after the commit, a second. */
  acksPerSecond: number;
  commitsPerSecond: number;
  ratio: number;
  seconds: number;
  ackP99Ms: number;
  refused: number;
  untold: number;
  /** CPU of one acknowledgement, by who used it; of one bare commit, all together. */
  serverCpuUs: number;
  participantsCpuUs: number;
  postgresCpuUs: number;
  bareCpuUs: number;
  rssMb: number;
}

/**
 * Everybody submits a question at once: how many durable answers a second, beside a bare program
 * that only inserts a row and commits. Flags: `--clients`, `--rounds`, `--halls`, `--warm`.
 */
export async function run(args: string[]): Promise<boolean> {
  const settings = numbersOf(args, defaults);
  const database = await openLoadDatabase('bench-submit');
  const rounds: Round[] = [];
  try {
    for (let number = 1; number <= settings.rounds; number += 1) {
      const round = await measureRound(database, settings, number % 2 === 0);
      progress(`round ${number} of ${settings.rounds}: ${JSON.stringify(round)}`);
      rounds.push(round);
    }
  } finally {
    await database.close();
  }
  return report(settings, rounds);
}

/** A new dialogue on a new server, and the bare peer on the same PostgreSQL, each alone. */
async function measureRound(
  database: LoadDatabase,
  settings: typeof defaults,
  isBareFirst: boolean,
): Promise<Round> {
  const { clients: persons, halls: bridgePoints } = settings;
  const warm = Math.min(settings.warm, persons);
  const dialogue = await seedDialogue({ databaseUrl: database.url, bridgePoints, persons });
  const dialogueFile = join(database.dataDir, 'dialogue.json');
  await writeFile(dialogueFile, JSON.stringify(dialogue));

  const bareFirst = isBareFirst ? await insertBare(database, persons, warm) : null;
  const { submitted, submissions, ...used } = await submitToServer(
    database,
    dialogueFile,
    persons,
    warm,
  );
  const checked = await checkRound(database.url, dialogue.dialogueId, submissions);
  const bare = bareFirst ?? (await insertBare(database, persons, warm));

  const acknowledged = submitted.submissions.filter(({ seq }) => seq !== null).length;
  const acksPerSecond = acknowledged / submitted.seconds;
  const commitsPerSecond = bare.stored / bare.seconds;
  return {
    acksPerSecond,
    commitsPerSecond,
    ratio: acksPerSecond / commitsPerSecond,
    seconds: submitted.seconds,
    ackP99Ms: quantile(submitted.waitedMs, 0.99),
    refused: persons - acknowledged,
    untold: persons - submitted.told,
    ...used,
    bareCpuUs: bare.cpuUs,
    ...checked,
  };
}

async function submitToServer(
  database: LoadDatabase,
  dialogueFile: string,
  persons: number,
  warm: number,
) {
  const { url: databaseUrl, dataDir } = database;
  const server = await startLoadServer({ dataDir, databaseUrl });
  const participants = startHelper(join(import.meta.dirname, 'participants.ts'));
  const order = <Answer>(what: Order) => participants.ask<Answer>(what);
  try {
    await order({ order: 'connect', url: server.url, dialogueFile });
    await flush(databaseUrl);
    const warming = await order<Submitted>({ order: 'submit', persons: warm });
    const seconds = () => ({
      server: secondsOf(server.child.pid!),
      participants: secondsOf(participants.child.pid!),
      postgres: postgresSeconds(dataDir),
    });
    const before = seconds();
    const submitted = await order<Submitted>({ order: 'submit', persons });
    const after = seconds();
    const cpuUs = (who: keyof typeof before) => ((after[who] - before[who]) / persons) * 1e6;
    return {
      submitted,
      submissions: [...warming.submissions, ...submitted.submissions],
      serverCpuUs: cpuUs('server'),
      participantsCpuUs: cpuUs('participants'),
      postgresCpuUs: cpuUs('postgres'),
      rssMb: server.usage().rssBytes / 2 ** 20,
    };
  } finally {
    participants.close();
    await server.stop();
  }
}

async function insertBare({ url, dataDir }: LoadDatabase, commits: number, warm: number) {
  const bare = startHelper(join(import.meta.dirname, 'bare.ts'));
  const order = <Answer>(what: BareOrder) => bare.ask<Answer>(what);
  try {
    await order({ order: 'connect', databaseUrl: url, commits: commits + warm });
    await flush(url);
    await order({ order: 'insert', commits: warm });
    const seconds = () => secondsOf(bare.child.pid!) + postgresSeconds(dataDir);
    const before = seconds();
    const inserted = await order<{ seconds: number; stored: number }>({
      order: 'insert',
      commits,
    });
    return { ...inserted, cpuUs: ((seconds() - before) / commits) * 1e6 };
  } finally {
    bare.close();
  }
}

/** What was written before is not flushed in the midst of the next measurement. */
async function flush(databaseUrl: string): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  await client.query('checkpoint');
  await client.end();
}

function secondsOf(pid: number): number {
  const { userSeconds, systemSeconds } = usageOf(pid);
  return userSeconds + systemSeconds;
}

function report({ clients, halls }: typeof defaults, rounds: Round[]): boolean {
  printTable(
    [
      'round',
      'server acks/s',
      'bare commits/s',
      'ratio',
      'seconds',
      'ack p99 ms',
      'µs/ack: server',
      'clients',
      'database',
      'µs/commit: bare',
      'RSS MB',
    ],
    rounds.map((round, index) => [
      index + 1,
      Math.round(round.acksPerSecond),
      Math.round(round.commitsPerSecond),
      round.ratio.toFixed(2),
      round.seconds.toFixed(2),
      Math.round(round.ackP99Ms),
      Math.round(round.serverCpuUs),
      Math.round(round.participantsCpuUs),
      Math.round(round.postgresCpuUs),
      Math.round(round.bareCpuUs),
      Math.round(round.rssMb),
    ]),
  );
  const middle = (name: keyof Round) => median(rounds.map((round) => round[name]));
  const sum = (...names: (keyof Round)[]) =>
    rounds.reduce((total, round) => total + names.reduce((part, name) => part + round[name], 0), 0);
  return printReport({
    name: 'submit',
    figures: {
      clients,
      halls,
      rounds: rounds.length,
      acksPerSecond: middle('acksPerSecond'),
      bareCommitsPerSecond: middle('commitsPerSecond'),
      ratio: middle('ratio'),
      seconds: middle('seconds'),
      ackP99Ms: middle('ackP99Ms'),
      serverCpuUsPerAck: middle('serverCpuUs'),
      participantsCpuUsPerAck: middle('participantsCpuUs'),
      databaseCpuUsPerAck: middle('postgresCpuUs'),
      bareCpuUsPerCommit: middle('bareCpuUs'),
      serverRssMb: middle('rssMb'),
    },
    targets: {
      ratio: atLeast(middle('ratio'), 1),
      seconds: atMost(middle('seconds'), 10),
      refused: exactly(sum('refused'), 0),
      lost: exactly(sum('lost'), 0),
      doubled: exactly(sum('doubled', 'unknown'), 0),
      faults: exactly(sum('faults'), 0),
    },
  });
}
