import type { AttachmentKind } from '@nhip-cau/shared/protocol/http';

/** One page, as JPEG. */
export interface Picture {
  width: number;
  height: number;
  bytes: Uint8Array;
}

/** A file made anew as pictures: one of a photo, one a page of a document. */
export interface ReadDocument {
  kind: AttachmentKind;
  pages: Picture[];
}

/** The file is none that is taken, or its content is broken, locked or a trap. */
export class UnreadableDocument extends Error {
  constructor() {
    super('the file cannot be taken');
    this.name = 'UnreadableDocument';
  }
}

/** Too many files wait to be read. */
export class ReaderBusy extends Error {
  constructor() {
    super('too many files wait to be read');
    this.name = 'ReaderBusy';
  }
}

/** Makes pictures of what people send. */
export interface DocumentReader {
  /**
   * The file, of a longer document the first `maxPages`. `guest`: the address of somebody without a
   * session; their files are read one at a time, behind all others. Throws `UnreadableDocument`,
   * `ReaderBusy`.
   */
  read(bytes: Uint8Array, options?: { guest?: string; maxPages?: number }): Promise<ReadDocument>;
}

/** What is known of a stored file; `owner` is the key of the actor that sent it. */
export interface Attachment {
  id: string;
  dialogueId: string;
  owner: string;
  kind: AttachmentKind;
  pages: number;
  /** Of all its pages together. */
  bytes: number;
  createdAt: number;
}

/** What an owner, and what a whole dialogue, has sent. */
export interface AttachmentUse {
  ownFiles: number;
  allBytes: number;
  /** Of them, what came by the public form. */
  formBytes: number;
  /** Of that, what no question carries. */
  looseFormBytes: number;
}

export interface AttachmentStore {
  /**
   * The file and its pages, all or nothing. `check` is given what is used without it, and throws
   * what speaks against it; no other file of the dialogue comes in between.
   */
  insert(
    attachment: Attachment,
    pages: readonly Picture[],
    check: (use: AttachmentUse) => void,
  ): Promise<void>;
  find(dialogueId: string, id: string): Promise<Attachment | null>;
  /** The picture of a page, from 1, as JPEG. */
  page(id: string, number: number): Promise<Uint8Array | null>;
  use(dialogueId: string, owner: string): Promise<AttachmentUse>;
  /** Removes those made before `time` that no question carries. Returns how many. */
  sweep(time: number): Promise<number>;
}
