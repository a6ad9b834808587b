import type { TranscribingSignal } from '@nhip-cau/shared/protocol/signals';

export type EngineWords = TranscribingSignal['state'] | 'idle' | 'waiting' | 'downAfter';

/**
 * What the desk is told of the speech engine, as a key of `transcript.engine`. `isOver`: the dialogue
 * has ended, nothing is typed any more, and only what is still to come matters. `null`: nothing does.
 */
export function engineWords(
  { state, runs, behindMs }: Pick<TranscribingSignal, 'state' | 'runs' | 'behindMs'>,
  isOver: boolean,
): EngineWords | null {
  if (isOver) return state === 'down' ? 'downAfter' : state === 'behind' ? 'waiting' : null;
  if (state === 'listening' && runs === 0) return 'idle';
  // What was kept waits for its turn: nothing of it is under way that would say how late.
  return state === 'behind' && behindMs === 0 ? 'waiting' : state;
}
