/** The sample's rows: what each column is for, in one look. */
const rows = [
  ['ba-vi-01', 'Điểm cầu 01 – Ba Vì', 'Ba Vì', 'xã', '25'],
  ['ba-vi-02', 'Điểm cầu 02 – Ba Vì', 'Ba Vì', 'xã', '30'],
  ['dong-da-01', 'Điểm cầu 01 – Đống Đa', 'Đống Đa', 'phường', '26'],
];

/** A CSV to fill in, under headings that the import knows; with the mark by which Excel sees UTF-8. */
export function sampleFile(headings: readonly string[]): Blob {
  const lines = [headings, ...rows].map((cells) => cells.join(','));
  return new Blob([`\u{FEFF}${lines.join('\r\n')}\r\n`], { type: 'text/csv;charset=utf-8' });
}

/** Hands a file to the person, as a download does. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
