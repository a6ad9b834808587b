/** Who a line is attributed to: the head table or the hall on air, by name where one is known. */
export interface StenoSpeaker {
  by: 'turn' | 'host';
  name: string | null;
}

/** Keys that choose a speaker; F5 loads the page anew. */
export const speakerKeys = ['F1', 'F2', 'F3', 'F4', 'F6', 'F7', 'F8', 'F9'] as const;

/** Names that one desk keeps at hand: those that have a key, beside the two that always have one. */
export const maxNames = speakerKeys.length - 2;

/**
 * The speakers by key: the head table, the hall on air, then names at the head table, in the order in
 * which they were given.
 */
export function speakersOf(names: readonly string[]): StenoSpeaker[] {
  return [
    { by: 'host', name: null },
    { by: 'turn', name: null },
    ...names.slice(0, maxNames).map((name) => ({ by: 'host' as const, name })),
  ];
}

/** The names with this one at hand; those with a key keep it. */
export function withName(names: readonly string[], name: string): string[] {
  const plain = name.trim().replace(/\s+/g, ' ');
  if (plain === '' || names.includes(plain)) return [...names];
  return names.length < maxNames ? [...names, plain] : [...names.slice(0, maxNames - 1), plain];
}

/** The speaker of a key that was pressed; `null` when it is no speaker's. */
export function speakerOfKey(key: string, names: readonly string[]): StenoSpeaker | null {
  const place = (speakerKeys as readonly string[]).indexOf(key);
  return speakersOf(names)[place] ?? null;
}
