import type { Audience } from '@nhip-cau/shared/model/audience';
import type { BoardName, Boards } from '@nhip-cau/shared/protocol/facts';
import type { DialogueState, Kind, Rows } from './state.ts';

type AudienceOf<Name extends BoardName> = Name extends 'bridgePoint' | 'hall' | 'screen' | 'person'
  ? Extract<Audience, `${Name}:${string}`>
  : Extract<Audience, Name>;

/** One thing as one audience may see it; `null`: not at all. */
export type View = {
  [Name in BoardName]: {
    [Collection in keyof Boards[Name] & string]: {
      audience: AudienceOf<Name>;
      collection: Collection;
      id: string;
      value: Boards[Name][Collection] | null;
    };
  }[keyof Boards[Name] & string];
}[BoardName];

/** What each audience may see of a row. Pure; the same for live delivery and for catching up. */
export type Projector<K extends Kind> = (row: Rows[K], state: DialogueState) => View[];
