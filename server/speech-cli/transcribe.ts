import { type EngineChoice, engineChoice } from '../src/config-speech.ts';
import {
  type EngineFinal,
  type EngineListener,
  type EngineSession,
  sampleRate,
} from '../src/speech/engine.ts';
import { createEngine } from '../src/speech/engines/create-engine.ts';
import { Positions } from '../src/speech/transcription/positions.ts';
import { UtteranceCutter } from '../src/speech/voice/utterance-cutter.ts';
import { VoiceDetector } from '../src/speech/voice/voice-detector.ts';
import { readInput, readSound } from './sound.ts';
import { terminalLog } from './terminal-log.ts';

const piece = sampleRate / 10;

interface Wish {
  engine: string;
  file: string;
  isJson: boolean;
  language: string;
  hotWordsFile: string | undefined;
}

/** Prints what an engine makes of a file. Rejects when the engine or the file cannot be used. */
export async function transcribe(wish: Wish): Promise<void> {
  const choice = chosen(wish.engine);
  const pcm = await readSound(wish.file);
  const hotWords = wish.hotWordsFile ? await readLines(wish.hotWordsFile) : [];
  const engine = createEngine(choice, terminalLog);
  const begun = performance.now();
  const positions = new Positions();
  const failed = Promise.withResolvers<never>();
  const listener: EngineListener = {
    handlePartial: () => {},
    handleProgress: () => {},
    handleFinal: (final) => console.log((wish.isJson ? asJson : asText)(inFile(final, positions))),
    handleFailure: (error) => failed.reject(error),
  };
  try {
    const session = await engine.open({ language: wish.language, hotWords }, listener);
    const heard = hear(session, engine.wants, pcm, positions).then(() => session.finish());
    await Promise.race([heard, failed.promise]);
  } finally {
    await engine.close();
  }
  const took = (performance.now() - begun) / 1_000;
  const long = pcm.length / sampleRate;
  console.error(
    `${engine.name}: ${long.toFixed(1)} s of sound in ${took.toFixed(1)} s (${Math.round((took / long) * 100)} % of its length)`,
  );
}

function chosen(text: string): EngineChoice {
  const { success, data, error } = engineChoice.safeParse(text);
  if (!success) throw new Error(`ENGINE: ${error.issues[0]!.message}, got "${text}"`);
  if (data.kind === 'none') throw new Error('ENGINE: expected an engine, got "none"');
  if (data.kind !== 'openai') return data;
  return { ...data, apiKey: process.env['SPEECH_API_KEY'], model: process.env['SPEECH_MODEL'] };
}

async function readLines(path: string): Promise<string[]> {
  const lines = (await readInput(path))
    .toString()
    .split('\n')
    .map((line) => line.trim());
  return lines.filter((line) => line !== '');
}

/** Gives the sound to a session as the server does, as fast as it is taken. */
async function hear(
  session: EngineSession,
  wants: 'stream' | 'utterances',
  pcm: Int16Array,
  positions: Positions,
): Promise<void> {
  const write = (some: Int16Array, at: number) => {
    positions.add(at, some.length);
    session.write(some);
  };
  const detector = await VoiceDetector.open();
  const cutter = new UtteranceCutter((frame) => detector.isVoice(frame), 0, {
    handleSpeech: write,
    handleEnd: () => session.endUtterance(),
    handleSilence: () => {},
  });
  for (let at = 0; at < pcm.length; at += piece) {
    const some = pcm.slice(at, at + piece);
    if (wants === 'stream') write(some, at);
    else cutter.push(some);
    await session.drained();
  }
  if (wants === 'utterances') cutter.flush();
  detector.close();
}

/** Times within the file, in seconds. */
function inFile({ words, ...final }: EngineFinal, positions: Positions) {
  const seconds = (samples: number) => Math.round((samples / sampleRate) * 1_000) / 1_000;
  const start = (samples: number) => seconds(positions.sampleAt(samples));
  const end = (samples: number) => seconds(positions.endAt(samples));
  return {
    ...final,
    start: start(final.start),
    end: end(final.end),
    words:
      words?.map((word) => ({ ...word, start: start(word.start), end: end(word.end) })) ?? null,
  };
}

type Said = ReturnType<typeof inFile>;

const asJson = ({ text: final, ...rest }: Said) => JSON.stringify({ final, ...rest });

function asText({ start, end, confidence, text }: Said): string {
  const sure = confidence === null ? '   ' : `${Math.round(confidence * 100)}%`.padStart(3);
  return `${clock(start)}  ${clock(end)}  ${sure}  ${text}`;
}

function clock(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${String(minutes).padStart(2, '0')}:${(seconds % 60).toFixed(2).padStart(5, '0')}`;
}
