import { randomUUID } from 'node:crypto';
import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import { expect, it, vi } from 'vitest';
import type { Actor } from './actor.ts';
import type { LogEntry } from './entries.ts';
import { Engine } from './executor.ts';
import { Outcomes } from './outcomes.ts';
import type { Journal, StoredOutcome } from './ports.ts';
import type { DialogueState } from './state.ts';

const admin: Actor = {
  kind: 'staff',
  accountId: randomUUID(),
  displayName: 'Quản trị',
  isAdmin: true,
  sessionId: randomUUID(),
};

const settings = {
  title: 'Đối thoại',
  organiser: 'Thành phố',
  startsAt: 0,
  fields: ['Khác'],
  agencies: [],
  namePolicy: 'optional',
  turnSeconds: 60,
};

/**
 * A log in memory that can break off: after it has written and before it can say so (`late`), or
 * before it writes anything (`early`).
 */
function breakingJournal() {
  const log: LogEntry[] = [];
  const outcomes: StoredOutcome[] = [];
  const journal = {
    breaks: null as null | 'early' | 'late',
    appending: Promise.withResolvers<() => void>(),
    read: (id: string, afterSeq: number) =>
      Promise.resolve(
        structuredClone(log.filter(({ dialogueId, seq }) => dialogueId === id && seq > afterSeq)),
      ),
    outcomes: (_dialogueId: string, ids: string[]) =>
      Promise.resolve(outcomes.filter(({ commandId }) => ids.includes(commandId))),
    async append(commit: Parameters<Journal['append']>[0]) {
      if (journal.breaks === 'early') {
        // Held open until the test lets it fail.
        await new Promise<void>((resolve) => journal.appending.resolve(resolve));
        throw new Error('connection lost');
      }
      log.push(...structuredClone(commit.entries));
      outcomes.push(...commit.outcomes);
      if (journal.breaks === 'late') throw new Error('connection lost');
    },
  };
  return journal;
}

it('a commit that was written but not confirmed is answered, told and acted on', async () => {
  const journal = breakingJournal();
  const deliveries: Delivery[] = [];
  const seen: DialogueState['seq'][] = [];
  const engine = new Engine({
    journal,
    outlet: { deliver: (some) => deliveries.push(...some) },
    onError: () => {},
  });
  engine.onCommitted((state) => seen.push(state.seq));
  const dialogueId = randomUUID();
  const send = (name: string, payload: object) =>
    engine.execute(admin, { commandId: randomUUID(), dialogueId, name, payload } as never);
  await send('dialogue.create', settings);
  const told = deliveries.filter(({ audience }) => audience === 'everyone').at(-1)!;

  journal.breaks = 'late';
  expect(await send('dialogue.open', {})).toEqual({ ok: true, seq: 2 });

  const next = deliveries.filter(({ audience }) => audience === 'everyone').at(-1)!;
  expect(next).toMatchObject({ seq: 2, prev: told.seq });
  expect(next.puts).toMatchObject([{ collection: 'dialogue', value: { state: 'open' } }]);
  expect(seen).toEqual([1, 2]);
});

it('nobody reads what is not yet written, and what came to nothing is gone', async () => {
  const journal = breakingJournal();
  const seen: string[] = [];
  const engine = new Engine({ journal, outlet: { deliver: () => {} }, onError: () => {} });
  engine.onCommitted(({ dialogue }) => seen.push(dialogue!.state));
  const dialogueId = randomUUID();
  const send = (name: string, payload: object) =>
    engine.execute(admin, { commandId: randomUUID(), dialogueId, name, payload } as never);
  await send('dialogue.create', settings);

  journal.breaks = 'early';
  const opening = send('dialogue.open', {});
  const fail = await journal.appending.promise;
  const reading = engine.read(dialogueId).then((state) => state!.dialogue!.state);
  journal.appending = Promise.withResolvers();
  fail();
  // The lane tries it once more on its own.
  (await journal.appending.promise)();
  expect(await reading).toBe('draft');
  expect(await opening).toEqual({ ok: false, error: { code: 'unavailable' } });
  expect((await engine.read(dialogueId))!.dialogue!.state).toBe('draft');
  expect(seen.every((state) => state === 'draft')).toBe(true);
});

it('guessed numbers and dialogues that nobody watches do not stay in memory', async () => {
  let now = 1_000;
  const journal = breakingJournal();
  const engine = new Engine({
    journal,
    outlet: { deliver: () => {} },
    onError: () => {},
    now: () => now,
  });
  const dialogueId = randomUUID();
  const envelope = { commandId: randomUUID(), dialogueId, name: 'dialogue.create' };
  await engine.execute(admin, { ...envelope, payload: settings } as never);
  for (let guess = 0; guess < 50; guess += 1) expect(await engine.read(randomUUID())).toBeNull();
  expect(engine.size).toBe(1);
  now += 10_000;
  engine.sweep(60_000, () => false);
  expect(engine.size).toBe(1);
  now += 60_000;
  engine.sweep(60_000, () => true);
  expect(engine.size).toBe(1);
  engine.sweep(60_000, () => false);
  expect(engine.size).toBe(0);
});

