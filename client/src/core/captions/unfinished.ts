import { spokenTrack } from '@nhip-cau/shared/model/transcript';
import type { CaptionFact, StageTurn } from '@nhip-cau/shared/protocol/facts';
import type { SpokenLine } from '@nhip-cau/shared/protocol/signals';
import type { TypedWords } from '@nhip-cau/shared/model/stenography';

/** Words that may still change: heard by an engine, or being typed. */
export interface UnfinishedLine {
  id: string;
  speaker: CaptionFact['speaker'];
  text: string;
}

/** An engine's final words begin and end a little beside what it first took for them, in ms. */
const slackMs = 300;

export interface UnfinishedSources {
  captions: readonly CaptionFact[];
  speaking: readonly SpokenLine[];
  typed: readonly TypedWords[];
  stage: { onAir: Pick<StageTurn, 'bridgePointName' | 'asker'> | null } | null;
  track: string;
}

/**
 * The lines of a track that are not final yet, oldest first. What is final already is left out: its
 * caption may be here before the news that nothing is unfinished any more.
 */
export function unfinishedLines(sources: UnfinishedSources): UnfinishedLine[] {
  const { captions, speaking, typed, stage, track } = sources;
  const onAir = stage?.onAir ?? null;
  const turn = (bridgePointName: string): CaptionFact['speaker'] => ({
    kind: 'turn',
    bridgePointName,
    asker: onAir?.bridgePointName === bridgePointName ? onAir.asker : null,
    name: null,
  });
  const host = { kind: 'host', name: null } as const;
  const heard = (track === spokenTrack ? speaking : [])
    .filter((line) => !isFinal(line, captions))
    .toSorted((a, b) => a.at - b.at)
    .map(({ runId, isHost, bridgePointName, text }) => ({
      id: runId,
      speaker: isHost ? host : turn(bridgePointName),
      text,
    }));
  const written = typed
    .filter((line) => line.track === track)
    .map(({ id, speaker, text }) => ({
      id,
      speaker: speaker === 'turn' && onAir ? turn(onAir.bridgePointName) : host,
      text,
    }));
  return [...heard, ...written];
}

function isFinal(line: SpokenLine, captions: readonly CaptionFact[]): boolean {
  return captions.some(
    ({ endAt, speaker }) =>
      endAt !== null &&
      endAt > line.at + slackMs &&
      (line.isHost
        ? speaker.kind === 'host'
        : speaker.kind === 'turn' && speaker.bridgePointName === line.bridgePointName),
  );
}
