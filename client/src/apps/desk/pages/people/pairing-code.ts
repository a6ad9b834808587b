/** Characters that count; shown in two groups. */
export const pairingCodeLength = 8;
const groupLength = 4;

/** The characters of a code that count, however it was typed or pasted: upper case, no others. */
export function codeCharacters(typed: string): string {
  return typed
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, pairingCodeLength);
}

/** A code, whole or not, as it is shown: `ABCD-EFGH`. */
export function groupedCode(typed: string): string {
  const characters = codeCharacters(typed);
  const first = characters.slice(0, groupLength);
  const rest = characters.slice(groupLength);
  return rest ? `${first}-${rest}` : first;
}

/** Where a paired computer goes to work. */
export function pageOf(paired: { role: 'moderator' | 'screen'; bridgePointId: string }): string {
  return paired.role === 'moderator'
    ? `/hall/${paired.bridgePointId}`
    : `/screen?bridgePoint=${paired.bridgePointId}`;
}
