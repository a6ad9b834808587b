import type { Handling } from '@nhip-cau/shared/protocol/signals';

/**
 * Who opened the entry before this page did, first come first; everybody when this page has not
 * opened it, as far as the server knows.
 */
export function openedBefore(
  handling: readonly Handling[] | undefined,
  ownSocketId: string | null,
): readonly Handling[] {
  if (!handling) return [];
  const own = handling.findIndex(({ socketId }) => socketId === ownSocketId);
  return own < 0 ? handling : handling.slice(0, own);
}

/** Every other page that has the entry open. */
export function othersOf(
  handling: readonly Handling[] | undefined,
  ownSocketId: string | null,
): readonly Handling[] {
  return handling?.filter(({ socketId }) => socketId !== ownSocketId) ?? [];
}

/** Names without repeating one that has the entry open twice. */
export function namesOf(handling: readonly Handling[]): string[] {
  return [...new Set(handling.map(({ name }) => name))];
}

/** The first letters of the last two words of a name: Vietnamese names put the given one last. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).slice(-2);
  return words.map((word) => word.charAt(0).toLocaleUpperCase('vi')).join('');
}
