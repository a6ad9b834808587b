import { fold } from '@nhip-cau/shared/model/text';

/**
 * Whether a text has every sought word, in any order, diacritics or not: "ba vi 7" finds
 * "Điểm cầu 07 – Ba Vì". Give it the words once and the texts one by one.
 */
export function finder(sought: string): (text: string) => boolean {
  const words = fold(sought)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return () => true;
  return (text) => {
    const folded = fold(text);
    return words.every((word) => folded.includes(word));
  };
}
