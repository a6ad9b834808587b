import { z } from 'zod';
import { maxDeckPages } from '../model/presentation.ts';
import { id, line } from './scalars.ts';

const page = z.int().min(1).max(maxDeckPages);

export const presentationCommands = {
  /** Keeps an uploaded document ready; `deckId` is the upload's id. */
  'presentation.addDeck': z.strictObject({ deckId: id, title: line(200), pages: page }),
  'presentation.removeDeck': z.strictObject({ deckId: id }),
  /** Shows that page, in place of whatever was shown. */
  'presentation.showDeck': z.strictObject({ deckId: id, page }),
  /** Shows the screen that this bridge point shares, once it does. */
  'presentation.showScreen': z.strictObject({ bridgePointId: id }),
  'presentation.end': z.strictObject({}),
  /** Ends the screen of a bridge point that shares none any more; another one is left alone. */
  'presentation.drop': z.strictObject({ bridgePointId: id }),
};
