import type { SpokenLine, TranscribingSignal } from '@nhip-cau/shared/protocol/signals';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { DialogueEngine } from './dialogue/kernel/engine.ts';
import { systemClock } from './dialogue/kernel/timer-clock.ts';
import type { Bus, NodeValues } from './dialogue/nodes/ports.ts';
import type { MediaService } from './media/media-service.ts';
import type { SpeechEngine } from './speech/engine.ts';
import { createEngine } from './speech/engines/create-engine.ts';
import { LogSink } from './speech/log-sink.ts';
import { SoundExchange } from './speech/sound-exchange.ts';
import { SpeechService } from './speech/speech-service.ts';
import { soundOf } from './speech/spool/shelf.ts';
import { combineTranscribing } from './speech/transcribing-signal.ts';
import { VocabularyWriter } from './speech/vocabulary-writer.ts';
import { roomOf } from './transport/socket/audiences.ts';
import { NodeParts } from './transport/socket/node-parts.ts';
import type { SignalBoard } from './transport/socket/signals.ts';

const noEngine = 'the speech engine cannot be used; what is said is kept until it can';

export interface SpeechParts {
  config: Config;
  /** In place of the one that the configuration names. */
  speechEngine: SpeechEngine | undefined;
  media: Pick<MediaService, 'tap'>;
  engine: DialogueEngine;
  bus: Bus;
  values: NodeValues;
  signals: () => Pick<SignalBoard, 'set'>;
  onError: (error: unknown, dialogueId: string) => void;
  log: Logger;
}

/** Starts what listens to those on air, which without an engine does nothing, and what plays it. */
export async function openSpeeches({
  config,
  speechEngine,
  media,
  engine,
  bus,
  values,
  signals,
  onError,
  log,
}: SpeechParts): Promise<{ speeches: SpeechService; speechAudio: SoundExchange }> {
  const spoken = new NodeParts<SpokenLine[]>({
    values,
    name: 'speaking',
    combine: (parts) => parts.flat(),
    tell: (dialogueId, _id, now) =>
      signals().set(dialogueId, roomOf(dialogueId, 'everyone'), 'speaking', { lines: now ?? [] }),
  });
  const transcribing = new NodeParts<TranscribingSignal>({
    values,
    name: 'transcribing',
    combine: combineTranscribing,
    tell: (dialogueId, _id, now) => {
      const value = now ?? { engine: null, state: 'off', behindMs: 0, runs: 0 };
      signals().set(dialogueId, roomOf(dialogueId, 'desk'), 'transcribing', value);
    },
  });
  const { engine: choice } = config.speech;
  const hears = speechEngine ?? (choice && createEngine(choice, log));
  const speeches = new SpeechService({
    engine: hears,
    language: config.speech.language,
    dir: config.speech.dir,
    keepDays: config.speech.keepDays,
    floorBytes: config.recording.disk.floorBytes,
    sink: new LogSink(engine, (dialogueId, { lineId }, reason) =>
      onError(new Error(`the log refused the line ${lineId}`, { cause: reason }), dialogueId),
    ),
    writer: new VocabularyWriter(engine, onError),
    clock: systemClock,
    onSpoken: (dialogueId, lines) => spoken.set(dialogueId, '', lines.length > 0 ? lines : null),
    onTranscribing: (dialogueId, signal) => transcribing.set(dialogueId, '', signal),
    onLook: (fault) => {
      if (fault === null) log.info({ engine: hears?.name }, 'the speech engine is there');
      else log.warn({ engine: hears?.name }, `${noEngine}: ${fault.message}`);
    },
    onRetry: (err, dialogueId) => log.warn({ err, dialogueId }, 'speech is to be heard again'),
    onError,
  });
  await speeches.start();
  media.tap(speeches);
  const { dir } = config.speech;
  const own = (dialogueId: string, runId: string) => soundOf(dir, { dialogueId, runId });
  const speechAudio = new SoundExchange({ bus, values, own, clock: systemClock, onError });
  return { speeches, speechAudio };
}
