import type { DialogueState } from '@nhip-cau/shared/model/session';
import type { TranscribingSignal } from '@nhip-cau/shared/protocol/signals';
import type { Line } from './line.ts';
import { countLow } from './low-words.ts';

export type MissingName = 'running' | 'untranscribed' | 'low' | 'unsaved' | 'conflicts';

export interface Missing {
  name: MissingName;
  count: number;
}

interface Work {
  lines: readonly Pick<Line, 'id' | 'lowWords' | 'isRemoved'>[];
  dialogueState: DialogueState;
  transcribing: Pick<TranscribingSignal, 'state' | 'runs'> | null;
  unsaved: number;
  conflicts: number;
}

/**
 * What is still to be done before a transcript can be called finished, the gravest first. None of
 * it forbids: who certifies decides, knowing it.
 */
export function missingIn(work: Work): Missing[] {
  const { dialogueState, transcribing, unsaved, conflicts } = work;
  const isLate = transcribing?.state === 'behind' || transcribing?.state === 'down';
  const all: Missing[] = [
    { name: 'running', count: Number(dialogueState !== 'ended') },
    { name: 'untranscribed', count: isLate ? Math.max(1, transcribing.runs) : 0 },
    { name: 'conflicts', count: conflicts },
    { name: 'unsaved', count: unsaved },
    { name: 'low', count: countLow(work.lines.filter(({ isRemoved }) => !isRemoved)) },
  ];
  return all.filter(({ count }) => count > 0);
}
