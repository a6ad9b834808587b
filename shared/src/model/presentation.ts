/** What is shown on the stage beside those who speak: a shared screen, or a page of a document. */
export type Presentation =
  | { readonly kind: 'screen'; readonly bridgePointId: string }
  | {
      readonly kind: 'deck';
      readonly deckId: string;
      readonly title: string;
      /** From 1. */
      readonly page: number;
      readonly pages: number;
    };

/** Pages of a document that are shown at most. */
export const maxDeckPages = 60;
/** Documents kept ready in one dialogue. */
export const maxDecks = 40;
