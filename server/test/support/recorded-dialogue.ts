import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMediaService } from '../../src/media/media-service.ts';
import type { MediaNodes } from '../../src/media/nodes/track-values.ts';
import { desiredStage } from '../../src/dialogue/stage/desired.ts';
import { type Clip, createClipSender, requireFfmpeg } from './clip-sender.ts';
import { createTestEngine, TestDialogue } from './dialogue.ts';
import { produceBoth, TestPeer } from './media-hall.ts';
import { createMediaWire, h264Parameters, vp8Parameters } from './media-wire.ts';

/** The leader's hall and two others, each with a colour and a tone of its own. */
export const clips = {
  central: { color: 'green', tone: 300 },
  hall1: { color: 'red', tone: 500 },
  hall2: { color: 'blue', tone: 800 },
} as const satisfies Record<string, Clip>;
type Hall = keyof typeof clips;

/**
 * A live dialogue on a real worker, with halls that send real pictures: what the log says is on the
 * stage. `dir` is a folder for what is recorded. `h264`: which halls send that. `nodes`: how this node
 * and others hear each other.
 */
export async function openRecordedDialogue({
  h264 = [],
  nodes = null,
}: { h264?: Hall[]; nodes?: MediaNodes | null } = {}) {
  const ffmpeg = requireFfmpeg();
  const dir = await mkdtemp(join(tmpdir(), 'nhip-cau-recording-'));
  const wire = createMediaWire();
  const media = await createMediaService(
    { workers: 1, listenAddress: '127.0.0.1', portMin: 0 },
    {},
    wire.open,
    nodes,
  );
  const beside = await createTestEngine();
  const { engine } = beside;
  const sender = await createClipSender();
  engine.onCommitted((state) => {
    void media.reconcile(state.id, desiredStage(state));
  });
  const dialogue = await TestDialogue.open(engine);
  const { dialogue: row } = await dialogue.state();
  const central = row!.centralBridgePointId;
  const halls = { central, hall1: await dialogue.hall(1), hall2: await dialogue.hall(2) };
  for (const name of ['central', 'hall1', 'hall2'] as const) {
    const isH264 = h264.includes(name);
    const id = halls[name];
    const peer = new TestPeer(media, dialogue.id, {
      bridgePointId: id,
      canPublishFor: id,
      receives: false,
    });
    await peer.request('media:join', {});
    const { id: transportId } = await peer.request('media:createTransport', { direction: 'send' });
    await produceBoth(peer, transportId, isH264 ? h264Parameters : vp8Parameters);
    await sender.send({ ...clips[name], isH264 }, wire.port(transportId));
  }
  return {
    ...beside,
    ffmpeg,
    dir,
    media,
    dialogue,
    halls,
    async close() {
      await sender.close();
      wire.close();
      await media.close();
      await beside.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export type RecordedDialogue = Awaited<ReturnType<typeof openRecordedDialogue>>;

/**
 * Failures without those of an ffmpeg whose port another program took before it: that can happen
 * anywhere, and the next ffmpeg goes on.
 */
export const withoutTakenPorts = (failures: readonly unknown[]): unknown[] =>
  failures.filter((failure) => !/address already in use/i.test(String(failure)));
