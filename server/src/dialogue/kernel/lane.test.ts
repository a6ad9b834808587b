import { randomUUID } from 'node:crypto';
import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import { expect, it } from 'vitest';
import type { Actor } from './actor.ts';
import type { LogEntry } from './entries.ts';
import { Engine } from './executor.ts';
import type { Journal, StoredOutcome } from './ports.ts';
import type { DialogueState } from './state.ts';

const admin: Actor = {
  kind: 'staff',
  accountId: randomUUID(),
  displayName: 'Quản trị',
  isAdmin: true,
  sessionId: randomUUID(),
};

/** A log in memory that writes, and then breaks off before it can say so. */
function breakingJournal() {
  const log: LogEntry[] = [];
  const outcomes: StoredOutcome[] = [];
  const journal = {
    breaks: false,
    read: (_dialogueId: string, afterSeq: number) =>
      Promise.resolve(structuredClone(log.filter(({ seq }) => seq > afterSeq))),
    outcomes: (_dialogueId: string, ids: string[]) =>
      Promise.resolve(outcomes.filter(({ commandId }) => ids.includes(commandId))),
    append: (commit: Parameters<Journal['append']>[0]) => {
      log.push(...structuredClone(commit.entries));
      outcomes.push(...commit.outcomes);
      return journal.breaks ? Promise.reject(new Error('connection lost')) : Promise.resolve();
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
  await send('dialogue.create', {
    title: 'Đối thoại',
    organiser: 'Thành phố',
    startsAt: 0,
    fields: ['Khác'],
    agencies: [],
    namePolicy: 'optional',
    turnSeconds: 60,
  });
  const told = deliveries.filter(({ audience }) => audience === 'everyone').at(-1)!;

  journal.breaks = true;
  expect(await send('dialogue.open', {})).toEqual({ ok: true, seq: 2 });

  const next = deliveries.filter(({ audience }) => audience === 'everyone').at(-1)!;
  expect(next).toMatchObject({ seq: 2, prev: told.seq });
  expect(next.puts).toMatchObject([{ collection: 'dialogue', value: { state: 'open' } }]);
  expect(seen).toEqual([1, 2]);
});
