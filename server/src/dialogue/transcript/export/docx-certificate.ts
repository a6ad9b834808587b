import type { Certification } from '@nhip-cau/shared/protocol/transcript';
import type { TranscriptBody } from '@nhip-cau/shared/protocol/transcript-record';
import {
  AlignmentType,
  HeadingLevel,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { type RecordLanguage, recordWords } from '../../record/words.ts';
import { page, quiet, size } from './docx-form.ts';
import { dayAndTime } from './version-text.ts';

const inner = page.size.width - page.margin.left - page.margin.right;
const columns = [Math.round(inner * 0.32), Math.round(inner * 0.68)] as const;
/** Characters of the hash that stand together. */
const hashGroup = 16;

/** Who certified what exactly, on a page of its own. */
export function certificatePage(
  transcript: TranscriptBody,
  certification: Certification,
  language: RecordLanguage,
): (Paragraph | Table)[] {
  const words = recordWords[language];
  const { certifiedBy, at, hash, supersededAt, reason } = certification;
  const groups = Array.from({ length: hash.length / hashGroup }, (_, index) =>
    hash.slice(index * hashGroup, (index + 1) * hashGroup),
  );
  const facts: [string, string[]][] = [
    [words.event, [transcript.dialogue.title]],
    [words.organiser, [transcript.dialogue.organiser]],
    [words.version, [String(certification.version)]],
    [words.certifiedBy, [certifiedBy]],
    [words.certifiedAt, [dayAndTime(at, language)]],
  ];
  if (supersededAt !== null) {
    const when = `${dayAndTime(supersededAt, language)}, ${words.reason}: ${reason ?? ''}`;
    facts.push([words.supersededAt, [when]]);
  }
  return [
    new Paragraph({
      heading: HeadingLevel.HEADING_1,
      pageBreakBefore: true,
      alignment: AlignmentType.CENTER,
      spacing: { after: 240 },
      children: [
        new TextRun({
          text: words.certificate.toUpperCase(),
          bold: true,
          color: '000000',
          size: size.text,
        }),
      ],
    }),
    new Paragraph({
      alignment: AlignmentType.JUSTIFIED,
      spacing: { after: 240, line: 320 },
      text: words.statement,
    }),
    new Table({
      width: { size: inner, type: WidthType.DXA },
      columnWidths: [...columns],
      rows: [
        ...facts.map(([name, values]) => row(name, values)),
        row(words.hash, groups, 'Courier New'),
      ],
    }),
    new Paragraph({
      spacing: { before: 160, after: 400 },
      children: [new TextRun({ ...quiet, italics: true, text: words.hashOfAll })],
    }),
    ...signature(certifiedBy, language),
  ];
}

function row(name: string, values: readonly string[], font?: string): TableRow {
  const text = (value: string, isBold: boolean) =>
    new Paragraph({
      children: [
        new TextRun({
          text: value,
          bold: isBold,
          size: size.table,
          ...(font && !isBold && { font }),
        }),
      ],
    });
  const cell = (children: Paragraph[], width: number) =>
    new TableCell({
      children,
      width: { size: width, type: WidthType.DXA },
      margins: { top: 60, bottom: 60, left: 100, right: 100 },
    });
  return new TableRow({
    cantSplit: true,
    children: [
      cell([text(name, true)], columns[0]),
      cell(
        values.map((value) => text(value, false)),
        columns[1],
      ),
    ],
  });
}

/** In the right half of the page. */
function signature(name: string, language: RecordLanguage): Paragraph[] {
  const words = recordWords[language];
  const indent = { left: Math.round(inner / 2) };
  const line = (run: TextRun, after: number) =>
    new Paragraph({
      alignment: AlignmentType.CENTER,
      indent,
      keepNext: true,
      spacing: { after },
      children: [run],
    });
  return [
    line(new TextRun({ text: words.certifiedBy.toUpperCase(), bold: true }), 0),
    line(new TextRun({ text: words.signature, italics: true, size: size.table }), 1_200),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      indent,
      children: [new TextRun({ text: name, bold: true })],
    }),
  ];
}
