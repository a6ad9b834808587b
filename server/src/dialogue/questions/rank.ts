import type { Question } from '../kernel/state.ts';

/** Distance between neighbours when there is room. */
const spacing = 1_024;

/** The rank behind the last of the queue. */
export function rankAtEnd(queue: readonly Question[]): number {
  return (queue.at(-1)?.rank ?? 0) + spacing;
}

/**
 * The rank just before `beforeId` (last when `null`), for a question that is itself `movedId`.
 * `null` when the two neighbours are too close for a number between them: spread them first.
 */
export function rankBefore(
  queue: readonly Question[],
  movedId: string,
  beforeId: string | null,
): number | null {
  const others = queue.filter((question) => question.id !== movedId);
  if (beforeId === null) return rankAtEnd(others);
  const index = others.findIndex((question) => question.id === beforeId);
  const upper = others[index]?.rank ?? 0;
  const lower = others[index - 1]?.rank ?? upper - 2 * spacing;
  const middle = (lower + upper) / 2;
  return middle > lower && middle < upper ? middle : null;
}

/** Even ranks in the present order. */
export function spreadRanks(queue: readonly Question[]): Record<string, number> {
  return Object.fromEntries(queue.map(({ id }, index) => [id, (index + 1) * spacing]));
}

/** Puts a question at its rank's place. */
export function insertByRank(queue: Question[], question: Question): void {
  const rank = question.rank ?? 0;
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((queue[middle]?.rank ?? 0) <= rank) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, question);
}

/** Takes a question out, if it is there. */
export function removeFromQueue(queue: Question[], id: string): void {
  const index = queue.findIndex((question) => question.id === id);
  if (index >= 0) queue.splice(index, 1);
}
