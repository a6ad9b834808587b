import { createHash, randomUUID } from 'node:crypto';
import type {
  QuestionImportPreviewBody,
  QuestionImportRow,
  QuestionsImportedBody,
} from '@nhip-cau/shared/protocol/question-import';
import type { CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type { Actor } from '../../kernel/actor.ts';
import type { DialogueEngine } from '../../kernel/engine.ts';
import { existing } from '../../kernel/handler.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { DialogueState } from '../../kernel/state.ts';
import { parseApart } from '../../tables/apart.ts';
import { PendingFiles } from '../../tables/pending-files.ts';
import type { ReadQuestion } from './alike.ts';
import type { Given, Parsed } from './parse-thread.ts';

type Staff = Extract<Actor, { kind: 'staff' }>;
type Questions = CommandPayload<'question.import'>['questions'];

interface ImportedRow {
  question: Questions[number];
  isAlike: boolean;
}

const parser = new URL('./parse-thread.ts', import.meta.url);
/** Rows and errors that a preview lists. */
const maxShown = 200;
/** Questions of one step: each is a command, and those of the live dialogue come between. */
const stepSize = 500;

/** Lists of questions collected beforehand: looked at first, imported step by step when confirmed. */
export class QuestionImportService {
  private readonly engine: Pick<DialogueEngine, 'execute' | 'read'>;
  private readonly files: PendingFiles<ImportedRow[]>;

  constructor(options: { engine: QuestionImportService['engine']; now?: () => number }) {
    this.engine = options.engine;
    this.files = new PendingFiles(options.now ?? Date.now);
  }

  /** What the file would do; nothing is imported. Throws `file_unreadable` with the reason. */
  async preview(
    { accountId }: Staff,
    state: DialogueState,
    bytes: Uint8Array,
  ): Promise<QuestionImportPreviewBody> {
    const parsed = await parseApart<Given, Parsed>(parser, { bytes, ...givenOf(state) });
    const rows = parsed.rows.map((row) => ({ row, id: questionIdOf(state.id, row) }));
    const shown = rows.map(({ row, id }) => shownRow(row, state.questions.has(id)));
    const fresh = shown.filter(({ outcome }) => outcome === 'new');
    const alike = fresh.filter((row) => row.alike !== null);
    const importId = randomUUID();
    const content = rows.map(({ row, id }) => ({
      question: questionOf(row, id),
      isAlike: row.alike !== null,
    }));
    const owner = { accountId, dialogueId: state.id };
    this.files.keep(importId, owner, parsed.errors.length, content);
    return {
      importId,
      columns: parsed.columns,
      ignoredColumns: parsed.ignoredColumns,
      rows: shown.slice(0, maxShown),
      alike: alike.slice(0, maxShown),
      errors: parsed.errors.slice(0, maxShown),
      totals: {
        rows: parsed.totalRows,
        new: fresh.length,
        present: shown.length - fresh.length,
        alike: alike.length,
        errors: parsed.errors.length,
      },
    };
  }

  /**
   * Imports the next step of a file as it was shown. A row's question has an id made of what the
   * row says, so a step that is repeated, or the whole file, is there once. Throws
   * `import_expired`, `import_has_errors`, or a refusal.
   */
  async confirm(
    actor: Staff,
    state: DialogueState,
    importId: string,
    skipAlike: boolean,
  ): Promise<QuestionsImportedBody> {
    const owner = { accountId: actor.accountId, dialogueId: state.id };
    const wanted = this.files
      .confirmed(importId, owner)
      .filter(
        ({ question, isAlike }) =>
          state.questions.has(question.questionId) || !(skipAlike && isAlike),
      )
      .map(({ question }) => question);
    const left = wanted.filter(({ questionId }) => !state.questions.has(questionId));
    const total = wanted.length;
    if (left.length === 0) return { done: total, total };
    const questions = left.slice(0, stepSize);
    const outcome = await this.engine.execute(actor, {
      commandId: idOf(['import', ...questions.map(({ questionId }) => questionId)]),
      dialogueId: state.id,
      name: 'question.import',
      payload: { questions },
    });
    if (!outcome.ok) throw new Refusal(outcome.error.code, outcome.error.details);
    return { done: total - left.length + questions.length, total };
  }
}

/** What the thread needs to know: halls and fields, and what there is to be alike to. */
function givenOf(state: DialogueState): Omit<Given, 'bytes'> {
  const { fields, namePolicy } = existing(state);
  const halls = [...state.bridgePoints.values()].map(({ id, code, name, district }) => ({
    id,
    code,
    name,
    district,
  }));
  const known = [...state.questions.values()]
    .filter(({ state: now }) => now !== 'withdrawn' && now !== 'merged')
    .map(({ id, wording }) => ({ id, wording }));
  return { halls, fields, namePolicy, known };
}

function shownRow(row: ReadQuestion, isPresent: boolean): QuestionImportRow {
  const { line, hall, field, text, asker, alike } = row;
  return {
    line,
    bridgePointName: hall.name,
    district: hall.district,
    field,
    text,
    asker,
    outcome: isPresent ? 'present' : 'new',
    alike,
  };
}

function questionOf(row: ReadQuestion, questionId: string): Questions[number] {
  const { hall, text, field, asker, nameVisibility } = row;
  return { questionId, bridgePointId: hall.id, text, field, asker, nameVisibility };
}

const questionIdOf = (dialogueId: string, { hall, text, asker }: ReadQuestion) =>
  idOf([dialogueId, hall.id, text, asker]);

/** A UUID of our own making (RFC 9562, version 8) out of what it names. */
function idOf(parts: readonly (string | null)[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
