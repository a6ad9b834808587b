import type { TransitionTable } from './transitions.ts';

/**
 * `asked`: at the bridge point. `forwarded`: at the city, not yet read. `accepted`: in the queue.
 * `heard`: the turn is over, its disposition still owed. `returned`: back at the bridge point, the
 * asker sees why; it can be worded anew and forwarded again. `merged`: it goes on as a part of
 * another question, whose fate its asker follows; nothing of it is lost.
 */
export const questionStates = [
  'asked',
  'forwarded',
  'accepted',
  'onDeck',
  'onAir',
  'heard',
  'disposed',
  'returned',
  'withdrawn',
  'merged',
] as const;

export type QuestionState = (typeof questionStates)[number];
export type QuestionEvent =
  | 'edit'
  | 'forward'
  | 'return'
  | 'accept'
  | 'move'
  | 'prepare'
  | 'release'
  | 'call'
  | 'endTurn'
  | 'dispose'
  | 'undispose'
  | 'withdraw'
  | 'recall'
  | 'unaccept'
  | 'merge'
  | 'backToHall'
  | 'backToCity'
  | 'backToQueue';

/** States that a question can be put back into, when a return, a merge or a disposition was wrong. */
export type RestorableState = 'asked' | 'forwarded' | 'accepted';

/** The event that puts a question back where it was. */
export const backEvent = {
  asked: 'backToHall',
  forwarded: 'backToCity',
  accepted: 'backToQueue',
} as const satisfies Record<RestorableState, QuestionEvent>;

/**
 * A disposition can be given while the turn runs: the question stays `onAir`, and the end of the
 * turn then takes it through `heard` to `disposed` in one command.
 */
export const questionTransitions: TransitionTable<QuestionState, QuestionEvent> = {
  asked: {
    edit: 'asked',
    forward: 'forwarded',
    return: 'returned',
    merge: 'merged',
    withdraw: 'withdrawn',
  },
  forwarded: {
    edit: 'forwarded',
    return: 'returned',
    accept: 'accepted',
    recall: 'asked',
    merge: 'merged',
    dispose: 'disposed',
    withdraw: 'withdrawn',
  },
  accepted: {
    edit: 'accepted',
    return: 'returned',
    move: 'accepted',
    unaccept: 'forwarded',
    merge: 'merged',
    prepare: 'onDeck',
    call: 'onAir',
    dispose: 'disposed',
    withdraw: 'withdrawn',
  },
  onDeck: { release: 'accepted', call: 'onAir' },
  onAir: { endTurn: 'heard', dispose: 'onAir', undispose: 'onAir' },
  heard: { dispose: 'disposed' },
  disposed: {
    dispose: 'disposed',
    undispose: 'heard',
    backToCity: 'forwarded',
    backToQueue: 'accepted',
  },
  returned: {
    edit: 'returned',
    forward: 'forwarded',
    withdraw: 'withdrawn',
    backToHall: 'asked',
    backToCity: 'forwarded',
    backToQueue: 'accepted',
  },
  withdrawn: {},
  merged: {
    withdraw: 'withdrawn',
    backToHall: 'asked',
    backToCity: 'forwarded',
    backToQueue: 'accepted',
  },
};

/** Channels that a person at a desk types in: for somebody beside them, from paper, from a box. */
export const typedChannels = ['onBehalf', 'slip', 'box', 'letter'] as const;

export type TypedChannel = (typeof typedChannels)[number];

export const questionChannels = ['phone', 'hand', ...typedChannels, 'form', 'import'] as const;

/**
 * How a question came in: the asker's own phone, a hand raised in the hall, typed for somebody, the
 * public form before the event, or a list that was collected beforehand.
 */
export type QuestionChannel = (typeof questionChannels)[number];

export const urgencies = ['normal', 'urgent'] as const;

export type Urgency = (typeof urgencies)[number];

/** States of a question that another one can be merged into: it is alive, or its answer is known. */
export const leadStates: readonly QuestionState[] = [
  'asked',
  'forwarded',
  'accepted',
  'onDeck',
  'onAir',
  'heard',
  'disposed',
];

/** States in which the people of a hall may see a question of theirs and stand behind it. */
const supportableStates: readonly QuestionState[] = ['forwarded', 'accepted', 'onDeck', 'onAir'];

/** Channels by which a question comes to the city past its hall's moderator, read by nobody. */
const unreadChannels: readonly QuestionChannel[] = ['form', 'import'];

/**
 * Whether the people of its hall may see a question and stand behind it: only after somebody has
 * read it, the hall's moderator or, where it came past them, whoever accepts it at the city.
 */
export function isSupportable({
  state,
  channel,
}: {
  state: QuestionState;
  channel: QuestionChannel;
}): boolean {
  const isUnread = state === 'forwarded' && unreadChannels.includes(channel);
  return supportableStates.includes(state) && !isUnread;
}

/** Pictures and documents that one question may carry. */
export const maxAttachments = 3;

/** Questions that one command may change together. */
export const maxBulk = 500;

/**
 * Who may read the asker's name: everybody, the asker's own hall and the desk, the desk alone, or
 * nobody (then no name is kept with the question at all).
 */
export const nameVisibilities = ['public', 'hall', 'desk', 'none'] as const;

export type NameVisibility = (typeof nameVisibilities)[number];

export const dispositionKinds = ['answeredHere', 'assigned', 'escalated', 'outside'] as const;

export type DispositionKind = (typeof dispositionKinds)[number];

/** What the leader decided: `dueOn` is a calendar day, `YYYY-MM-DD`. */
export type Disposition =
  | { kind: 'answeredHere' }
  | { kind: 'assigned'; agency: string; dueOn: string }
  | { kind: 'escalated'; to: string }
  | { kind: 'outside'; reason: string };

/** Places in the queue are planned and told up to this one; behind it, only "in the queue". */
export const lastPlaceTold = 99;

/** A person moved the question: it keeps its place against the rule. */
export interface Pin {
  /** How many questions will have left the queue before it, counted from the dialogue's beginning. */
  due: number;
  /** The log's number of the move: of two that are due together the later one goes first. */
  seq: number;
  /** Who moved it, as the log names them. */
  by: string | null;
  reason: string | null;
}

/** What an agency wrote beforehand, for the leader's eyes. */
export interface Brief {
  agency: string;
  text: string;
  /** Epoch ms. */
  at: number;
}
