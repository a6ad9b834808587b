import {
  AlignmentType,
  BorderStyle,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { RecordLanguage } from '../../record/words.ts';
import { centred, mm, page, size, withoutBorders } from './docx-form.ts';

const { width } = page.size;
const inner = width - page.margin.left - page.margin.right;
/** Whose paper it is, and the nation's name and motto. */
const columns = [Math.round(inner * 0.4), Math.round(inner * 0.6)] as const;

/** The head of a Vietnamese official document; in other languages only who gives it out. */
export function letterhead(organiser: string, language: RecordLanguage): (Table | Paragraph)[] {
  const issuer = [bold(organiser.toUpperCase(), size.table), rule(columns[0], 18)];
  if (language !== 'vi') return issuer;
  const nation = [
    bold('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', size.table - 2),
    bold('Độc lập - Tự do - Hạnh phúc', size.text - 2),
    rule(columns[1], 52),
  ];
  return [
    new Table({
      width: { size: inner, type: WidthType.DXA },
      columnWidths: [...columns],
      borders: withoutBorders,
      rows: [new TableRow({ children: [cell(issuer, columns[0]), cell(nation, columns[1])] })],
    }),
  ];
}

function cell(children: Paragraph[], size: number): TableCell {
  return new TableCell({
    children,
    width: { size, type: WidthType.DXA },
    margins: { left: 0, right: 0 },
  });
}

const bold = (text: string, size: number) => centred([new TextRun({ text, bold: true, size })]);

/** A line of so many millimetres below the words above it, in the middle of a column. */
function rule(column: number, length: number): Paragraph {
  const side = Math.round((column - mm(length)) / 2);
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    indent: { left: side, right: side },
    spacing: { line: 60, lineRule: 'exact', before: 60, after: 120 },
    border: { top: { style: BorderStyle.SINGLE, size: 6, color: '000000', space: 1 } },
  });
}
