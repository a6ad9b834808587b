import type { CutStatus } from '@nhip-cau/shared/protocol/recording';

/**
 * What nodes that serve one database together need of each other. All of it may be lost at any
 * moment: what must not be lost stands in the database, and is read from there.
 */

/** What nodes tell each other, by topic. */
export interface BusMessages {
  /** The log of a dialogue has grown up to `seq`. */
  commits: { dialogueId: string; seq: number };
  /** Sessions that were ended, and accounts whose sessions are to be read anew. */
  sessions: { revoked: string[]; accounts: string[] };
  values: ValuesMessage;
  /** How far the making of a dialogue's programme is; or that it is to end, wherever it is made. */
  cuts: { dialogueId: string; status: CutStatus } | { dialogueId: string; status: null };
  /** `length` bytes of a run's sound from `from` on; asked of one node, or (null) of whoever has it. */
  soundAsked: SoundAsked;
  /** The answer of each node that was asked: how long the sound is there (null: it has none). */
  soundGiven: SoundGiven;
}

export interface SoundAsked {
  askId: string;
  of: string | null;
  dialogueId: string;
  runId: string;
  from: number;
  length: number;
}

export interface SoundGiven {
  askId: string;
  size: number | null;
  /** In base64. */
  bytes: string;
}

export type BusTopic = keyof BusMessages;

export type BusListener<Topic extends BusTopic> = (
  message: BusMessages[Topic],
  fromNodeId: string,
) => void;

/**
 * Small messages to all other nodes: at most once, in the order of each sender, and to nobody who
 * is not connected at that moment. Who has to know asks again after `onUp`, and now and then.
 */
export interface Bus {
  /** This process, and no later one. */
  readonly nodeId: string;
  /** Whether messages are heard now; while not, other nodes may do what nobody hears of. */
  readonly isUp: boolean;
  /** Never throws; what cannot be sent is dropped. */
  publish<Topic extends BusTopic>(topic: Topic, message: BusMessages[Topic]): void;
  /** Hears what other nodes publish, never this one. Returns how to end it. */
  subscribe<Topic extends BusTopic>(topic: Topic, listener: BusListener<Topic>): () => void;
  /** Called when it is up again after it was not: messages are missing. */
  onUp(listener: () => void): void;
}

/** One holder at a time over all nodes, for each name. */
export interface Leases {
  /** `null` while somebody else holds it, and while nobody can be asked. Never rejects. */
  acquire(name: string): Promise<Lease | null>;
}

/** Renewed by itself until it is released, or cannot be renewed in time. */
export interface Lease {
  /** Grows with each holder of this name: of two who believe that they hold it, the later one does. */
  readonly token: number;
  /** By this process's own clock, so that a process that was stopped knows at once. */
  readonly isHeld: boolean;
  /** Called once if it is lost, not when it is released. */
  onLost(listener: () => void): void;
  /** Idempotent; never rejects. */
  release(): Promise<void>;
}

/** How often, and how long that still counts. */
export interface Count {
  value: number;
  leftMs: number;
}

/** Counts by name and key over all nodes; `null`: they cannot be asked now. Never rejects. */
export interface SharedCounters {
  /** Counts one more; the first one begins the seconds for which they count. */
  add(name: string, key: string, seconds: number): Promise<Count | null>;
  look(name: string, key: string, seconds: number): Promise<Count | null>;
}

/** A value of one node; small, and plain JSON. */
export type NodeValue = object | string | number | boolean;

/**
 * What each node says of each key. The values of a node that is not heard of any more vanish some
 * seconds later; while nobody can be heard they stay as they are.
 */
export interface NodeValues {
  /** Says something of a key, or nothing any more; told to others at most five times a second. */
  set(key: string, value: NodeValue | null): void;
  /** Called for each value of another node that is there already, came, changed or vanished. */
  onChange(listener: (key: string, nodeId: string, value: NodeValue | null) => void): void;
  /** Other nodes that are heard of now. */
  nodes(): string[];
  /** Takes what this node says away. Idempotent. */
  close(): void;
}

/** Between `NodeValues`: `version` grows with every change, so that who missed one sees it. */
export type ValuesMessage =
  | { kind: 'changed'; version: number; values: Record<string, NodeValue | null> }
  | { kind: 'all'; version: number; values: Record<string, NodeValue> }
  | { kind: 'alive'; version: number }
  | { kind: 'ask'; nodeId: string }
  | { kind: 'gone' };
