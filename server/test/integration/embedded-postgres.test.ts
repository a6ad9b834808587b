import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  DataDirectoryInUse,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/store/embedded/index.ts';

const silent = () => {};
const log = { info: silent, warn: silent, error: silent };

let base: string;
let opened: EmbeddedPostgres[];
let children: ChildProcess[];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'nhip-cau-embedded-'));
  await chmod(base, 0o711);
  opened = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const postgres of opened) await postgres.close();
  await rm(base, { recursive: true, force: true });
});

async function start(dataDir = base): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  opened.push(postgres);
  return postgres;
}

/** `back` resolves when the database was lost and is ours again. */
async function startAwaitingReturn(): Promise<{ postgres: EmbeddedPostgres; back: Promise<void> }> {
  const { promise: back, resolve, reject } = Promise.withResolvers<void>();
  const info = (_: unknown, message?: unknown) => {
    if (message === 'embedded PostgreSQL is ours again') resolve();
  };
  const postgres = await startEmbeddedPostgres({
    dataDir: base,
    log: { ...log, info },
    onLost: reject,
  });
  opened.push(postgres);
  return { postgres, back };
}

/** What PostgreSQL has logged of itself, all days together. */
async function ownLog(): Promise<string> {
  const folder = join(base, 'postgres/cluster/log');
  const files = (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8'));
  return (await Promise.all(files)).join('');
}

/** Takes the port over from a process that is just ending. */
async function listenAsSoonAsFree(port: number): Promise<Server> {
  for (;;) {
    const server = createServer().listen(port, '127.0.0.1');
    const isOurs = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (isOurs) return server;
  }
}

/** Starts the database from another process, as another server would. */
async function startElsewhere(): Promise<{ child: ChildProcess; url: string }> {
  const program = join(import.meta.dirname, '../support/embedded-owner.ts');
  const child = spawn(process.execPath, [program, base], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return { child, url: JSON.parse(line.toString()).url };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

const pidFile = () => join(base, 'postgres/cluster/postmaster.pid');

async function postmasterPid(): Promise<number> {
  return Number((await readFile(pidFile(), 'utf8')).split('\n')[0]);
}

describe('embedded PostgreSQL', () => {
  test('is durable, private to this machine and fit for Vietnamese', async () => {
    const { url, adopted } = await start();
    expect(adopted).toBe(false);
    const [settings] = await query(
      url,
      `select current_setting('fsync') as fsync, current_setting('data_checksums') as checksums,
              current_setting('listen_addresses') as listens, current_setting('jit') as jit,
              current_setting('unix_socket_directories') as sockets,
              current_setting('server_encoding') as encoding`,
    );
    expect(settings).toEqual({
      fsync: 'on',
      checksums: 'on',
      listens: '127.0.0.1',
      jit: 'off',
      sockets: '',
      encoding: 'UTF8',
    });
    const [words] = await query(
      url,
      `select string_agg(w, ' ' order by w collate "vi-x-icu") as sorted, upper('đất') as upper
         from unnest(array['đa', 'da', 'ă', 'â', 'a', 'e']) as w`,
    );
    expect(words).toEqual({ sorted: 'a ă â da đa e', upper: 'ĐẤT' });
  });

  test('keeps its password to its owner and asks for it', async () => {
    const { url } = await start();
    const file = await stat(join(base, 'postgres/connection.json'));
    expect(file.mode & 0o777).toBe(0o600);
    const wrong = new URL(url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  });

  test('keeps rows and address over a restart', async () => {
    const first = await start();
    await query(first.url, `create table kept as select 'Điểm cầu' as name`);
    await first.close();
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'select name from kept')).toEqual([{ name: 'Điểm cầu' }]);
  });

  test('closes once however often it is asked', async () => {
    const postgres = await start();
    await Promise.all([postgres.close(), postgres.close()]);
    await postgres.close();
    await expect(query(postgres.url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
  });

  test('refuses a second server and names the first', async () => {
    const { child, url } = await startElsewhere();
    const refusal = await startEmbeddedPostgres({ dataDir: base, log }).catch((error) => error);
    expect(refusal).toBeInstanceOf(DataDirectoryInUse);
    expect(refusal.pid).toBe(child.pid);
    expect(refusal.message).toContain(`pid ${child.pid}`);
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await kill(child);
    await start();
  });

  test('of two first starts at once exactly one wins', async () => {
    const outcomes = await Promise.allSettled([start(), start()]);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(opened).toHaveLength(1);
    expect(refused).toHaveLength(1);
    expect(refused[0]!.reason).toBeInstanceOf(DataDirectoryInUse);
    expect(await query(opened[0]!.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('adopts what a killed server left running', async () => {
    const { child, url } = await startElsewhere();
    await query(url, 'create table kept as select 7 as value');
    const left = await postmasterPid();
    await kill(child);
    const next = await start();
    expect(next.adopted).toBe(true);
    expect(next.url).toBe(url);
    expect(await postmasterPid()).toBe(left);
    expect(await query(next.url, 'select value from kept')).toEqual([{ value: 7 }]);
    await next.close();
    await expect(query(next.url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
  });

  test('starts after a power cut whose process id something else has now', async () => {
    const first = await start();
    await query(first.url, 'create table kept as select 7 as value');
    const lines = (await readFile(pidFile(), 'utf8')).split('\n');
    await first.close();
    await writeFile(pidFile(), [String(process.pid), ...lines.slice(1)].join('\n'));
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'select value from kept')).toEqual([{ value: 7 }]);
  });

  test('comes back by itself at the same address when PostgreSQL is killed', async () => {
    const { postgres, back } = await startAwaitingReturn();
    process.kill(await postmasterPid(), 'SIGKILL');
    await back;
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await expect(start()).rejects.toBeInstanceOf(DataDirectoryInUse);
  });

  test('comes back though something else has its port for a moment', async () => {
    const { postgres, back } = await startAwaitingReturn();
    process.kill(await postmasterPid(), 'SIGKILL');
    const intruder = await listenAsSoonAsFree(Number(new URL(postgres.url).port));
    await expect
      .poll(() => ownLog(), { timeout: 10_000 })
      .toContain('could not create any TCP/IP sockets');
    intruder.close();
    await back;
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('lives under a directory that only its owner may enter', async () => {
    const closed = join(base, 'private');
    await mkdir(closed, { mode: 0o700 });
    const first = await start(join(closed, 'data'));
    await query(first.url, 'create table kept as select 7 as value');
    await first.close();
    const second = await start(join(closed, 'data'));
    expect(await query(second.url, 'select value from kept')).toEqual([{ value: 7 }]);
  });
});
