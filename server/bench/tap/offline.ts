import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { OpusDecoder } from '../../src/speech/tap/opus-decoder.ts';

export interface Likeness {
  samples: number;
  /** Samples more than libopus gives of the same packets. */
  extraSamples: number;
  /** How many differ at all, and by how much at most, of 65,536 steps. */
  differing: number;
  largestDifference: number;
}

/** The packets decoded by the tap's decoder (WebAssembly), and by the system's libopus. */
export async function compareWithLibopus(packets: readonly Buffer[]): Promise<Likeness> {
  const tap = new OpusDecoder();
  // The decoder's memory is used again for the next packet.
  const pieces = packets.map((packet) => Int16Array.from(tap.decode(packet) ?? []));
  tap.close();
  const ours = pieces.flatMap((piece) => [...piece]);
  const theirs = await decodeByLibopus(packets);
  const differences = ours.map((value, at) => Math.abs(value - (theirs[at] ?? NaN)));
  return {
    samples: ours.length,
    extraSamples: ours.length - theirs.length,
    differing: differences.filter((difference) => difference !== 0).length,
    largestDifference: differences.reduce((most, one) => Math.max(most, one), 0),
  };
}

async function decodeByLibopus(packets: readonly Buffer[]): Promise<Int16Array> {
  const dir = await mkdtemp(join(tmpdir(), 'nhip-cau-tap-'));
  try {
    const program = join(dir, 'decode');
    const source = join(import.meta.dirname, 'decode.c');
    await promisify(execFile)('cc', ['-O2', '-o', program, source, '-l:libopus.so.0']).catch(
      (error: Error) => {
        throw new Error(
          `cc and libopus are needed (apt-get install gcc libopus0): ${error.message}`,
        );
      },
    );
    const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
    const decoded = buffer(child.stdout);
    for (const packet of packets) {
      const head = Buffer.alloc(2);
      head.writeUInt16BE(packet.length);
      child.stdin.write(Buffer.concat([head, packet]));
    }
    child.stdin.end();
    const pcm = await decoded;
    return new Int16Array(pcm.buffer, pcm.byteOffset, pcm.byteLength >> 1);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
