import { redactionMark } from '@nhip-cau/shared/model/transcript';
import type {
  TranscriptBody,
  TranscriptLineBody,
} from '@nhip-cau/shared/protocol/transcript-record';
import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  type Table,
  TextRun,
} from 'docx';
import { type RecordLanguage, recordWords } from '../../record/words.ts';
import { certificatePage } from './docx-certificate.ts';
import { centred, font, page, quiet, size } from './docx-form.ts';
import { letterhead } from './docx-letterhead.ts';
import { questionHeading } from './plain-text.ts';
import { speakerName } from './speaker-name.ts';
import { dayAndTime, timeOfDay, versionText } from './version-text.ts';

/** Lines of one speaker stand in one paragraph until it is as long as this, or they pause. */
const paragraphLength = 600;
const pauseMs = 15_000;

export interface DocxOptions {
  language: RecordLanguage;
  /** Only a part of the version is in it. */
  isExtract: boolean;
}

/**
 * As a Word document (ISO/IEC 29500) in the form of Vietnamese official documents (Decree
 * 30/2020/ND-CP, appendix I): speakers and times, question by question, and the certificate.
 */
export function toDocx(transcript: TranscriptBody, options: DocxOptions): Promise<Uint8Array> {
  const { language } = options;
  const { title, organiser } = transcript.dialogue;
  const certificate = transcript.certification
    ? certificatePage(transcript, transcript.certification, language)
    : [];
  const document = new Document({
    title: `${recordWords[language].transcript}: ${title}`,
    creator: organiser,
    styles: { default: { document: { run: { font, size: size.text, language: tag(language) } } } },
    sections: [
      {
        properties: { page, titlePage: true },
        headers: { first: new Header({ children: [] }), default: pageNumber() },
        footers: { first: footer(transcript, language), default: footer(transcript, language) },
        children: [
          ...letterhead(organiser, language),
          ...headings(transcript, options),
          ...speeches(transcript, language),
          ...certificate,
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

const tag = (language: RecordLanguage) => ({ value: language === 'vi' ? 'vi-VN' : 'en-GB' });

/** Decree 30: in the middle above, from the second page on. */
function pageNumber(): Header {
  return new Header({ children: [centred([new TextRun({ children: [PageNumber.CURRENT] })])] });
}

function footer(transcript: TranscriptBody, language: RecordLanguage): Footer {
  const { version, certification } = transcript;
  const words = recordWords[language];
  const state =
    certification === null
      ? words.draft
      : `${words.certified}, ${words.hash} ${certification.hash.slice(0, 16)}…`;
  const text = `${words.transcript} · ${words.version} ${version}, ${state}`;
  const pages = new TextRun({
    ...quiet,
    children: ['   ', PageNumber.CURRENT, '/', PageNumber.TOTAL_PAGES],
  });
  return new Footer({ children: [centred([new TextRun({ ...quiet, text }), pages])] });
}

function headings(
  transcript: TranscriptBody,
  { language, isExtract }: DocxOptions,
): (Paragraph | Table)[] {
  const words = recordWords[language];
  const { title, startsAt, startedAt, endedAt } = transcript.dialogue;
  const kind = isExtract
    ? `${words.transcript} (${words.extract.toLowerCase()})`
    : words.transcript;
  const facts = [
    `${words.startedAt}: ${dayAndTime(startedAt ?? startsAt, language)}`,
    ...(endedAt === null ? [] : [`${words.endedAt}: ${dayAndTime(endedAt, language)}`]),
    ...versionText(transcript, language),
  ];
  return [
    new Paragraph({
      heading: HeadingLevel.TITLE,
      alignment: AlignmentType.CENTER,
      spacing: { before: 240, after: 60 },
      children: [bold(kind.toUpperCase())],
    }),
    centred([bold(title)], { after: 200 }),
    ...facts.map((text) => new Paragraph({ spacing: { after: 60 }, text })),
    new Paragraph({ text: '' }),
  ];
}

function speeches({ lines, questions }: TranscriptBody, language: RecordLanguage): Paragraph[] {
  const byId = new Map(questions.map((question) => [question.id, question]));
  const paragraphs: Paragraph[] = [];
  let before: TranscriptLineBody[] = [];
  const flush = () => {
    if (before.length > 0) paragraphs.push(speech(before, language));
    before = [];
  };
  let speaking = '';
  let questionId: string | null = null;
  for (const line of lines) {
    const question = line.questionId === null ? undefined : byId.get(line.questionId);
    const speaker = speakerName(line.speaker, language);
    const isNewQuestion = question !== undefined && question.id !== questionId;
    if (isNewQuestion || speaker !== speaking || !goesOn(before, line)) flush();
    if (isNewQuestion) paragraphs.push(heading(questionHeading(question, language)));
    if (isNewQuestion || speaker !== speaking) paragraphs.push(speakerLine(speaker));
    speaking = speaker;
    questionId = line.questionId;
    before.push(line);
  }
  flush();
  return paragraphs;
}

function goesOn(before: readonly TranscriptLineBody[], line: TranscriptLineBody): boolean {
  const last = before.at(-1);
  if (!last) return true;
  const length = before.reduce((sum, { text }) => sum + text.length, 0);
  return length < paragraphLength && line.at - (last.endAt ?? last.at) < pauseMs;
}

function heading(text: string): Paragraph {
  return new Paragraph({
    heading: HeadingLevel.HEADING_2,
    keepNext: true,
    spacing: { before: 280, after: 120 },
    children: [bold(text)],
  });
}

function speakerLine(speaker: string): Paragraph {
  return new Paragraph({
    keepNext: true,
    spacing: { before: 120, after: 40 },
    children: [new TextRun({ text: `${speaker}:`, bold: true, italics: true, color: '000000' })],
  });
}

function speech(lines: readonly TranscriptLineBody[], language: RecordLanguage): Paragraph {
  const children = lines.flatMap((line, index) => [
    ...(index === 0 ? [new TextRun({ ...quiet, text: `[${timeOfDay(line.at)}]  ` })] : [space]),
    ...said(line, language),
  ]);
  return new Paragraph({
    alignment: AlignmentType.JUSTIFIED,
    spacing: { after: 120, line: 300 },
    children,
  });
}

const space = new TextRun({ text: ' ' });

/** A line's words; where something was taken out, why. */
function said({ text, redactions }: TranscriptLineBody, language: RecordLanguage): TextRun[] {
  const parts = text.replaceAll(/\s*\n\s*/g, ' ').split(redactionMark);
  const reasons = redactions.map(({ reason }) => reason);
  return parts.flatMap((part, index) => {
    const run = new TextRun({ text: part });
    if (index === parts.length - 1) return [run];
    const isLast = index === parts.length - 2;
    // Parts that touch are hidden by one mark: its reasons stand together behind the last.
    const why = isLast ? reasons.slice(index).join('; ') : (reasons[index] ?? '');
    const note = `[${recordWords[language].redacted}: ${why}]`;
    return [
      run,
      new TextRun({ text: redactionMark }),
      ...(why === '' ? [] : [new TextRun({ ...quiet, text: ` ${note}` })]),
    ];
  });
}

const bold = (text: string) => new TextRun({ text, bold: true, color: '000000', size: size.text });
