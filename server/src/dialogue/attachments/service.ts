import { randomUUID } from 'node:crypto';
import { maxDeckPages } from '@nhip-cau/shared/model/presentation';
import type { CommandEnvelope, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type { ProtocolError } from '@nhip-cau/shared/protocol/errors';
import type { AttachmentBody, UploadedBody } from '@nhip-cau/shared/protocol/http';
import { type Actor, actorKey } from '../kernel/actor.ts';
import type { DialogueEngine } from '../kernel/engine.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { DialogueState } from '../kernel/state.ts';
import { HourlyBytes } from './hourly-bytes.ts';
import {
  type Attachment,
  type AttachmentStore,
  type AttachmentUse,
  type DocumentReader,
  ReaderBusy,
  UnreadableDocument,
} from './ports.ts';

/** Largest file that is taken, in bytes. */
export const maxFileBytes = 8 * 1_048_576;
/** Largest document for the stage, in bytes. */
export const maxDeckBytes = 32 * 1_048_576;

/** Somebody without a session, who fills in the public form. */
export interface Guest {
  address: string;
  /** Files that they may send for one question, instead of `filesOfOwner`. */
  files: number;
}

export interface AttachmentLimits {
  /** Files that one session may have sent, attached or not. */
  filesOfOwner: number;
  /** What the files of one dialogue may take together, in bytes. */
  bytesOfDialogue: number;
  /** Of that, what those of the public form may, so that strangers leave room for all others. */
  bytesOfForm: number;
  /** Of that, what those may that no question carries. */
  looseBytesOfForm: number;
  /** Of what one address sends by the public form, and what is made of it, in bytes an hour. */
  hourlyBytesOfAddress: number;
}

const mebibyte = 1_048_576;
const defaultLimits: AttachmentLimits = {
  filesOfOwner: 60,
  bytesOfDialogue: 8_192 * mebibyte,
  bytesOfForm: 2_048 * mebibyte,
  looseBytesOfForm: 256 * mebibyte,
  hourlyBytesOfAddress: 128 * mebibyte,
};

const hourMs = 3_600_000;
/** A file that no question carries is removed after this. */
const keptUnattachedMs = 24 * hourMs;
/** One older than this is not attached any more: it might be removed in the same moment. */
const attachableMs = 23 * hourMs;
const retryMs = 10_000;

export interface AttachmentServiceOptions {
  store: AttachmentStore;
  reader: DocumentReader;
  read: DialogueEngine['read'];
  limits?: Partial<AttachmentLimits>;
  now?: () => number;
}

/** Pictures and documents that people add to their questions. */
export class AttachmentService {
  private readonly store: AttachmentStore;
  private readonly reader: DocumentReader;
  private readonly readDialogue: DialogueEngine['read'];
  private readonly limits: AttachmentLimits;
  private readonly hourly = new HourlyBytes();
  private readonly now: () => number;

  constructor({ store, reader, read, limits, now = Date.now }: AttachmentServiceOptions) {
    this.store = store;
    this.reader = reader;
    this.readDialogue = read;
    this.limits = { ...defaultLimits, ...limits };
    this.now = now;
  }

  /** Throws `dialogue_not_open`: no file is taken now. */
  requireOpen(state: DialogueState): void {
    requireOpen(state);
  }

  /**
   * Keeps a file as pictures made anew from it. `owner`: the key of who may attach it. Throws
   * `file_not_allowed`, `limit_reached`, `rate_limited`, `dialogue_not_open`, `unavailable`.
   */
  async upload(
    state: DialogueState,
    owner: string,
    bytes: Uint8Array,
    guest?: Guest,
  ): Promise<UploadedBody> {
    requireOpen(state);
    return this.keep(state, owner, bytes, guest ? { guest } : {});
  }

  /** Keeps a document to be shown on the stage, also before the doors are open; throws the same. */
  async uploadDeck(state: DialogueState, owner: string, bytes: Uint8Array): Promise<UploadedBody> {
    if (state.dialogue?.state === 'ended') throw new Refusal('dialogue_not_open');
    return this.keep(state, owner, bytes, { maxPages: maxDeckPages });
  }

  private async keep(
    state: DialogueState,
    owner: string,
    bytes: Uint8Array,
    { guest, maxPages }: { guest?: Guest; maxPages?: number },
  ): Promise<UploadedBody> {
    const check = (use: AttachmentUse) => this.requireRoom(use, guest);
    check(await this.store.use(state.id, owner));
    this.countHourly(guest, bytes.byteLength);
    const { kind, pages } = await this.reader
      .read(bytes, {
        ...(guest ? { guest: guest.address } : {}),
        ...(maxPages ? { maxPages } : {}),
      })
      .catch((error: unknown) => {
        if (error instanceof UnreadableDocument) throw new Refusal('file_not_allowed');
        if (error instanceof ReaderBusy)
          throw new Refusal('unavailable', { retryAfterMs: retryMs });
        throw error;
      });
    const attachment: Attachment = {
      id: randomUUID(),
      dialogueId: state.id,
      owner,
      kind,
      pages: pages.length,
      bytes: pages.reduce((sum, page) => sum + page.bytes.byteLength, 0),
      createdAt: this.now(),
    };
    this.countHourly(guest, attachment.bytes);
    // Others that were read meanwhile have come in before.
    await this.store.insert(attachment, pages, check);
    return { attachmentId: attachment.id, kind, pages: pages.length };
  }

  /** What the file is. Throws `not_found`, also to who has not sent it while nothing carries it. */
  async describe(actor: Actor, state: DialogueState, id: string): Promise<AttachmentBody> {
    const { kind, pages } = await this.readable(actor, state, id);
    return { kind, pages };
  }

  /** A page of it from 1, as JPEG. Throws `not_found`. */
  async page(actor: Actor, state: DialogueState, id: string, number: number): Promise<Uint8Array> {
    await this.readable(actor, state, id);
    const bytes = await this.store.page(id, number);
    if (bytes === null) throw new Refusal('not_found', { kind: 'page' });
    return bytes;
  }

  /** A page of the document that is on the stage now, as JPEG. Throws `not_found`. */
  async shownPage(state: DialogueState, deckId: string, number: number): Promise<Uint8Array> {
    const shown = state.dialogue?.presentation;
    const isShown = shown?.kind === 'deck' && shown.deckId === deckId;
    const bytes = isShown ? await this.store.page(deckId, number) : null;
    if (bytes === null) throw new Refusal('not_found', { kind: 'page' });
    return bytes;
  }

  /**
   * Why the command must not reach the dialogue: it would attach what its sender has not sent, or
   * what is about to be removed. `null`: nothing stands in its way.
   */
  objection(actor: Actor, envelope: CommandEnvelope): Promise<ProtocolError | null> | null {
    const carried = carriedBy(actor, envelope);
    return carried === null ? null : this.objectionTo(carried, envelope.dialogueId);
  }

  private async objectionTo(
    { owner, ids }: Carried,
    dialogueId: string,
  ): Promise<ProtocolError | null> {
    const state = await this.readDialogue(dialogueId);
    for (const id of ids) {
      // A retry of what was carried out, or a refusal that the dialogue itself will give.
      if (state?.questionsByAttachment.has(id) || state?.decks.has(id)) continue;
      const found = await this.store.find(dialogueId, id);
      const isTheirs = found?.owner === owner;
      if (!isTheirs || found.createdAt < this.now() - attachableMs) {
        return { code: 'not_found', details: { kind: 'attachment', id } };
      }
    }
    return null;
  }

  /** Removes what nothing carries after a day. Call it now and then. */
  sweep(): Promise<number> {
    return this.store.sweep(this.now() - keptUnattachedMs);
  }

  private requireRoom(use: AttachmentUse, guest: Guest | undefined): void {
    const { bytesOfDialogue, bytesOfForm, looseBytesOfForm } = this.limits;
    const filesOfOwner = guest?.files ?? this.limits.filesOfOwner;
    if (use.ownFiles >= filesOfOwner) throw new Refusal('limit_reached', { limit: filesOfOwner });
    const isFull =
      use.allBytes >= bytesOfDialogue ||
      (guest !== undefined &&
        (use.formBytes >= bytesOfForm || use.looseFormBytes >= looseBytesOfForm));
    if (isFull) throw new Refusal('limit_reached');
  }

  /** Throws `rate_limited` when the hour's bytes were used up before these. */
  private countHourly(guest: Guest | undefined, bytes: number): void {
    if (guest === undefined) return;
    const now = this.now();
    const wait = this.hourly.waitOf(guest.address, this.limits.hourlyBytesOfAddress, now);
    if (wait > 0) throw new Refusal('rate_limited', { retryAfterMs: wait });
    this.hourly.add(guest.address, bytes, now);
  }

  private async readable(actor: Actor, state: DialogueState, id: string): Promise<Attachment> {
    const attachment = await this.store.find(state.id, id);
    const isAttached = state.questionsByAttachment.has(id) || state.decks.has(id);
    if (!attachment || !(isAttached || attachment.owner === actorKey(actor))) {
      throw new Refusal('not_found', { kind: 'attachment', id });
    }
    return attachment;
  }
}

/** The key of who fills in the public form for that question. */
export const formOwner = (questionId: string): string => `form:${questionId}`;

interface Carried {
  owner: string;
  ids: readonly string[];
}

function carriedBy(actor: Actor, { name, payload }: CommandEnvelope): Carried | null {
  if (name === 'presentation.addDeck') {
    const { deckId } = payload as CommandPayload<typeof name>;
    return { owner: actorKey(actor), ids: [deckId] };
  }
  if (name !== 'question.ask' && name !== 'question.receive') return null;
  const { attachmentIds, questionId } = payload as CommandPayload<typeof name>;
  if (!attachmentIds || attachmentIds.length === 0) return null;
  const owner = name === 'question.receive' ? formOwner(questionId) : actorKey(actor);
  return { owner, ids: attachmentIds };
}

function requireOpen(state: DialogueState): void {
  const now = state.dialogue?.state;
  if (now !== 'open' && now !== 'live' && now !== 'paused') {
    throw new Refusal('dialogue_not_open', { state: now });
  }
}
