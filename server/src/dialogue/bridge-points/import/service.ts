import { randomUUID } from 'node:crypto';
import type { BridgePointInput } from '@nhip-cau/shared/protocol/bridge-points';
import type { ImportedBody, ImportPreviewBody } from '@nhip-cau/shared/protocol/http';
import type { Actor } from '../../kernel/actor.ts';
import type { DialogueEngine } from '../../kernel/engine.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { DialogueState } from '../../kernel/state.ts';
import { parseApart } from '../../tables/apart.ts';
import { PendingFiles } from '../../tables/pending-files.ts';
import { previewImport } from './preview.ts';
import type { ParsedFile } from './rows.ts';

type Staff = Extract<Actor, { kind: 'staff' }>;

const parser = new URL('./parse-thread.ts', import.meta.url);

/** Lists of halls: looked at first, imported when confirmed. */
export class ImportService {
  private readonly engine: Pick<DialogueEngine, 'execute'>;
  private readonly files: PendingFiles<BridgePointInput[]>;

  constructor({ engine, now = Date.now }: { engine: ImportService['engine']; now?: () => number }) {
    this.engine = engine;
    this.files = new PendingFiles(now);
  }

  /** What the file would do; nothing is imported. Throws `file_unreadable` with the reason. */
  async preview(
    { accountId }: Staff,
    state: DialogueState,
    bytes: Uint8Array,
  ): Promise<ImportPreviewBody> {
    const parsed = await parseApart<Uint8Array, ParsedFile>(parser, bytes);
    const preview = previewImport(parsed, state.bridgePointsByCode);
    const importId = randomUUID();
    const { errors } = preview.totals;
    const bridgePoints = parsed.rows.map(({ line: _, ...input }) => input);
    this.files.keep(importId, { accountId, dialogueId: state.id }, errors, bridgePoints);
    return { importId, ...preview };
  }

  /** Imports a file as it was shown. Throws `import_expired`, `import_has_errors`, or a refusal. */
  async confirm(
    actor: Staff,
    state: DialogueState,
    importId: string,
    commandId: string,
  ): Promise<ImportedBody> {
    const owner = { accountId: actor.accountId, dialogueId: state.id };
    const bridgePoints = this.files.confirmed(importId, owner);
    const outcome = await this.engine.execute(actor, {
      commandId,
      dialogueId: state.id,
      name: 'bridgePoint.import',
      payload: { bridgePoints },
    });
    if (!outcome.ok) throw new Refusal(outcome.error.code, outcome.error.details);
    return { seq: outcome.seq, imported: bridgePoints.length };
  }
}
