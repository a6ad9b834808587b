import { constants, setPriority } from 'node:os';
import type { FromRecogniser, ToRecogniser } from './messages.ts';
import type { CreateRecogniser, Recogniser, RecogniserStream } from './recogniser.ts';

/* A recogniser in a process of its own: a crash of the library, or of a model, ends nothing else. */

let recogniser: Recogniser | null = null;
const streams = new Map<number, RecogniserStream>();

const tell = (message: FromRecogniser) => void process.send!(message);

async function load({ model, hotWords, module }: ToRecogniser & { kind: 'load' }): Promise<void> {
  const { createRecogniser } = (await import(module)) as { createRecogniser: CreateRecogniser };
  recogniser = createRecogniser(model, hotWords);
  tell({ kind: 'ready' });
}

async function obey(message: ToRecogniser): Promise<void> {
  switch (message.kind) {
    case 'load':
      return load(message);
    case 'open':
      return void streams.set(message.stream, recogniser!.openStream!());
    case 'sound': {
      const { stream, pcm } = message;
      const heard = streams.get(stream)?.hear(pcm);
      return heard && tell({ kind: 'heard', stream, samples: pcm.length, heard });
    }
    case 'finish': {
      const { stream } = message;
      const heard = streams.get(stream)?.finish();
      streams.delete(stream);
      return heard && tell({ kind: 'finished', stream, heard });
    }
    case 'close':
      return void streams.delete(message.stream);
    case 'transcribe': {
      const { utterance, pcm, hotWords } = message;
      tell({ kind: 'transcribed', utterance, ...recogniser!.transcribe!(pcm, hotWords) });
    }
  }
}

// The live dialogue comes first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToRecogniser) => {
  obey(message).catch((error: unknown) => {
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
    process.disconnect();
  });
});
