/** The page `by` pages further, within the document. */
export function stepped({ page, pages }: { page: number; pages: number }, by: number): number {
  return Math.min(Math.max(page + by, 1), pages);
}

/** How far a key goes through a document; a presenter's remote control sends these. */
export function stepOf({
  key,
  altKey,
  ctrlKey,
  metaKey,
  shiftKey,
}: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>): -1 | 0 | 1 {
  if (altKey || ctrlKey || metaKey || shiftKey) return 0;
  return key === 'PageDown' ? 1 : key === 'PageUp' ? -1 : 0;
}

const longestTitle = 200;

/** A document's title from its file's name: without the ending, as one line. */
export function titleOf(fileName: string): string {
  const name = fileName.normalize('NFC').replace(/\.[a-z0-9]{1,5}$/i, '');
  const line = name.replace(/[\p{Cc}\p{Cf}\s_]+/gu, ' ').trim();
  return [...line].slice(0, longestTitle).join('').trim() || '–';
}
