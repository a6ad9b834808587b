import { join } from 'node:path';
import { type Contender, payloadTypes, ssrcs } from './contender.ts';
import { LineProgram } from './native.ts';

/** The program that only encrypts and sends; see floor.c. */
export async function startFloor(folder: string): Promise<Contender> {
  const program = new LineProgram(join(folder, 'floor'));
  const port = Number(await program.line());
  return {
    pid: program.pid,
    targets: {
      audio: { port, ssrc: ssrcs.audio, payloadType: payloadTypes.audio },
      video: { port, ssrc: ssrcs.video, payloadType: payloadTypes.video },
    },
    async add(ports) {
      program.write(`${ports.join('\n')}\n\n`);
      await program.line();
    },
    async close() {
      program.close();
    },
  };
}
