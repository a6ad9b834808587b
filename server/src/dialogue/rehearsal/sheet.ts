import { type Check, checkNames } from '@nhip-cau/shared/model/rehearsal';
import { compareText } from '@nhip-cau/shared/model/text';
import type { DialogueState } from '../kernel/state.ts';
import type { RecordLanguage } from '../record/words.ts';
import type { Cell, Sheet } from '../sheets/sheet.ts';
import { rehearsalWords, type RehearsalWords } from './words.ts';

/** Every hall in the order of a roll call: how it answered, and what its own check found last. */
export function rehearsalSheet(state: DialogueState, language: RecordLanguage): Sheet {
  const words = rehearsalWords[language];
  const columns = (
    [
      [words.district, 20],
      [words.hall, 36],
      [words.code, 14],
      [words.rollCall, 18],
      [words.note, 40],
      [words.by, 28],
      [words.markedAt, 20],
      [words.checkedAt, 20],
      ...checkNames.map((name) => [words.checks[name], 18] as const),
    ] as const
  ).map(([head, width]) => ({ head, width }));
  const halls = [...state.bridgePoints.values()]
    .filter(({ isCentral }) => !isCentral)
    .sort((a, b) => compareText(a.district, b.district) || compareText(a.name, b.name));
  const rows = halls.map(({ id, district, name, code }): Cell[] => {
    const { rollCall, reports } = state.readiness.get(id) ?? { rollCall: null, reports: [] };
    const [report] = reports;
    return [
      district,
      name,
      code,
      rollCall && words.results[rollCall.result],
      rollCall?.note ?? null,
      rollCall?.by ?? null,
      rollCall && { at: rollCall.at },
      report ? { at: report.at } : null,
      ...checkNames.map((check) => (report ? checkCell(report.checks[check], words) : null)),
    ];
  });
  return { name: words.sheet, columns, rows };
}

function checkCell({ result, value }: Check, { checkResults }: RehearsalWords): Cell {
  return value === null ? checkResults[result] : `${checkResults[result]} (${value})`;
}
