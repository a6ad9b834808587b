import type { Handling, Signals } from '@nhip-cau/shared/protocol/signals';
import { handlingRequest } from '@nhip-cau/shared/protocol/socket';
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

type OpenEntry = Handling & { questionId: string };

export type TellHandling = (dialogueId: string, value: Signals['handling']) => void;

/**
 * Which entry each page of the secretariat has open. A page has one at most; a newer one replaces
 * it. Kept from the sockets alone: a page that comes back says again what it has open.
 */
export class OpenEntries {
  private readonly tell: TellHandling;
  private readonly now: () => number;
  /** By dialogue, then by socket, in the order in which they were opened. */
  private readonly dialogues = new Map<string, Map<string, OpenEntry>>();

  constructor(tell: TellHandling, now: () => number = Date.now) {
    this.tell = tell;
    this.now = now;
  }

  /** Throws `invalid`, `not_allowed`, and `not_found` for a question that is not there. */
  handle({ id, data }: HandlingSocket, request: unknown, state: DialogueState): void {
    const { questionId } = parse(handlingRequest, request);
    const { actor, dialogueId } = data;
    authorise(actor, 'question.edit', { dialogueId }, state);
    if (actor.kind !== 'staff') throw new Refusal('not_allowed');
    if (questionId === null) return this.close(dialogueId, id);
    questionOf(state, questionId);
    const open = this.dialogues.get(dialogueId) ?? new Map<string, OpenEntry>();
    // Said again, it is still the same opening.
    if (open.get(id)?.questionId === questionId) return;
    const { accountId, displayName: name } = actor;
    open.delete(id);
    open.set(id, { socketId: id, accountId, name, since: this.now(), questionId });
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
    const questions: Record<string, Handling[]> = {};
    for (const { questionId, ...handling } of this.dialogues.get(dialogueId)?.values() ?? []) {
      (questions[questionId] ??= []).push(handling);
    }
    this.tell(dialogueId, { questions });
  }
}
