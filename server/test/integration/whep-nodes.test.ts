import { afterEach, expect, it } from 'vitest';
import { InProcessNodes } from '../../src/bus/in-process.ts';
import { BusNodeValues } from '../../src/bus/node-values.ts';
import { desiredStage } from '../../src/dialogue/stage/desired.ts';
import { createMediaService } from '../../src/media/media-service.ts';
import { PlayerSessions } from '../../src/media/outside/players.ts';
import { RecordingService } from '../../src/recording/recording-service.ts';
import { createLogReader } from '../../src/store/log-reader.ts';
import { createMediaWire } from '../support/media-wire.ts';
import { clips, openRecordedDialogue } from '../support/recorded-dialogue.ts';
import { tonesIn } from '../support/tones.ts';
import { colorOf, WhepClient } from '../support/whep-client.ts';

const wait = { timeout: 30_000 };
const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

it('a player at one node receives the halls that send to another', async () => {
  const buses = new InProcessNodes();
  const failures: unknown[] = [];
  const join = () => {
    const link = buses.join();
    const values = new BusNodeValues(link.bus);
    closers.push(async () => {
      values.close();
      await link.close();
    });
    return { link, nodes: { nodeId: link.bus.nodeId, values } };
  };

  // Where the halls are.
  const recorded = await openRecordedDialogue({ nodes: join().nodes });
  closers.push(() => recorded.close());
  const { db, dialogue, dir, engine, ffmpeg } = recorded;

  // Where the player comes to; nobody else does.
  const { link, nodes } = join();
  const wire = createMediaWire();
  const media = await createMediaService(
    { workers: 1, listenAddress: '127.0.0.1', portMin: 0 },
    { onFailure: (failure) => failures.push(failure) },
    wire.open,
    nodes,
  );
  const recordings = new RecordingService({
    ffmpeg,
    dir,
    segmentSeconds: 10,
    disk: { warnBytes: 0, warnMinutes: 0, floorBytes: 0 },
    broadcastDir: dir,
    engine,
    logReader: createLogReader(db),
    leases: link.leases,
    bus: link.bus,
    gather: (dialogueId) => media.gather(dialogueId),
    onSignal: () => {},
    onError: (error) => failures.push(error),
  });
  await recordings.open();
  media.tap(recordings);
  engine.onCommitted((state) => {
    void media.reconcile(state.id, desiredStage(state));
    recordings.handleState(state);
  });
  const players = new PlayerSessions(media, recordings.programmeSource);
  const player = new WhepClient();
  closers.push(async () => {
    player.close();
    players.closeAll();
    await recordings.close();
    await media.close();
    wire.close();
  });

  const device = { sessionId: 'a-token', dialogueId: dialogue.id };
  const { answer } = await players.open(device, await player.offer());
  player.play(answer);
  const receives = async (color: string, ...tones: number[]) => {
    const seen = async () => {
      const frame = player.keyFrame();
      return frame && (await colorOf(recorded, frame));
    };
    const among = Object.values(clips).map(({ tone }) => tone);
    await expect.poll(seen, wait).toBe(color);
    await expect.poll(() => tonesIn(player.sound(50), among), wait).toEqual(tones);
  };
  const { central, hall1 } = clips;
  await dialogue.do(dialogue.secretary, 'dialogue.start', {});
  await receives(central.color, central.tone);
  const questionId = await dialogue.accepted(1);
  await dialogue.do(dialogue.secretary, 'floor.call', { questionId });
  await receives(hall1.color, central.tone, hall1.tone);
  expect(failures).toEqual([]);
}, 120_000);
