import type {
  FairnessFigures,
  FairnessReportBody,
} from '@nhip-cau/shared/protocol/fairness-report';
import type { RecordLanguage } from '../record/words.ts';
import type { Cell, Sheet } from '../sheets/sheet.ts';
import { type FairnessWords, fairnessWords } from './words.ts';

export type FairnessSheet = keyof FairnessWords['sheets'];

/** The report as tables, each under its name. */
export function fairnessSheets(
  report: FairnessReportBody,
  language: RecordLanguage,
): Record<FairnessSheet, Sheet> {
  const words = fairnessWords[language];
  const { sheets } = words;
  return {
    districts: districtSheet(report, words),
    fields: {
      name: sheets.fields,
      columns: [{ head: words.field, width: 28 }, ...figureColumns(words)],
      rows: report.fields.map((row) => [row.field ?? words.noField, ...figures(row)]),
    },
    neverHeard: {
      name: sheets.neverHeard,
      columns: [
        { head: words.district, width: 20 },
        { head: words.hall, width: 36 },
        { head: words.code, width: 16 },
        { head: words.questions, width: 12 },
        { head: words.waiting, width: 12 },
      ],
      rows: report.neverHeard.map((hall) => [
        hall.district,
        hall.name,
        hall.code,
        hall.questions,
        hall.waiting,
      ]),
    },
    pins: pinSheet(report, words),
  };
}

function districtSheet({ districts, totals }: FairnessReportBody, words: FairnessWords): Sheet {
  const rows = districts.map((row): Cell[] => [
    row.district,
    row.halls,
    row.hallsHeard,
    ...figures(row),
  ]);
  const share = totals.spokenMs === 0 ? 0 : 1;
  const sum: Cell[] = [
    words.total,
    totals.halls,
    totals.hallsHeard,
    ...figures({ ...totals, share }),
  ];
  return {
    name: words.sheets.districts,
    columns: [
      { head: words.district, width: 20 },
      { head: words.halls, width: 10 },
      { head: words.hallsHeard, width: 14 },
      ...figureColumns(words),
    ],
    rows: [...rows, sum],
  };
}

function pinSheet({ pins }: FairnessReportBody, words: FairnessWords): Sheet {
  return {
    name: words.sheets.pins,
    columns: [
      { head: words.at, width: 20 },
      { head: words.by, width: 28 },
      { head: words.place, width: 24 },
      { head: words.reason, width: 40 },
      { head: words.question, width: 60 },
      { head: words.hall, width: 36 },
      { head: words.district, width: 20 },
    ],
    rows: pins.map((pin): Cell[] => [
      { at: pin.at },
      [words.roles[pin.by.role] ?? pin.by.role, pin.by.name].filter(Boolean).join(': '),
      pin.place ?? words.givenBack,
      pin.reason,
      pin.wording,
      pin.bridgePointName,
      pin.district,
    ]),
  };
}

function figureColumns(words: FairnessWords): Sheet['columns'] {
  const keys = ['questions', 'heard', 'waiting', 'settled', 'turns', 'seconds', 'share'] as const;
  return keys.map((key) => ({ head: words[key], width: 14 }));
}

function figures(row: FairnessFigures): Cell[] {
  return [
    row.questions,
    row.heard,
    row.waiting,
    row.settled,
    row.turns,
    Math.round(row.spokenMs / 1_000),
    Math.round(row.share * 1_000) / 10,
  ];
}
