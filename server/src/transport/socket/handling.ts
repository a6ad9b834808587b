import type { Action } from '@nhip-cau/shared/model/permissions';
import type { Handling } from '@nhip-cau/shared/protocol/signals';
import { editingRequest, handlingRequest } from '@nhip-cau/shared/protocol/socket';
import { authorise } from '../../dialogue/kernel/actor.ts';
import { questionOf } from '../../dialogue/kernel/handler.ts';
import { Refusal } from '../../dialogue/kernel/refusal.ts';
import type { DialogueState } from '../../dialogue/kernel/state.ts';
import { parse } from '../refusals.ts';
import type { SocketData } from './types.ts';

/** One page, as far as it matters here. */
export interface HandlingSocket {
  readonly id: string;
  readonly data: Pick<SocketData, 'actor' | 'dialogueId'>;
}

type OpenEntry = Handling & { entryId: string };

/** Who has what open, by entry. */
export type Handlings = Record<string, Handling[]>;

export type TellHandling = (dialogueId: string, value: Handlings) => void;

/** What pages open: by whose right, and which one a request names. */
interface Entries {
  action: Action;
  /** `null`: none any more. Throws `invalid`, and `not_found` for one that is not there. */
  read: (request: unknown, state: DialogueState) => string | null;
}

export const openQuestions: Entries = {
  action: 'question.edit',
  read(request, state) {
    const { questionId } = parse(handlingRequest, request);
    return questionId === null ? null : questionOf(state, questionId).id;
  },
};

export const openLines: Entries = {
  action: 'transcript.edit',
  read(request, state) {
    const { lineId } = parse(editingRequest, request);
    if (lineId !== null && !state.linesById.has(lineId)) {
      throw new Refusal('not_found', { kind: 'line', id: lineId });
    }
    return lineId;
  },
};

/**
 * Which entry each page of the secretariat has open. A page has one at most; a newer one replaces
 * it. Kept from the sockets alone: a page that comes back says again what it has open.
 */
export class OpenEntries {
  private readonly entries: Entries;
  private readonly tell: TellHandling;
  private readonly now: () => number;
  /** By dialogue, then by socket, in the order in which they were opened. */
  private readonly dialogues = new Map<string, Map<string, OpenEntry>>();

  constructor(entries: Entries, tell: TellHandling, now: () => number = Date.now) {
    this.entries = entries;
    this.tell = tell;
    this.now = now;
  }

  /** Throws `invalid`, `not_allowed`, and `not_found` for an entry that is not there. */
  handle({ id, data }: HandlingSocket, request: unknown, state: DialogueState): void {
    const { actor, dialogueId } = data;
    authorise(actor, this.entries.action, { dialogueId }, state);
    if (actor.kind !== 'staff') throw new Refusal('not_allowed');
    const entryId = this.entries.read(request, state);
    if (entryId === null) return this.close(dialogueId, id);
    const open = this.dialogues.get(dialogueId) ?? new Map<string, OpenEntry>();
    // Said again, it is still the same opening.
    if (open.get(id)?.entryId === entryId) return;
    const { accountId, displayName: name } = actor;
    open.delete(id);
    open.set(id, { socketId: id, accountId, name, since: this.now(), entryId });
    this.dialogues.set(dialogueId, open);
    this.tellOf(dialogueId);
  }

  /** Call when a socket is gone. */
  remove({ id, data }: HandlingSocket): void {
    this.close(data.dialogueId, id);
  }

  private close(dialogueId: string, socketId: string): void {
    const open = this.dialogues.get(dialogueId);
    if (!open?.delete(socketId)) return;
    if (open.size === 0) this.dialogues.delete(dialogueId);
    this.tellOf(dialogueId);
  }

  private tellOf(dialogueId: string): void {
    const handlings: Handlings = {};
    for (const { entryId, ...handling } of this.dialogues.get(dialogueId)?.values() ?? []) {
      (handlings[entryId] ??= []).push(handling);
    }
    this.tell(dialogueId, handlings);
  }
}
