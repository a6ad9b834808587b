import type { DialogueEngine } from '../dialogue/kernel/engine.ts';
import type { DialogueState } from '../dialogue/kernel/state.ts';
import type { EngineFinal } from './engine.ts';
import type { LineWriter } from './ports.ts';
import { adapt, hotWords, type Term, termsWithHalls } from './text/index.ts';

interface Known {
  terms: readonly Term[];
  halls: string;
  all: readonly Term[];
}

/** Writes what engines say as official text has it, with the names of each dialogue. */
export class VocabularyWriter implements LineWriter {
  private readonly engine: Pick<DialogueEngine, 'read'>;
  private readonly onError: (error: unknown, dialogueId: string) => void;
  /** For as long as somebody else holds the state. */
  private readonly known = new WeakMap<DialogueState, Known>();

  /** `onError`: told of words that nothing could be made of; they stand as they were said. */
  constructor(
    engine: Pick<DialogueEngine, 'read'>,
    onError: (error: unknown, dialogueId: string) => void,
  ) {
    this.engine = engine;
    this.onError = onError;
  }

  async hotWords(dialogueId: string): Promise<readonly string[]> {
    return hotWords(await this.termsOf(dialogueId), []);
  }

  async write(dialogueId: string, final: EngineFinal): ReturnType<LineWriter['write']> {
    const terms = await this.termsOf(dialogueId);
    try {
      const { text, words } = adapt(final, { terms });
      if (text !== '') return { text, words };
    } catch (error) {
      this.onError(error, dialogueId);
    }
    return { text: final.text, words: null };
  }

  /** The same array for as long as nobody changes them: what is made of them is made once. */
  private async termsOf(dialogueId: string): Promise<readonly Term[]> {
    const state = await this.engine.read(dialogueId);
    if (state === null) return [];
    const { terms } = state.transcript;
    const names = [...state.bridgePoints.values()].map(({ name }) => name);
    const halls = names.join('\n');
    const known = this.known.get(state);
    if (known?.terms === terms && known.halls === halls) return known.all;
    const all = termsWithHalls(terms, names);
    this.known.set(state, { terms, halls, all });
    return all;
  }
}
