export type Step = 'up' | 'down' | 'top';

/** Before whom `id` goes by one step within the queue's `ids`; `undefined` when it stands there. */
export function stepTarget(
  ids: readonly string[],
  id: string,
  step: Step,
): string | null | undefined {
  const index = ids.indexOf(id);
  if (index < 0) return undefined;
  if (step === 'down') return index === ids.length - 1 ? undefined : (ids[index + 2] ?? null);
  if (index === 0) return undefined;
  return step === 'top' ? ids[0] : ids[index - 1];
}

/**
 * Before whom `id` goes when it was dropped at `index` of the shown `ids` (counted without it). A
 * filter may hide others: it goes right before the next shown one, or right behind the last.
 */
export function dropTarget(
  queue: readonly string[],
  shown: readonly string[],
  id: string,
  index: number,
): string | null | undefined {
  const others = shown.filter((other) => other !== id);
  if (shown.indexOf(id) === index) return undefined;
  const next = others[index];
  if (next !== undefined) return next;
  const last = others.at(-1);
  if (last === undefined) return undefined;
  const rest = queue.filter((other) => other !== id);
  return rest[rest.indexOf(last) + 1] ?? null;
}
