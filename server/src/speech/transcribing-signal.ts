import type { TranscribingSignal } from '@nhip-cau/shared/protocol/signals';

/** From here on the engine counts as behind, in ms. */
export const behindMs = 5_000;

/** A run of one dialogue that is on its way through the engine. */
export interface RunUnderWay {
  /** It is off air. */
  isEnded: boolean;
  /** The newest session has failed, and no other stands yet. */
  isDown: boolean;
  /** How much of its sound no session was given yet, in ms. */
  waitingMs: number;
  /** How long ago it was said what is to be transcribed next, in ms. */
  ageMs: number;
}

/** What the desk is told of one dialogue; `late`: its runs that wait for their turn, and how they fare. */
export function transcribingSignal(
  engine: string | null,
  microphones: number,
  underWay: readonly RunUnderWay[],
  late: { waiting: number; isFailing: boolean },
): TranscribingSignal {
  if (engine === null) return { engine, state: 'off', behindMs: 0, runs: 0 };
  const ages = underWay
    .filter(({ isEnded, waitingMs }) => isEnded || waitingMs > behindMs)
    .map(({ ageMs }) => ageMs);
  const oldest = Math.max(0, ...ages);
  const isDown = underWay.some((run) => run.isDown) || (late.waiting > 0 && late.isFailing);
  const isBehind = late.waiting > 0 || oldest > behindMs;
  return {
    engine,
    state: isDown ? 'down' : isBehind ? 'behind' : 'listening',
    // In whole seconds: the desk is told of what changes.
    behindMs: isBehind ? Math.floor(oldest / 1_000) * 1_000 : 0,
    runs: microphones,
  };
}

const byWeight: TranscribingSignal['state'][] = ['off', 'listening', 'behind', 'down'];

/** What several nodes say of one dialogue together: each hears the microphones that come in there. */
export function combineTranscribing(parts: readonly TranscribingSignal[]): TranscribingSignal {
  const worst = Math.max(...parts.map(({ state }) => byWeight.indexOf(state)));
  return {
    engine: parts.find(({ engine }) => engine !== null)?.engine ?? null,
    state: byWeight[worst]!,
    behindMs: Math.max(...parts.map((part) => part.behindMs)),
    runs: parts.reduce((sum, { runs }) => sum + runs, 0),
  };
}
