import { sampleRate } from '../src/speech/engine.ts';
import { openSherpaEngine } from '../src/speech/engines/sherpa/engine.ts';
import { terminalLog } from './terminal-log.ts';

/** Proves that a model's folder can be used here. Rejects with what is wrong with it. */
export async function check(dir: string): Promise<void> {
  const engine = await openSherpaEngine(dir, { log: terminalLog });
  const { model } = engine;
  const lines = [
    ['name', model.name],
    ['kind', `${model.kind} (hears ${model.hears === 'stream' ? 'a stream' : 'utterances'})`],
    ['language', model.language],
    ['sample rate', `${model.sampleRate} Hz`],
    [
      'hot words',
      model.hotWords ? `by ${model.hotWords.unit}, score ${model.hotWords.score}` : 'none',
    ],
    ['writes', `${model.letterCase} case, ${model.punctuation ? 'with' : 'without'} punctuation`],
    ['licence', model.licence],
    ['threads', String(model.threads)],
  ] as const;
  for (const [what, value] of lines) console.log(`${what.padEnd(12)} ${value}`);
  const begun = performance.now();
  let failure: Error | null = null;
  const session = await engine.open(
    { language: model.language, hotWords: model.hotWords ? ['nhịp cầu'] : [] },
    {
      handlePartial: () => {},
      handleFinal: () => {},
      handleProgress: () => {},
      handleFailure: (error) => (failure = error),
    },
  );
  const loaded = performance.now();
  // Not quite silent: an utterance without a sound would not reach the model.
  session.write(Int16Array.from({ length: sampleRate }, (_, index) => (index % 2 ? 50 : -50)));
  session.endUtterance();
  await session.finish();
  if (failure) throw failure;
  console.log(`loaded       in ${seconds(loaded - begun)}`);
  console.log(`heard        a second in ${seconds(performance.now() - loaded)}`);
  console.log('good');
  await engine.close();
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;
