import { join } from 'node:path';
import type { Packets } from '../../load/media/packets.ts';
import { sharedNow } from '../support/clock.ts';
import { startHelper } from '../support/helper-process.ts';
import type { BareOpened, BareQuestion } from './bare-process.ts';
import type { Contender } from './contender.ts';
import type { Question, Seen } from './receivers-process.ts';
import { Camera } from './speaker.ts';

const highestLayer = 2;

/** The bare peer with receivers of its own. */
export async function openBare(
  { receivers, workers }: { receivers: number; workers: number },
  packets: Packets,
  closers: (() => unknown)[],
): Promise<Contender> {
  const helper = startHelper(join(import.meta.dirname, 'receivers-process.ts'));
  const peer = startHelper(join(import.meta.dirname, 'bare-process.ts'));
  closers.push(
    () => helper.close(),
    () => peer.ask<object>({ kind: 'close' } satisfies BareQuestion).finally(() => peer.close()),
  );
  const ask = <T>(question: Question) => helper.ask<T>(question);
  const tell = <T>(question: BareQuestion) => peer.ask<T>(question);
  const cameras = [3_000, 4_000].map((ssrc) => new Camera(packets, ssrc));
  const ports = await ask<number[]>({ kind: 'openPorts', count: receivers });
  const opened = await tell<BareOpened>({
    kind: 'open',
    workers,
    ports,
    speakers: cameras.map(({ sender }) => {
      return { microphone: sender.microphoneParameters(), camera: sender.cameraParameters() };
    }),
  });
  await ask({
    kind: 'name',
    ports: opened.receivers.map(({ keyBase64, ssrcs }) => {
      return { keyBase64, cameras: ssrcs.map((ssrc, index) => ({ ssrc, name: `${index}` })) };
    }),
  });
  for (const [index, camera] of cameras.entries()) {
    camera.sender.maxLayer = highestLayer;
    camera.sender.microphone = true;
    camera.start(opened.ingestPorts[index]!);
    closers.push(() => camera.close());
  }
  return {
    prepare: async (round) => {
      await tell({ kind: 'call', speaker: (round + 1) % 2 });
    },
    async call(round, withinMs) {
      const speaker = round % 2;
      await ask({ kind: 'expect', camera: `${speaker}` });
      const calledAt = sharedNow();
      await tell({ kind: 'call', speaker });
      return { calledAt, seen: await ask<Seen>({ kind: 'seen', withinMs }) };
    },
    rest: async () => {
      await tell({ kind: 'pause' });
    },
  };
}
