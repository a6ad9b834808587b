import type { Said } from './words.ts';

/**
 * What was meant by the words of a question: people at a desk see at once that two of them ask the
 * same, and how they are to be worded.
 */
export class Memory {
  private readonly byText = new Map<string, Said>();

  keep(said: Said): void {
    this.byText.set(said.text, said);
  }

  meaningOf(text: string): Said | undefined {
    return this.byText.get(text);
  }
}
