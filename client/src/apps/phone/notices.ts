import { readonly, ref } from 'vue';

export interface Notice {
  id: number;
  text: string;
  /** A warning stays until it is closed; anything else leaves by itself. */
  kind: 'done' | 'warning';
}

const shownMs = 5000;
const shown = ref<Notice[]>([]);
let lastId = 0;

/** The phone's short notice: the newest alone, so that it never covers more than a line or two. */
export const notices = readonly(shown);

/** Shows a notice in place of the one before. */
export function notify(text: string, kind: Notice['kind'] = 'done'): void {
  lastId += 1;
  const id = lastId;
  shown.value = [{ id, text, kind }];
  if (kind === 'done') setTimeout(() => dismiss(id), shownMs);
}

/** Takes a notice away; an unknown id is no error. */
export function dismiss(id: number): void {
  shown.value = shown.value.filter((notice) => notice.id !== id);
}
