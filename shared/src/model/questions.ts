import type { TransitionTable } from './transitions.ts';

/**
 * `asked`: at the bridge point. `forwarded`: at the city, not yet read. `accepted`: in the queue.
 * `heard`: the turn is over, its disposition still owed. `returned`: back at the bridge point, the
 * asker sees why; it can be worded anew and forwarded again.
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
  | 'withdraw';

/**
 * A disposition can be given while the turn runs: the question stays `onAir`, and the end of the
 * turn then takes it through `heard` to `disposed` in one command.
 */
export const questionTransitions: TransitionTable<QuestionState, QuestionEvent> = {
  asked: { edit: 'asked', forward: 'forwarded', return: 'returned', withdraw: 'withdrawn' },
  forwarded: {
    edit: 'forwarded',
    return: 'returned',
    accept: 'accepted',
    dispose: 'disposed',
    withdraw: 'withdrawn',
  },
  accepted: {
    edit: 'accepted',
    return: 'returned',
    move: 'accepted',
    prepare: 'onDeck',
    call: 'onAir',
    dispose: 'disposed',
    withdraw: 'withdrawn',
  },
  onDeck: { release: 'accepted', call: 'onAir' },
  onAir: { endTurn: 'heard', dispose: 'onAir', undispose: 'onAir' },
  heard: { dispose: 'disposed' },
  disposed: { dispose: 'disposed', undispose: 'heard' },
  returned: { edit: 'returned', forward: 'forwarded' },
  withdrawn: {},
};

export const questionChannels = ['phone', 'hand', 'onBehalf'] as const;

/** How a question came in: the asker's own phone, a hand raised in the hall, or typed for somebody. */
export type QuestionChannel = (typeof questionChannels)[number];

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

/** Places in the queue are told to halls and askers up to this one; behind it, only "in the queue". */
export const lastPlaceTold = 99;
