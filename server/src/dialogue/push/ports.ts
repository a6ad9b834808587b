/** Where a browser wants to be told, as the Push API gives it (RFC 8030, RFC 8291). */
export interface Subscription {
  endpoint: string;
  /** Base64url: the browser's public key, and the secret that both ends share. */
  p256dh: string;
  auth: string;
}

export interface StoredSubscription extends Subscription {
  dialogueId: string;
  personId: string;
}

/** The server's own keys (VAPID, RFC 8292), base64url. */
export interface PushKeys {
  publicKey: string;
  privateKey: string;
}

export interface PushStore {
  /** The keys that are kept; the first time, those given here are. */
  keys(fresh: PushKeys): Promise<PushKeys>;
  /** Keeps it, whoever that browser told before, and of one person the newest `max`. */
  put(subscription: StoredSubscription, max: number, at: number): Promise<void>;
  remove(dialogueId: string, personId: string, endpoint: string): Promise<void>;
  /** The push service no longer knows it, whoever it was of. */
  removeGone(endpoint: string): Promise<void>;
  of(dialogueId: string, personIds: readonly string[]): Promise<StoredSubscription[]>;
}

/** `gone`: the browser does not want to be told any more. `failed`: this message is lost. */
export type PushOutcome = 'sent' | 'gone' | 'failed';

export interface PushMessage {
  /** A later one of the same topic takes the place of one that was not delivered yet. */
  topic: string;
  text: string;
}

export interface PushSender {
  readonly publicKey: string;
  /** Whether the address is one of a push service that messages may be sent to. */
  accepts(endpoint: string): boolean;
  /** Never rejects. */
  send(subscription: Subscription, message: PushMessage): Promise<PushOutcome>;
}
