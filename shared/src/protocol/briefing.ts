/** The answer of the briefing: what the leader reads before the dialogue. Times are epoch ms. */
import type { PlaceReason } from '../model/order.ts';
import type { Brief, QuestionState, Urgency } from '../model/questions.ts';
import type { DialogueState } from '../model/session.ts';

export interface BriefingQuestion {
  id: string;
  /** Place in the planned order, from 1, and why; both `null` behind it and before acceptance. */
  place: number | null;
  reason: PlaceReason | null;
  state: QuestionState;
  wording: string;
  field: string | null;
  urgency: Urgency;
  asker: string | null;
  /** Halls it was asked in, its own first: those of merged questions too. */
  halls: { name: string; district: string }[];
  /** Everybody who has it: askers, and those who stand behind it. */
  people: number;
  brief: Brief | null;
}

export interface BriefingCount {
  /** A field or a district; `null`: no field. */
  name: string | null;
  questions: number;
  people: number;
}

export interface BriefingBody {
  dialogue: {
    id: string;
    title: string;
    organiser: string;
    state: DialogueState;
    startsAt: number;
  };
  seq: number;
  /** When it was put together. */
  at: number;
  totals: { questions: number; people: number; halls: number; briefs: number; incoming: number };
  byField: BriefingCount[];
  byDistrict: BriefingCount[];
  /** In the order in which they are to be heard; then by field. */
  questions: BriefingQuestion[];
}
