import { createSocket } from 'node:dgram';
import { pace } from '../../load/media/pacer.ts';
import { writeRtpHead } from '../../load/media/rtp.ts';
import { answerAll } from '../support/helper-process.ts';
import { packetTicks, payloadType, speech } from './sound.ts';

/** Speaks into each port until it is told to be silent. */
export type SpeakersOrder = { speakTo: { port: number; ssrc: number }[] } | { silence: true };

const spokenSeconds = 20;
const packetMs = 20;

const packets = speech(spokenSeconds);
const socket = createSocket('udp4');
let stop: (() => void) | null = null;

answerAll<SpeakersOrder>(async (order) => {
  stop?.();
  stop = null;
  if ('silence' in order) return;
  const startedAt = performance.now();
  let sent = 0;
  stop = pace((now) => {
    for (; sent * packetMs <= now - startedAt; sent += 1) {
      for (const { port, ssrc } of order.speakTo) {
        const packet = Buffer.concat([Buffer.alloc(12), packets[sent % packets.length]!]);
        writeRtpHead(packet, {
          payloadType,
          marker: sent === 0,
          sequence: sent,
          timestamp: sent * packetTicks,
          ssrc,
        });
        socket.send(packet, port, '127.0.0.1');
      }
    }
  });
});
