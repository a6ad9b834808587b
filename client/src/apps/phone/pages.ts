import { codeOfLookUp } from './lookup/question-code.ts';

/** What an address of this build shows: the dialogue, the public form, or a question's fate. */
export type PhonePage =
  { page: 'dialogue' } | { page: 'form'; dialogueId: string } | { page: 'lookUp'; code: string };

export function pageOf(path: string): PhonePage {
  const dialogueId = /^\/form\/([^/]+)\/?$/.exec(path)?.[1];
  if (dialogueId !== undefined) return { page: 'form', dialogueId };
  if (/^\/tra-cuu(\/|$)/.test(path)) return { page: 'lookUp', code: codeOfLookUp(path) };
  return { page: 'dialogue' };
}
