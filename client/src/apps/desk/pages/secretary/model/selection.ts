/** Entries chosen for a step together, and from where a range goes. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly anchorId: string | null;
}

export const nothingSelected: Selection = { ids: new Set(), anchorId: null };

/** Adds the entry, or takes it out. */
export function toggled({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchorId: id };
}

/** Adds all of the shown ones from the anchor to `id`; the anchor stays. */
export function extended(
  { ids, anchorId }: Selection,
  shown: readonly string[],
  id: string,
): Selection {
  const to = shown.indexOf(id);
  if (to < 0) return { ids, anchorId };
  const from = anchorId === null ? -1 : shown.indexOf(anchorId);
  const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
  return {
    ids: new Set([...ids, ...shown.slice(first, last + 1)]),
    anchorId: from < 0 ? id : anchorId,
  };
}

/** Adds all of the shown ones; takes them out when all of them are in. */
export function allToggled({ ids }: Selection, shown: readonly string[]): Selection {
  const next = new Set(ids);
  if (shown.every((id) => next.has(id))) for (const id of shown) next.delete(id);
  else for (const id of shown) next.add(id);
  return { ids: next, anchorId: null };
}
