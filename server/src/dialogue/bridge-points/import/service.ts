import { randomUUID } from 'node:crypto';
import type { BridgePointInput } from '@nhip-cau/shared/protocol/bridge-points';
import type { ImportedBody, ImportPreviewBody } from '@nhip-cau/shared/protocol/http';
import type { Actor } from '../../kernel/actor.ts';
import type { DialogueEngine } from '../../kernel/engine.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { DialogueState } from '../../kernel/state.ts';
import { parseApart } from './parse-apart.ts';
import { previewImport } from './preview.ts';
import { UnreadableFile } from './table.ts';

interface PendingImport {
  accountId: string;
  dialogueId: string;
  errors: number;
  bridgePoints: BridgePointInput[];
  expiresAt: number;
}

type Staff = Extract<Actor, { kind: 'staff' }>;

const keptMs = 10 * 60_000;
/** Files kept at once for one account, and for all. */
const maxOfAccount = 3;
const maxKept = 30;

/** Files that were looked at and wait to be confirmed. */
export class ImportService {
  private readonly engine: Pick<DialogueEngine, 'execute'>;
  private readonly now: () => number;
  private readonly pending = new Map<string, PendingImport>();

  constructor({ engine, now = Date.now }: { engine: ImportService['engine']; now?: () => number }) {
    this.engine = engine;
    this.now = now;
  }

  /** What the file would do; nothing is imported. Throws `file_unreadable` with the reason. */
  async preview(
    { accountId }: Staff,
    state: DialogueState,
    bytes: Uint8Array,
  ): Promise<ImportPreviewBody> {
    const parsed = await parseApart(bytes).catch((error: unknown) => {
      if (error instanceof UnreadableFile) {
        throw new Refusal('file_unreadable', { reason: error.reason });
      }
      throw error;
    });
    const preview = previewImport(parsed, state.bridgePointsByCode);
    const importId = randomUUID();
    const errors = preview.totals.errors;
    this.keep(importId, {
      accountId,
      dialogueId: state.id,
      errors,
      bridgePoints: errors > 0 ? [] : parsed.rows.map(({ line: _, ...input }) => input),
      expiresAt: this.now() + keptMs,
    });
    return { importId, ...preview };
  }

  /** Imports a file as it was shown. Throws `import_expired`, `import_has_errors`, or a refusal. */
  async confirm(
    actor: Staff,
    state: DialogueState,
    importId: string,
    commandId: string,
  ): Promise<ImportedBody> {
    const file = this.pending.get(importId);
    const isTheirs = file?.accountId === actor.accountId && file.dialogueId === state.id;
    if (!file || !isTheirs || file.expiresAt <= this.now()) throw new Refusal('import_expired');
    if (file.errors > 0) throw new Refusal('import_has_errors', { errors: file.errors });
    // Kept after this as well: a retry has to send the same command again.
    const outcome = await this.engine.execute(actor, {
      commandId,
      dialogueId: state.id,
      name: 'bridgePoint.import',
      payload: { bridgePoints: file.bridgePoints },
    });
    if (!outcome.ok) throw new Refusal(outcome.error.code, outcome.error.details);
    return { seq: outcome.seq, imported: file.bridgePoints.length };
  }

  private keep(importId: string, file: PendingImport): void {
    const now = this.now();
    for (const [id, { expiresAt }] of this.pending) if (expiresAt <= now) this.pending.delete(id);
    const ofAccount = [...this.pending].filter(([, other]) => other.accountId === file.accountId);
    if (ofAccount.length >= maxOfAccount) this.pending.delete(ofAccount[0]![0]);
    if (this.pending.size >= maxKept) this.pending.delete(this.pending.keys().next().value!);
    this.pending.set(importId, file);
  }
}
