/** How many people share a question, as a text's key and its numbers; `null` when one alone has it. */
export function sharedBy({
  supporters,
  halls,
}: {
  /** People besides its asker. */
  supporters: number;
  halls: number;
}): { key: 'people' | 'peopleAcross'; people: number; halls: number } | null {
  if (supporters === 0) return null;
  return { key: halls > 1 ? 'peopleAcross' : 'people', people: supporters + 1, halls };
}
