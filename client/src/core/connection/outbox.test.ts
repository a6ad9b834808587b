import type { CommandOutcome } from '@nhip-cau/shared/protocol/commands';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryStorage, OutboxShelf } from './outbox-shelf.ts';
import type { ShelfStorage } from './outbox-shelf.ts';
import { Outbox } from './outbox.ts';
import type { WaitingCommand } from './waiting-command.ts';

const done = (seq: number): CommandOutcome => ({ ok: true, seq });
const refused = (code: 'wrong_state' | 'unavailable' | 'internal'): CommandOutcome => ({
  ok: false,
  error: { code },
});

/** A server that keeps the first answer to each command, as the real one does. */
function serverOf(...script: (CommandOutcome | null)[]) {
  const first = new Map<string, CommandOutcome>();
  const heard: string[] = [];
  let seq = 0;
  return {
    heard,
    effects: () => first.size,
    async deliver({ commandId, name }: WaitingCommand): Promise<CommandOutcome | null> {
      heard.push(name);
      const scripted = script.shift();
      if (scripted !== undefined && !scripted?.ok) return scripted;
      const answer = first.get(commandId) ?? done((seq += 1));
      first.set(commandId, answer);
      return answer;
    },
  };
}

function outboxOn(
  storage: ShelfStorage,
  deliver: (command: WaitingCommand) => Promise<CommandOutcome | null>,
) {
  return new Outbox({
    shelf: new OutboxShelf(storage, 'person:1/d'),
    deliver,
    exclusively: (work) => work(),
    retryDelay: () => 10,
  });
}

const hand = (handId = 'h') => ({ handId, bridgePointId: 'b' });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('an outbox', () => {
  it('keeps what is given offline and sends it in order, once online', async () => {
    const server = serverOf();
    const outbox = outboxOn(memoryStorage(), server.deliver);
    const raised = outbox.add('hand.raise', hand());
    const lowered = outbox.add('hand.lower', { handId: 'h' });
    expect(outbox.waiting.map(({ name }) => name)).toEqual(['hand.raise', 'hand.lower']);
    expect(server.heard).toEqual([]);
    outbox.handleOnline();
    expect(await raised).toEqual(done(1));
    expect(await lowered).toEqual(done(2));
    expect(outbox.waiting).toEqual([]);
  });

  it.each([
    ['no answer', null, 2, done(1)],
    ['an answer that may change', refused('unavailable'), 2, done(1)],
    ['a refusal', refused('wrong_state'), 1, refused('wrong_state')],
  ])('after %s', async (_, answer, attempts, outcome) => {
    const server = serverOf(answer);
    const outbox = outboxOn(memoryStorage(), server.deliver);
    outbox.handleOnline();
    const sent = outbox.add('hand.raise', hand());
    await vi.advanceTimersByTimeAsync(20);
    expect(await sent).toEqual(outcome);
    expect(server.heard).toHaveLength(attempts);
    expect(outbox.waiting).toEqual([]);
  });

  it('lets a later one wait behind one that has no answer', async () => {
    const server = serverOf(null);
    const outbox = outboxOn(memoryStorage(), server.deliver);
    outbox.handleOnline();
    void outbox.add('hand.raise', hand());
    void outbox.add('hand.lower', { handId: 'h' });
    await vi.advanceTimersByTimeAsync(20);
    expect(server.heard).toEqual(['hand.raise', 'hand.raise', 'hand.lower']);
  });

  it('gives up a command that the server fails on again and again', async () => {
    const server = serverOf(...Array<CommandOutcome>(5).fill(refused('internal')));
    const outbox = outboxOn(memoryStorage(), server.deliver);
    outbox.handleOnline();
    const broken = outbox.add('hand.raise', hand());
    const next = outbox.add('hand.lower', { handId: 'h' });
    await vi.advanceTimersByTimeAsync(100);
    expect(await broken).toEqual(refused('internal'));
    expect(await next).toEqual(done(1));
  });

  it('sends after a reload what was given before it, and says how it went', async () => {
    const storage = memoryStorage();
    const before = outboxOn(storage, serverOf().deliver);
    void before.add('hand.raise', hand());
    before.close();

    const server = serverOf();
    const after = outboxOn(storage, server.deliver);
    expect(after.waiting.map(({ name }) => name)).toEqual(['hand.raise']);
    const settled = vi.fn();
    after.on('settled', settled);
    after.handleOnline();
    await vi.advanceTimersByTimeAsync(0);
    expect(settled).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ outcome: done(1), kept: true }),
    );
    expect(new OutboxShelf(storage, 'person:1/d').list()).toEqual([]);
  });

  it('has one effect when the answer was lost with the page', async () => {
    const storage = memoryStorage();
    const server = serverOf();
    const before = outboxOn(storage, async (command) => {
      await server.deliver(command);
      return null;
    });
    before.handleOnline();
    void before.add('hand.raise', hand());
    await vi.advanceTimersByTimeAsync(0);
    before.close();

    outboxOn(storage, server.deliver).handleOnline();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.heard).toHaveLength(2);
    expect(server.effects()).toBe(1);
  });

  it('has one effect when two tabs send at once, and answers the tab that gave it', async () => {
    const storage = memoryStorage();
    const server = serverOf();
    const mine = outboxOn(storage, server.deliver);
    const given = mine.add('hand.raise', hand());
    const other = outboxOn(storage, server.deliver);
    other.handleOnline();
    mine.handleOnline();
    expect(await given).toEqual(done(1));
    await vi.advanceTimersByTimeAsync(0);
    expect(server.effects()).toBe(1);
    expect(other.waiting).toEqual([]);
  });

  it('drops what another tab has sent', async () => {
    const storage = memoryStorage();
    const mine = outboxOn(storage, serverOf().deliver);
    void mine.add('hand.raise', hand());
    const server = serverOf();
    const other = outboxOn(storage, server.deliver);
    mine.handleOnline();
    await vi.advanceTimersByTimeAsync(0);
    other.handleOnline();
    await vi.advanceTimersByTimeAsync(0);
    expect(other.waiting).toEqual([]);
    expect(server.heard).toEqual([]);
  });

  it('does not carry out a command about the present moment much later', async () => {
    const storage = memoryStorage();
    const server = serverOf();
    const outbox = outboxOn(storage, server.deliver);
    const called = outbox.add('floor.call', { questionId: 'q' });
    expect(new OutboxShelf(storage, 'person:1/d').list()).toEqual([]);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await called).toEqual(refused('unavailable'));
    outbox.handleOnline();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.heard).toEqual([]);
  });

  it('leaves another person’s commands alone', () => {
    const storage = memoryStorage();
    new OutboxShelf(storage, 'person:2/d').put({
      commandId: 'c',
      name: 'hand.raise',
      payload: hand(),
      queuedAt: 1,
    });
    expect(outboxOn(storage, serverOf().deliver).waiting).toEqual([]);
  });

  it('does not stumble over a shelf that somebody wrote nonsense on', () => {
    const storage = memoryStorage();
    storage.setItem('nhip-cau.outbox:person:1/d:x', '{"commandId":');
    storage.setItem('nhip-cau.outbox:person:1/d:y', '7');
    expect(outboxOn(storage, serverOf().deliver).waiting).toEqual([]);
  });
});
