interface Versioned {
  text: string;
  revision: number;
}

/** What was typed into a line and does not stand yet, and the line as it was when typing began. */
export interface LineDraft {
  text: string;
  base: Versioned;
}

/** What is typed, on top of the draft that there is. */
export function drafted(draft: LineDraft | undefined, line: Versioned, text: string): LineDraft {
  return { text, base: draft?.base ?? { text: line.text, revision: line.revision } };
}

/** Whether there is anything to save. */
export function isChange(draft: LineDraft, line: Versioned): boolean {
  const text = draft.text.trim();
  return text !== '' && text !== line.text;
}

/** Whether somebody else gave the line other words meanwhile, and not those typed here. */
export function isConflict(draft: LineDraft, line: Versioned): boolean {
  if (draft.base.revision === line.revision) return false;
  return line.text !== draft.base.text && isChange(draft, line);
}

/**
 * The draft on the line as it is now, where nobody else touched the words: who spoke them may have
 * been set right meanwhile. `undefined` when the line says already what was typed.
 */
export function rebased(draft: LineDraft, line: Versioned): LineDraft | undefined {
  if (!isChange(draft, line)) return undefined;
  return { text: draft.text, base: { text: line.text, revision: line.revision } };
}
