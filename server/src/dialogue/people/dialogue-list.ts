import type { DialogueSummaryBody } from '@nhip-cau/shared/protocol/http';

/** Dialogues as a list shows them, from the read models: none has to be loaded for it. */
export interface DialogueList {
  /** Those where the account is a member, or all; the newest to begin first. */
  list(accountId: string, all: boolean): Promise<DialogueSummaryBody[]>;
}
