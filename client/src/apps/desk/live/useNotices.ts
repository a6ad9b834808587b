import { onScopeDispose, readonly, ref } from 'vue';

export interface Notice {
  id: number;
  /** `done` goes by itself, a refusal stays until it was read. */
  kind: 'done' | 'refused';
  words: string;
  /** Why it was refused, or what it was done to. */
  more: string | null;
  undo: Undo | null;
}

/** A way back, while what has happened since leaves it open. */
export interface Undo {
  possible: () => boolean;
  take: () => void;
}

/** As long as something can be taken back. */
const undoMs = 10_000;
/** Older ones give way: more are not read. */
const most = 3;

/** What was done or refused, told at the page's edge for as long as the calling scope lives. */
export function useNotices() {
  const notices = ref<Notice[]>([]);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  const underWay = new Set<Promise<unknown>>();
  let lastId = 0;

  function dismiss(id: number): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
    notices.value = notices.value.filter((notice) => notice.id !== id);
  }

  function add(notice: Omit<Notice, 'id'>): number {
    const id = (lastId += 1);
    notices.value.push({ id, ...notice });
    for (const { id: oldId } of notices.value.slice(0, -most)) dismiss(oldId);
    return id;
  }

  function done(words: string, undo: Undo, more: string | null = null): void {
    const id = add({ kind: 'done', words, more, undo });
    timers.set(
      id,
      setTimeout(() => dismiss(id), undoMs),
    );
  }

  function refused(words: string, reason: string): void {
    add({ kind: 'refused', words, more: reason, undo: null });
  }

  function undo(id: number): void {
    const notice = notices.value.find((one) => one.id === id);
    dismiss(id);
    notice?.undo?.take();
  }

  /** Counts work among what the person did, from now until it is told here. */
  async function during<T>(work: Promise<T>): Promise<T> {
    underWay.add(work);
    try {
      return await work;
    } finally {
      underWay.delete(work);
    }
  }

  /**
   * Takes back the last thing that still can be. What is on its way was done after all that is
   * shown: it is waited for, or the step before it would be undone in its place.
   */
  async function undoLast(): Promise<void> {
    await Promise.allSettled(underWay);
    const last = notices.value.findLast(({ undo: way }) => way?.possible());
    if (last) undo(last.id);
  }

  onScopeDispose(() => timers.forEach((timer) => clearTimeout(timer)));

  return { notices: readonly(notices), done, refused, dismiss, undo, undoLast, during };
}

export type UseNotices = ReturnType<typeof useNotices>;
