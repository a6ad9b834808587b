const prefix = /^điểm cầu\s+/iu;

/** A hall's name without the words that every one begins with: `Phường Bồ Đề`. */
export function hallName(name: string): string {
  const rest = name.replace(prefix, '').trim();
  return rest === '' ? name : rest.charAt(0).toLocaleUpperCase('vi') + rest.slice(1);
}
