import type { Actor } from '../kernel/actor.ts';
import type { LogEntry } from '../kernel/entries.ts';
import type { Commit } from '../kernel/ports.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { DialogueState, Question } from '../kernel/state.ts';
import { allPartsOf, leadOf } from '../questions/merged.ts';
import type {
  PushMessage,
  PushSender,
  PushStore,
  StoredSubscription,
  Subscription,
} from './ports.ts';

/** Browsers of one person. */
const maxOfPerson = 5;
/** Messages that may wait to be sent; older ones make room. */
const maxWaiting = 20_000;
const atOnce = 8;

/** Entries that change how a question stands, as its asker sees it. */
const telling = new Set([
  'question.forwarded',
  'question.returned',
  'question.accepted',
  'question.merged',
  'question.disposed',
  'turn.prepared',
  'turn.called',
  'turn.ended',
]);

export interface PushServiceOptions {
  store: PushStore;
  sender: PushSender;
  onError: (error: unknown, dialogueId: string) => void;
  now?: () => number;
}

/** Tells askers' browsers that something became of their questions, also when no page is open. */
export class PushService {
  private readonly options: PushServiceOptions;
  /** Questions and turns that entries have named, until the state that they made is known. */
  private readonly named = new Map<string, Set<string>>();
  private readonly waiting: { subscription: StoredSubscription; message: PushMessage }[] = [];
  private sending = 0;
  private isClosed = false;

  constructor(options: PushServiceOptions) {
    this.options = options;
  }

  get publicKey(): string {
    return this.options.sender.publicKey;
  }

  /** Throws `invalid` when the address is not one of a known push service. */
  async subscribe(actor: Actor, subscription: Subscription): Promise<void> {
    if (actor.kind !== 'person') throw new Refusal('not_allowed');
    const { store, sender, now = Date.now } = this.options;
    if (!sender.accepts(subscription.endpoint)) throw new Refusal('invalid', { path: 'endpoint' });
    const { dialogueId, personId } = actor;
    await store.put({ ...subscription, dialogueId, personId }, maxOfPerson, now());
  }

  async unsubscribe(actor: Actor, endpoint: string): Promise<void> {
    if (actor.kind !== 'person') throw new Refusal('not_allowed');
    await this.options.store.remove(actor.dialogueId, actor.personId, endpoint);
  }

  /** Call for each commit of this node; what other nodes commit, they tell. */
  handleWritten({ dialogueId, entries }: Commit): void {
    this.note(dialogueId, entries);
  }

  /** Call after each commit. */
  handleState(state: DialogueState): void {
    const named = this.named.get(state.id);
    if (!named) return;
    this.named.delete(state.id);
    const changed = new Map<string, Question>();
    for (const id of named) {
      const question = state.questions.get(state.turns.get(id)?.questionId ?? id);
      if (!question) continue;
      // Whoever shares it follows it.
      for (const one of [question, ...allPartsOf(state, question.id)]) {
        if (one.personId !== null) changed.set(one.id, one);
      }
    }
    if (changed.size === 0) return;
    // As it stands now; what comes meanwhile is told by itself.
    const told = [...changed.values()].map((question) => ({
      personId: question.personId!,
      message: messageOf(state, question),
    }));
    this.tell(state.id, told).catch((error: unknown) => this.options.onError(error, state.id));
  }

  /** What waits is given up. Idempotent. */
  close(): void {
    this.isClosed = true;
    this.waiting.length = 0;
  }

  private note(dialogueId: string, entries: readonly LogEntry[]): void {
    for (const { type, payload } of entries) {
      if (!telling.has(type)) continue;
      const { questionId, turnId } = payload as { questionId?: string; turnId?: string };
      const id = questionId ?? turnId;
      if (id === undefined) continue;
      const named = this.named.get(dialogueId);
      if (named) named.add(id);
      else this.named.set(dialogueId, new Set([id]));
    }
  }

  private async tell(
    dialogueId: string,
    told: readonly { personId: string; message: PushMessage }[],
  ): Promise<void> {
    const personIds = [...new Set(told.map(({ personId }) => personId))];
    const subscriptions = await this.options.store.of(dialogueId, personIds);
    for (const { personId, message } of told) {
      for (const subscription of subscriptions) {
        if (subscription.personId !== personId) continue;
        if (this.waiting.length >= maxWaiting) this.waiting.shift();
        this.waiting.push({ subscription, message });
      }
    }
    while (this.sending < atOnce && this.waiting.length > 0) void this.sendOn(dialogueId);
  }

  /** One of the few that send beside each other, until nothing waits. */
  private async sendOn(dialogueId: string): Promise<void> {
    this.sending += 1;
    const { sender, store, onError } = this.options;
    for (let next = this.waiting.shift(); next && !this.isClosed; next = this.waiting.shift()) {
      const outcome = await sender.send(next.subscription, next.message);
      if (outcome !== 'gone') continue;
      await store
        .removeGone(next.subscription.endpoint)
        .catch((error: unknown) => onError(error, dialogueId));
    }
    this.sending -= 1;
  }
}

/** A question's state and code: no name, no words of it. */
function messageOf(state: DialogueState, question: Question): PushMessage {
  const lead = leadOf(state, question);
  const told = {
    code: question.code,
    state: question.state,
    lead: lead === question ? null : lead.state,
  };
  // A topic has at most 32 characters (RFC 8030, section 5.4).
  return { topic: question.id.replaceAll('-', ''), text: JSON.stringify(told) };
}
