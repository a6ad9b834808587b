import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findChainFault } from '../../src/dialogue/kernel/chain.ts';
import { createJournal } from '../../src/store/journal.ts';
import { findRowFault } from '../../src/store/verify-rows.ts';
import { startTestApp } from '../support/app.ts';
import { startServerProcess } from '../support/server-process.ts';

const clients = 200;

let test: Awaited<ReturnType<typeof startTestApp>>;

beforeAll(async () => {
  test = await startTestApp();
});

afterAll(() => test.close());

it('kill -9 while 200 clients submit loses no acknowledged command and doubles none', async () => {
  const server = await startServerProcess(test.settings);
  const subjects = await Promise.all(
    Array.from({ length: clients }, (_, index) => test.personSubject((index % 3) + 1)),
  );
  const sockets = await Promise.all(subjects.map((subject) => test.connectAs(server.url, subject)));
  const sent = new Map<string, { subject: (typeof subjects)[number]; payload: object }>();
  const acknowledged = new Set<string>();
  let enough = () => {};
  const manyAcknowledged = new Promise<void>((resolve) => {
    enough = resolve;
  });

  // Each asks again and again until its connection is gone.
  const submitting = sockets.map(async (socket, index) => {
    const subject = subjects[index]!;
    while (socket.socket.connected) {
      const commandId = randomUUID();
      const payload = {
        questionId: randomUUID(),
        bridgePointId: subject.bridgePointId,
        text: `Câu hỏi ${commandId}`,
        field: null,
        nameVisibility: 'hall' as const,
      };
      sent.set(commandId, { subject, payload });
      const outcome = await socket.send('question.ask', payload, commandId).catch(() => null);
      if (outcome?.ok) acknowledged.add(commandId);
      if (outcome && !outcome.ok) return;
      if (acknowledged.size > 600) enough();
    }
  });
  await manyAcknowledged;
  await server.kill();
  for (const socket of sockets) socket.close();
  await Promise.all(submitting);

  // What was under way is sent again, as an outbox does, to the server that comes back.
  const again = await startServerProcess(test.settings);
  try {
    const unsure = [...sent].filter(([commandId]) => !acknowledged.has(commandId));
    expect(unsure.length).toBeGreaterThan(0);
    await Promise.all(
      unsure.map(async ([commandId, { subject, payload }]) => {
        const socket = await test.connectAs(again.url, subject);
        const outcome = await socket.send('question.ask', payload as never, commandId);
        if (outcome.ok) acknowledged.add(commandId);
        socket.close();
      }),
    );
  } finally {
    expect(await again.stop()).toBe(0);
  }

  const log = await createJournal(test.db).read(test.dialogue.id, 0);
  expect(findChainFault(log)).toBeNull();
  expect(await findRowFault(test.db, test.dialogue.id, log)).toBeNull();
  const written = log
    .filter(({ type }) => type === 'question.asked')
    .map(({ commandId }) => commandId);
  expect(new Set(written).size).toBe(written.length);
  expect(new Set(written)).toEqual(acknowledged);
});
