import { afterEach, describe, expect, test } from 'vitest';
import { type EngineSession, sampleRate, type SpeechEngine } from '../../src/speech/engine.ts';
import type { EngineTimes } from '../../src/speech/engines/session-core.ts';
import { EngineWitness, writeAll } from '../support/speech/engine-witness.ts';
import { keepLog } from '../support/speech/kept-log.ts';
import { mischief, pulses } from '../support/speech/pulses.ts';
import { type StandIn, type StandInKind, standIns } from '../support/speech/stand-ins.ts';

/** One suite for every engine; the other side is a stand-in, all that is between them is real. */
describe.each(standIns)('$name', (kind) => {
  const options = { language: 'vi', hotWords: ['Xuân Trường', 'Hồng Lĩnh'] };
  const pause = [0, 3_200] as const;
  const opened: StandIn[] = [];

  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });

  async function start(times: Partial<EngineTimes> = {}) {
    const log = keepLog();
    const standIn = await kind.start(log, times);
    opened.push(standIn);
    return { engine: standIn.engine, log };
  }

  async function listen(engine: SpeechEngine) {
    const witness = new EngineWitness();
    return { witness, session: await engine.open(options, witness) };
  }

  /** One utterance, then a pause. */
  async function speak(session: EngineSession, ...words: [word: number, samples: number][]) {
    await writeAll(session, pulses(...words));
    session.endUtterance();
    await writeAll(session, pulses([...pause]));
  }

  test('a look finds it, and hears nothing', async () => {
    const { engine } = await start();
    await engine.look();
    const { session, witness } = await listen(engine);
    await speak(session, [1, 8_000]);
    await session.finish();
    expect(witness.texts).toEqual(['w1']);
  });

  test('finals come in order, where they were spoken, and finish waits for the last', async () => {
    const { engine } = await start();
    const { session, witness } = await listen(engine);
    await speak(session, [1, 8_000], [2, 4_000]);
    await speak(session, [3, 6_400]);
    await writeAll(session, pulses([4, 4_800]));
    await session.finish();
    expect(witness.finals).toMatchObject([
      { text: 'w1', start: 0, end: 8_000, speaker: null },
      { text: 'w2', start: 8_000, end: 12_000 },
      { text: 'w3', start: 15_200, end: 21_600 },
      { text: 'w4', start: 24_800, end: 29_600 },
    ]);
    expect(witness.settled).toBe(29_600);
    expect(witness.failures).toEqual([]);
  });

  test('finals come while the sound goes on', async () => {
    const { engine } = await start();
    const { session, witness } = await listen(engine);
    await speak(session, [1, 8_000]);
    await speak(session, [2, 8_000]);
    await writeAll(session, pulses([0, 16_000]));
    await witness.until(({ texts }) => texts.includes('w1') && texts.includes('w2'));
    session.close();
  });

  test('minutes of sound, as fast as it is taken, in pieces of any size', async () => {
    const { engine } = await start();
    const { session, witness } = await listen(engine);
    for (let word = 1; word <= 12; word += 1) {
      await writeAll(session, pulses([word, 8 * sampleRate]), 100 + word * 100);
      session.endUtterance();
      await writeAll(session, pulses([...pause]));
    }
    await session.finish();
    expect(witness.texts).toEqual(Array.from({ length: 12 }, (_, index) => `w${index + 1}`));
    const edges = witness.finals.flatMap(({ start, end }) => [start, end]);
    expect(edges).toEqual(edges.toSorted((a, b) => a - b));
  });

  test('sessions at once keep apart', async () => {
    const { engine } = await start();
    const all = await Promise.all(
      [10, 20, 30].map(async (first) => {
        const { session, witness } = await listen(engine);
        await speak(session, [first, 4_000], [first + 1, 4_000]);
        await speak(session, [first + 2, 4_000]);
        await session.finish();
        return witness.texts;
      }),
    );
    expect(all).toEqual([10, 20, 30].map((n) => [`w${n}`, `w${n + 1}`, `w${n + 2}`]));
  });

  test('nothing was said: nothing is final, all is settled', async () => {
    const { engine } = await start();
    const { session, witness } = await listen(engine);
    await writeAll(session, pulses([0, 2 * sampleRate]));
    await session.finish();
    expect(witness).toMatchObject({ finals: [], failures: [], settled: 2 * sampleRate });
  });

  test('an empty session finishes', async () => {
    const { engine } = await start();
    const { session, witness } = await listen(engine);
    await session.finish();
    expect(witness).toMatchObject({ finals: [], failures: [] });
  });

  test('after close nothing is told, and closing again does nothing', async () => {
    const { engine } = await start();
    const { session, witness } = await listen(engine);
    await writeAll(session, pulses([1, 8_000]));
    session.endUtterance();
    const { calls } = witness;
    const finished = session.finish();
    session.close();
    session.close();
    await expect(finished).rejects.toThrow('closed');
    expect(session.write(pulses([2, 160]))).toBe(true);
    await session.drained();
    // Whatever was on its way has arrived by the time that another session has finished.
    const other = await listen(engine);
    await other.session.finish();
    expect(witness.calls).toBe(calls);
  });

  test('a killed engine fails the session once; the next one hears what was left', async () => {
    const { engine } = await start();
    const { session, witness } = await listen(engine);
    await speak(session, [1, 8_000]);
    await witness.until(({ texts }) => texts.includes('w1'));
    await speak(session, [2, 4_000], [mischief.dies, 1_600], [3, 4_000]);
    await witness.until(({ failures }) => failures.length > 0);
    expect(session.write(pulses([4, 1_600]))).toBe(true);
    await expect(session.finish()).rejects.toThrow('ended already');
    const again = await listen(engine);
    await speak(again.session, [3, 4_000]);
    await again.session.finish();
    expect(again.witness.texts).toEqual(['w3']);
    expect(witness.failures).toHaveLength(1);
    expect(['w1', 'w1 w2']).toContain(witness.texts.join(' '));
  });

  test('a stalled engine takes a bounded amount of sound, and then fails once', async () => {
    const { engine } = await start({ stallMs: 2_000, finishMs: 60_000 });
    const { session, witness } = await listen(engine);
    const stall = pulses([mischief.stalls, sampleRate / 10]);
    let seconds = 0;
    while (session.write(stall) && seconds < 200) {
      seconds += 0.1;
      session.endUtterance();
    }
    expect(seconds).toBeLessThan(100);
    await session.drained();
    expect(witness.failures).toHaveLength(1);
    expect(witness.failures[0]!.message).toMatch(/2000 ms/);
  });

  test('finish rejects after its time-out, and the session is dead', async () => {
    const { engine } = await start({ finishMs: 1_000 });
    const { session, witness } = await listen(engine);
    await writeAll(session, pulses([mischief.stalls, 1_600]));
    session.endUtterance();
    await expect(session.finish()).rejects.toThrow('did not finish within 1000 ms');
    expect(witness.failures).toHaveLength(1);
  });

  test('a flooding engine fails once', async () => {
    const { engine } = await start();
    const { session, witness } = await listen(engine);
    await writeAll(session, pulses([mischief.floods, 8_000]));
    session.endUtterance();
    await witness.until(({ failures }) => failures.length > 0);
    const { calls } = witness;
    const other = await listen(engine);
    await other.session.finish();
    expect(witness.failures).toHaveLength(1);
    expect(witness.calls).toBe(calls);
    expect(calls).toBeLessThan(10_000);
  });

  test(`nonsense ${kind.outlivesNonsense ? 'is logged once and passed over' : 'fails the session once'}`, async () => {
    const { engine, log } = await start();
    const { session, witness } = await listen(engine);
    await speak(session, [1, 4_000]);
    await speak(session, [mischief.garbles, 4_000]);
    await speak(session, [2, 4_000]);
    if (kind.outlivesNonsense) {
      await session.finish();
      expect(witness.texts).toEqual(['w1', 'w2']);
      expect(witness.failures).toEqual([]);
      const said = log.lines.filter(({ message }) => message === 'the speech engine said nonsense');
      expect(said).toHaveLength(1);
    } else {
      await witness.until(({ failures }) => failures.length > 0);
      expect(witness.texts).toEqual(['w1']);
      expect(witness.failures).toHaveLength(1);
    }
  });

  test('closing the engine ends its sessions without a word, again and again', async () => {
    const { engine } = await start();
    const { session, witness } = await listen(engine);
    await writeAll(session, pulses([1, 8_000]));
    const finished = session.finish();
    const refused = expect(finished).rejects.toThrow('closed');
    await engine.close();
    await engine.close();
    await refused;
    expect(witness.failures).toEqual([]);
    await expect(listen(engine)).rejects.toThrow('closed');
  });
});

test('there is a stand-in for every engine', () => {
  expect(standIns.map(({ name }: StandInKind) => name)).toHaveLength(new Set(standIns).size);
});
