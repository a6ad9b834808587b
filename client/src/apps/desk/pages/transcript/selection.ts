import type { Span } from './model/pieces.ts';

/** What is selected of a line's text, shown or being typed: offsets in it. `null`: nothing. */
export function selectedIn(lineId: string): Span | null {
  const row = document.querySelector(`[data-line="${CSS.escape(lineId)}"]`);
  const field = row?.querySelector('textarea');
  if (field && field.selectionStart < field.selectionEnd) {
    return { start: field.selectionStart, end: field.selectionEnd };
  }
  const selection = document.getSelection();
  const text = row?.querySelector('[data-text]');
  if (!text || !selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return null;
  const start = offsetIn(text, range.startContainer, range.startOffset);
  const end = offsetIn(text, range.endContainer, range.endOffset);
  return start < end ? { start, end } : null;
}

/** How many characters of the element stand before this point of it. */
function offsetIn(element: Element, node: Node, offset: number): number {
  const before = document.createRange();
  before.selectNodeContents(element);
  before.setEnd(node, offset);
  return before.toString().length;
}

/** Where the cursor stands in the field of this line; `null` when it is not being typed in. */
export function cursorIn(lineId: string): number | null {
  const row = document.querySelector(`[data-line="${CSS.escape(lineId)}"]`);
  return row?.querySelector('textarea')?.selectionStart ?? null;
}
