import { Refusal } from '../kernel/refusal.ts';

const keptMs = 10 * 60_000;
/** Files kept at once for one account, and for all. */
const maxOfAccount = 3;
const maxKept = 30;

/** Whose file it is, and for which dialogue. */
export interface FileOwner {
  accountId: string;
  dialogueId: string;
}

interface Pending<Content> extends FileOwner {
  errors: number;
  content: Content;
  expiresAt: number;
}

/** Files that were looked at and wait to be confirmed, for ten minutes. */
export class PendingFiles<Content> {
  private readonly now: () => number;
  private readonly files = new Map<string, Pending<Content>>();

  constructor(now: () => number) {
    this.now = now;
  }

  keep(importId: string, owner: FileOwner, errors: number, content: Content): void {
    const now = this.now();
    for (const [id, { expiresAt }] of this.files) if (expiresAt <= now) this.files.delete(id);
    const ofAccount = [...this.files].filter(([, other]) => other.accountId === owner.accountId);
    if (ofAccount.length >= maxOfAccount) this.files.delete(ofAccount[0]![0]);
    if (this.files.size >= maxKept) this.files.delete(this.files.keys().next().value!);
    this.files.set(importId, { ...owner, errors, content, expiresAt: now + keptMs });
  }

  /** Kept after this as well, for a retry. Throws `import_expired` or `import_has_errors`. */
  confirmed(importId: string, { accountId, dialogueId }: FileOwner): Content {
    const file = this.files.get(importId);
    const isTheirs = file?.accountId === accountId && file.dialogueId === dialogueId;
    if (!file || !isTheirs || file.expiresAt <= this.now()) throw new Refusal('import_expired');
    if (file.errors > 0) throw new Refusal('import_has_errors', { errors: file.errors });
    return file.content;
  }
}
