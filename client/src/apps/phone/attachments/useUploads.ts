import { maxAttachments } from '@nhip-cau/shared/model/questions';
import { errorCodes } from '@nhip-cau/shared/protocol/errors';
import type { ErrorCode } from '@nhip-cau/shared/protocol/errors';
import type { AttachmentKind, UploadedBody } from '@nhip-cau/shared/protocol/http';
import { computed, onScopeDispose, reactive, ref, watch } from 'vue';
import type { Ref } from 'vue';
import { onWake } from '../../../core/connection/wake.ts';
import { ApiError } from '../../../core/http.ts';
import { defaultRetryDelay } from '../../../core/retry-delay.ts';

/** A file that is at the server, and can go with a question. */
export interface SentFile {
  attachmentId: string;
  name: string;
  kind: AttachmentKind;
  pages: number;
}

/** A file on its way. `waiting`: for the line to come back; it is tried again by itself. */
export interface Upload {
  key: number;
  name: string;
  state: 'sending' | 'waiting' | 'refused';
  /** What has left the phone, 0 to 1. */
  share: number;
  code: ErrorCode | null;
}

export interface UploadsOptions {
  /** Where what is sent is kept, over a reload too. */
  sent: Ref<SentFile[]>;
  send: (
    file: File,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ) => Promise<UploadedBody>;
  /** Calls back when trying again is worth while; returns how to stop. */
  onWake?: (wake: () => void) => () => void;
}

/** The largest file that the server takes, in bytes. */
export const maxFileBytes = 8 * 1_048_576;

/** Files of one question: sent at once when they are chosen, and again until they are there. */
export function useUploads({ sent, send, onWake: watchLine = onWake }: UploadsOptions) {
  const underWay = ref<Upload[]>([]);
  const previews = reactive(new Map<string, string>());
  const addresses: string[] = [];
  const aborts = new Map<number, AbortController>();
  const wakers = new Map<number, () => void>();
  let lastKey = 0;

  const room = computed(() => maxAttachments - sent.value.length - underWay.value.length);
  const isBusy = computed(() => underWay.value.some(({ state }) => state !== 'refused'));
  const hasRefused = computed(() => underWay.value.some(({ state }) => state === 'refused'));

  function add(files: Iterable<File>): void {
    for (const file of [...files].slice(0, Math.max(0, room.value))) void run(file);
  }

  async function run(file: File): Promise<void> {
    const key = (lastKey += 1);
    const abort = new AbortController();
    aborts.set(key, abort);
    underWay.value.push({ key, name: file.name, state: 'sending', share: 0, code: null });
    const change = (to: Partial<Upload>) => {
      const upload = underWay.value.find((one) => one.key === key);
      if (upload) Object.assign(upload, to);
    };
    for (let attempt = 0; !abort.signal.aborted; attempt += 1) {
      change({ state: 'sending', share: 0 });
      try {
        const { attachmentId, kind, pages } = await send(
          file,
          (share) => change({ share }),
          abort.signal,
        );
        if (!abort.signal.aborted) keep({ attachmentId, kind, pages, name: file.name }, file, key);
        return;
      } catch (error) {
        const code = error instanceof ApiError ? error.code : 'internal';
        if (!errorCodes[code].retry) return change({ state: 'refused', code });
        change({ state: 'waiting', code });
        await pause(key, defaultRetryDelay(attempt));
      }
    }
  }

  function keep(file: SentFile, content: File, key: number): void {
    if (file.kind === 'picture') previews.set(file.attachmentId, preview(content));
    // In one step, for who waits until nothing is under way.
    sent.value = [...sent.value, file];
    drop(key);
  }

  function preview(content: File): string {
    const address = URL.createObjectURL(content);
    addresses.push(address);
    return address;
  }

  function pause(key: number, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        wakers.delete(key);
        resolve();
      }
      wakers.set(key, done);
    });
  }

  const retry = () => [...wakers.values()].forEach((wake) => wake());

  /** Gives up one that is under way, or was refused. */
  function drop(key: number): void {
    aborts.get(key)?.abort();
    aborts.delete(key);
    wakers.get(key)?.();
    underWay.value = underWay.value.filter((one) => one.key !== key);
  }

  function remove(attachmentId: string): void {
    previews.delete(attachmentId);
    sent.value = sent.value.filter((one) => one.attachmentId !== attachmentId);
  }

  /** Everything that is not sent is given up; what is sent stays. */
  const dropUnderWay = () => underWay.value.forEach(({ key }) => drop(key));

  /** After the question that carries them was given. */
  function clear(): void {
    dropUnderWay();
    previews.clear();
    sent.value = [];
  }

  /** Resolves once nothing is under way: to whether all that was chosen is there. */
  function settled(): Promise<boolean> {
    if (!isBusy.value) return Promise.resolve(!hasRefused.value);
    return new Promise((resolve) => {
      const stop = watch(
        [isBusy, hasRefused],
        ([busy, refused]) => {
          if (busy && !refused) return;
          stop();
          resolve(!refused);
        },
        { flush: 'sync' },
      );
    });
  }

  const stop = watchLine(retry);
  onScopeDispose(() => {
    stop();
    dropUnderWay();
    // Not before: the page may be about to draw one.
    addresses.forEach((address) => URL.revokeObjectURL(address));
  });

  return {
    add,
    clear,
    drop,
    dropUnderWay,
    isBusy,
    previews,
    remove,
    retry,
    room,
    sent,
    settled,
    underWay,
  };
}

export type Uploads = ReturnType<typeof useUploads>;
