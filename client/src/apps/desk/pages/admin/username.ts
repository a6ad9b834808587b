import { fold } from '@nhip-cau/shared/model/text';

/** A user name as the city writes them, from a name family name first: "Nguyễn Thị Hoa" → `hoa.nt`. */
export function suggestUsername(displayName: string): string {
  const words = fold(displayName)
    .replace(/[^a-z0-9\s]/g, '')
    .split(/\s+/)
    .filter((word) => word !== '');
  const given = words.at(-1);
  if (given === undefined) return '';
  const initials = words.slice(0, -1).map((word) => word[0]!);
  return (initials.length > 0 ? `${given}.${initials.join('')}` : given).slice(0, 40);
}

/** Whether the server would take it: 2 to 40 of a–z, 0–9, dot, hyphen, underscore. */
export const isUsername = (text: string) => /^[a-z0-9][a-z0-9._-]{1,39}$/.test(text);