it('a retry is answered from memory, also after the dialogue was read anew', async () => {
  const journal = breakingJournal();
  const askedFor = vi.spyOn(journal, 'outcomes');
  const dialogueId = randomUUID();
  const create = {
    commandId: randomUUID(),
    dialogueId,
    name: 'dialogue.create',
    payload: settings,
  };
  const start = () => new Engine({ journal, outlet: { deliver: () => {} }, onError: () => {} });
  const engine = start();
  const first = await engine.execute(admin, create as never);
  expect(first).toEqual({ ok: true, seq: 1 });
  expect(await engine.execute(admin, create as never)).toEqual(first);
  expect(await start().execute(admin, create as never)).toEqual(first);
  const other = { ...admin, accountId: randomUUID() };
  expect(await start().execute(other, create as never)).toMatchObject({
    error: { code: 'command_id_taken' },
  });
  expect(askedFor).not.toHaveBeenCalled();
});

it('a reader comes in between two commits, however many commands wait', async () => {
  const journal = breakingJournal();
  const engine = new Engine({
    journal,
    outlet: { deliver: () => {} },
    onError: () => {},
    maxBatch: 1,
  });
  const dialogueId = randomUUID();
  const send = (name: string, payload: object) =>
    engine.execute(admin, { commandId: randomUUID(), dialogueId, name, payload } as never);
  await send('dialogue.create', settings);
  let answered = 0;
  const renaming = Array.from({ length: 600 }, (_, index) =>
    send('dialogue.configure', { title: `Đối thoại ${index}` }).then(() => (answered += 1)),
  );
  await renaming[0];
  const { seq } = (await engine.read(dialogueId))!;
  // One commit may be written and not yet told.
  expect([answered + 1, answered + 2]).toContain(seq);
  expect(answered).toBeLessThan(10);
  await Promise.all(renaming);
  expect((await engine.read(dialogueId))!.seq).toBe(601);
});

it('under load a commit is told while the next one is written, and in the order of the log', async () => {
  const journal = breakingJournal();
  const told: number[] = [];
  const written: number[] = [];
  const { append } = journal;
  journal.append = async (commit) => {
    await append(commit);
    written.push(commit.entries.at(-1)!.seq);
    // The database works; what was written before is told meanwhile.
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(told).toEqual(written.slice(0, -1));
  };
  const engine = new Engine({
    journal,
    outlet: { deliver: ([delivery]) => told.push(delivery!.seq) },
    onError: (error) => {
      throw error;
    },
    maxBatch: 300,
  });
  const dialogueId = randomUUID();
  const send = (name: string, payload: object) =>
    engine.execute(admin, { commandId: randomUUID(), dialogueId, name, payload } as never);
  await send('dialogue.create', settings);
  const answers = await Promise.all(
    Array.from({ length: 1_200 }, (_, index) =>
      send('dialogue.configure', { title: `Đối thoại ${index}` }),
    ),
  );
  expect(answers.at(-1)).toEqual({ ok: true, seq: 1_201 });
  expect(told).toEqual(written);
});

it('nobody is handed what a full batch of the same turn has only in memory', async () => {
  const journal = breakingJournal();
  const { append } = journal;
  const held = Promise.withResolvers<void>();
  let written = 0;
  const engine = new Engine({ journal, outlet: { deliver: () => {} }, onError: () => {} });
  const dialogueId = randomUUID();
  const send = (name: string, payload: object) =>
    engine.execute(admin, { commandId: randomUUID(), dialogueId, name, payload } as never);
  journal.append = async (commit) => {
    if (commit.expectedSeq > 0) await held.promise;
    await append(commit);
    written = commit.entries.at(-1)!.seq;
  };
  await send('dialogue.create', settings);

  const read: number[] = [];
  // As the services do: one more function between the state and who uses it.
  const readState = async () => engine.read(dialogueId);
  const look = async (steps: number) => {
    for (let step = 0; step < steps; step += 1) await null;
    const { seq } = (await readState())!;
    expect(seq).toBeLessThanOrEqual(written);
    read.push(seq);
  };
  const early = Array.from({ length: 10 }, (_, steps) => look(steps));
  const renaming = Array.from({ length: 300 }, (_, index) =>
    send('dialogue.configure', { title: `Đối thoại ${index}` }),
  );
  const late = Array.from({ length: 20 }, (_, steps) => look(steps));
  setImmediate(() => setImmediate(held.resolve));
  await Promise.all([...early, ...late]);
  expect(read).toHaveLength(30);
  await Promise.all(renaming);
  expect((await engine.read(dialogueId))!.seq).toBe(301);
});

it('what is written is told, also when the next batch fails before anything is decided', async () => {
  const journal = breakingJournal();
  const told: number[] = [];
  const toldAtLookUp: number[] = [];
  const looking = vi.spyOn(Outcomes.prototype, 'older').mockImplementation(async () => {
    toldAtLookUp.push(told.length);
    if (toldAtLookUp.length === 3) throw new Error('connection lost');
    return new Map();
  });
  const engine = new Engine({
    journal,
    outlet: { deliver: ([delivery]) => told.push(delivery!.seq) },
    onError: () => {},
    maxBatch: 300,
  });
  const dialogueId = randomUUID();
  const send = (name: string, payload: object) =>
    engine.execute(admin, { commandId: randomUUID(), dialogueId, name, payload } as never);
  await send('dialogue.create', settings);
  const answers = await Promise.all(
    Array.from({ length: 600 }, (_, index) =>
      send('dialogue.configure', { title: `Đối thoại ${index}` }),
    ),
  );
  looking.mockRestore();
  // The dialogue is made, the first batch is written, the second one fails and is tried again.
  expect(toldAtLookUp.slice(0, 4)).toEqual([0, 1, 1, 2]);
  expect(answers.at(-1)).toEqual({ ok: true, seq: 601 });
});
