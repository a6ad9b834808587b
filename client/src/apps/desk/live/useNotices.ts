import { onScopeDispose, readonly, ref } from 'vue';

export interface Notice {
  id: number;
  /** `done` goes by itself, a refusal stays until it was read. */
  kind: 'done' | 'refused';
  words: string;
  /** Why it was refused. */
  reason: string | null;
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

  function done(words: string, undo: Undo): void {
    const id = add({ kind: 'done', words, reason: null, undo });
    timers.set(
      id,
      setTimeout(() => dismiss(id), undoMs),
    );
  }

  function refused(words: string, reason: string): void {
    add({ kind: 'refused', words, reason, undo: null });
  }

  function undo(id: number): void {
    const notice = notices.value.find((one) => one.id === id);
    dismiss(id);
    notice?.undo?.take();
  }

  /** Takes back the last thing that still can be. */
  function undoLast(): void {
    const last = notices.value.findLast(({ undo: way }) => way?.possible());
    if (last) undo(last.id);
  }

  onScopeDispose(() => timers.forEach((timer) => clearTimeout(timer)));

  return { notices: readonly(notices), done, refused, dismiss, undo, undoLast };
}

export type UseNotices = ReturnType<typeof useNotices>;
