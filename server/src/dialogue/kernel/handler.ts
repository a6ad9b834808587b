import type { ActionObject } from '@nhip-cau/shared/model/permissions';
import type { Role } from '@nhip-cau/shared/model/roles';
import { allows, type TransitionTable } from '@nhip-cau/shared/model/transitions';
import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type { Actor } from './actor.ts';
import type { EntryDraft } from './entries.ts';
import { Refusal } from './refusal.ts';
import type { Dialogue, DialogueState, Hand, Question, Turn } from './state.ts';

/** What a decision may know besides the state: nothing else makes two runs differ. */
export interface Context {
  /** Epoch ms. */
  readonly now: number;
  readonly actor: Actor;
  /** The role by which the permission table lets the actor do this. */
  readonly role: Role;
  /** A fresh UUID. */
  newId(): string;
  /** A fresh code of that many characters that people can read out. */
  newCode(length: number): string;
}

/**
 * How one command is carried out. `object` says what it is done to, for the permission table;
 * `decide` says what enters the log. Both throw `Refusal`, both only read.
 */
export interface Handler<Name extends CommandName> {
  object(state: DialogueState, payload: CommandPayload<Name>, actor: Actor): ActionObject;
  decide(state: DialogueState, payload: CommandPayload<Name>, context: Context): EntryDraft[];
}

export type Handlers<Names extends CommandName> = { [Name in Names]: Handler<Name> };

/** The dialogue, or `not_found` while there is none. */
export function existing(state: DialogueState): Dialogue {
  if (state.dialogue === null) throw new Refusal('not_found', { kind: 'dialogue' });
  return state.dialogue;
}

function found<Row>(row: Row | undefined, kind: string, id: string): Row {
  if (row === undefined) throw new Refusal('not_found', { kind, id });
  return row;
}

export const questionOf = (state: DialogueState, id: string): Question =>
  found(state.questions.get(id), 'question', id);
export const turnOf = (state: DialogueState, id: string): Turn =>
  found(state.turns.get(id), 'turn', id);
export const handOf = (state: DialogueState, id: string): Hand =>
  found(state.hands.get(id), 'hand', id);
export const bridgePointOf = (state: DialogueState, id: string) =>
  found(state.bridgePoints.get(id), 'bridgePoint', id);

/** Refuses with `wrong_state` what the transition table does not have. */
export function requireTransition<State extends string, Event extends string>(
  table: TransitionTable<State, Event>,
  state: State,
  event: Event,
): void {
  if (!allows(table, state, event)) throw new Refusal('wrong_state', { state, event });
}
