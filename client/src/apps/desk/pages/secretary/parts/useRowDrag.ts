import { ref } from 'vue';
import type { Ref } from 'vue';

export interface RowDragOptions {
  rowPx: Readonly<Ref<number>>;
  count: () => number;
  /** A row was dropped: its index, and where it stands when it is not counted itself. */
  drop: (from: number, to: number) => void;
}

/**
 * Dragging a row of equal rows by the browser's own means: the row may leave the document while it
 * is dragged over thousands. `line` says where it would fall, as a CSS transform.
 */
export function useRowDrag({ rowPx, count, drop }: RowDragOptions) {
  const from = ref<number | null>(null);
  const line = ref<string | null>(null);

  /** Before which row it would fall, counted with the dragged one. */
  function gapAt(event: DragEvent): number {
    const list = event.currentTarget as HTMLElement;
    const y = event.clientY - list.getBoundingClientRect().top + list.scrollTop;
    return Math.min(Math.max(Math.round(y / rowPx.value), 0), count());
  }

  function end(): void {
    from.value = null;
    line.value = null;
  }

  return {
    line,
    start(event: DragEvent, index: number): void {
      const row = (event.target as HTMLElement).closest('[role="option"]');
      from.value = index;
      if (!event.dataTransfer || !row) return;
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', '');
      event.dataTransfer.setDragImage(row, 40, rowPx.value / 2);
    },
    over(event: DragEvent): void {
      if (from.value === null) return;
      event.preventDefault();
      line.value = `translateY(${gapAt(event) * rowPx.value}px)`;
    },
    leave(): void {
      line.value = null;
    },
    drop(event: DragEvent): void {
      if (from.value === null) return;
      event.preventDefault();
      const gap = gapAt(event);
      const index = from.value;
      end();
      drop(index, gap > index ? gap - 1 : gap);
    },
    end,
  };
}
