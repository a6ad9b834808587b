import { mask } from '@nhip-cau/shared/model/mask';
import type { Stenographer, TypedWords } from '@nhip-cau/shared/model/stenography';
import { typingRequest } from '@nhip-cau/shared/protocol/typing';
import { authorise } from '../../dialogue/kernel/actor.ts';
import { Refusal } from '../../dialogue/kernel/refusal.ts';
import type { DialogueState } from '../../dialogue/kernel/state.ts';
import { parse } from '../refusals.ts';
import type { HandlingSocket } from './handling.ts';

type Page = Stenographer & Pick<TypedWords, 'speaker' | 'text'>;

/** What the pages of one node say, of a dialogue. */
export interface TypingOutlet {
  /** Who types and who waits for a turn, first come first. */
  tellStenographers: (dialogueId: string, pages: Stenographer[]) => void;
  /** The lines that are being typed, masked. */
  tellTyped: (dialogueId: string, lines: TypedWords[]) => void;
}

/**
 * Pages on which captions are typed. Kept from the sockets alone: a page that comes back says again
 * what it types.
 */
export class TypingPages {
  private readonly outlet: TypingOutlet;
  private readonly now: () => number;
  /** By dialogue, then by socket, in the order in which they came. */
  private readonly dialogues = new Map<string, Map<string, Page>>();

  constructor(outlet: TypingOutlet, now: () => number = Date.now) {
    this.outlet = outlet;
    this.now = now;
  }

  /** Throws `invalid` and `not_allowed`. */
  handle({ id, data }: HandlingSocket, request: unknown, state: DialogueState): void {
    const said = parse(typingRequest, request);
    const { actor, dialogueId } = data;
    authorise(actor, 'transcript.add', { dialogueId }, state);
    if (actor.kind !== 'staff') throw new Refusal('not_allowed');
    if (said === null) return this.close(dialogueId, id);
    const { takesTurn, track, text, speaker } = said;
    const pages = this.dialogues.get(dialogueId) ?? new Map<string, Page>();
    this.dialogues.set(dialogueId, pages);
    const known = pages.get(id);
    const isSameTrack = known?.track === track;
    pages.set(id, {
      socketId: id,
      accountId: actor.accountId,
      name: actor.displayName,
      track,
      cameAt: isSameTrack ? known.cameAt : this.now(),
      tookAt: takesTurn ? this.now() : isSameTrack ? known.tookAt : null,
      speaker,
      text: text.trim(),
    });
    if (!isSameTrack || takesTurn) this.tellPages(dialogueId);
    if (!isSameTrack || known.text !== text.trim() || known.speaker !== speaker) {
      this.tellTyped(dialogueId);
    }
  }

  /** Call when a socket is gone. */
  remove({ id, data }: HandlingSocket): void {
    this.close(data.dialogueId, id);
  }

  private close(dialogueId: string, socketId: string): void {
    const pages = this.dialogues.get(dialogueId);
    if (!pages?.delete(socketId)) return;
    if (pages.size === 0) this.dialogues.delete(dialogueId);
    this.tellPages(dialogueId);
    this.tellTyped(dialogueId);
  }

  private tellPages(dialogueId: string): void {
    const pages = [...(this.dialogues.get(dialogueId)?.values() ?? [])];
    this.outlet.tellStenographers(
      dialogueId,
      pages.map(({ speaker: _speaker, text: _text, ...page }) => page),
    );
  }

  private tellTyped(dialogueId: string): void {
    const pages = [...(this.dialogues.get(dialogueId)?.values() ?? [])];
    this.outlet.tellTyped(
      dialogueId,
      pages
        .filter(({ text }) => text !== '')
        .map(({ socketId: id, track, speaker, text }) => ({
          id,
          track,
          speaker,
          text: mask(text),
        })),
    );
  }
}
