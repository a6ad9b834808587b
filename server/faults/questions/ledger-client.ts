import { io } from 'socket.io-client';
import type {
  CommandName,
  CommandOutcome,
  CommandPayload,
} from '@nhip-cau/shared/protocol/commands';
import type { Delivery, Put } from '@nhip-cau/shared/protocol/facts';
import type { SyncedAudience } from '@nhip-cau/shared/protocol/socket';
import { DialogueConnection } from '../../../client/src/core/connection/dialogue-connection.ts';
import { memoryStorage, OutboxShelf } from '../../../client/src/core/connection/outbox-shelf.ts';
import { Outbox } from '../../../client/src/core/connection/outbox.ts';
import type { DialogueSocket } from '../../../client/src/core/connection/socket.ts';
import { type BoardMaps, Replica } from '../../../client/src/core/connection/replica.ts';
import type { WaitingCommand } from '../../../client/src/core/connection/waiting-command.ts';
import { Emitter } from '../../../client/src/core/emitter.ts';
import type { RetryDelay } from '../../../client/src/core/retry-delay.ts';
import { createReplica } from '../../load/replica.ts';
import type { SeededSession } from '../../load/seed.ts';
import type { Random } from '../../simulator/random.ts';
import type { Line } from '../support/line.ts';
import type { Ledger, Submission } from './ledger.ts';
import { type CommandFault, drawCommandFault } from './plan.ts';

export interface LedgerClientOptions {
  name: string;
  session: SeededSession;
  dialogueId: string;
  page?: 'screen';
  line: Line;
  random: Random;
}

export interface LedgerClientEvents {
  /** Something was answered, connected or lost. */
  changed: void;
  /** A command has its first answer that stands. */
  settled: CommandOutcome;
  /** Facts that came: live, or all there are after catching up. */
  puts: readonly Put[];
}

/** Impatient, so that a round of faults takes seconds: pages wait from half a second on. */
const retryDelay: RetryDelay = (attempt) => Math.min(400, 50 * (attempt + 1));
/** A command sent again out of time comes behind so many later ones. */
const lateBy = 2;

/** Says when it has caught up: what was missed meanwhile came without a delivery. */
class AttendedReplica extends Replica {
  private readonly onSynced: () => void;

  constructor(boards: object, onSynced: () => void) {
    super(boards as BoardMaps);
    this.onSynced = onSynced;
  }

  override handleSynced(audiences: readonly SyncedAudience[]): 'current' | 'gap' {
    const outcome = super.handleSynced(audiences);
    this.onSynced();
    return outcome;
  }
}

/**
 * One page without its pictures: the pages' own connection, replica and outbox, over a line that
 * fails as planned. It keeps a ledger of what it sent, what was answered and what it heard.
 */
export class LedgerClient extends Emitter<LedgerClientEvents> {
  readonly ledger: Ledger;
  readonly options: LedgerClientOptions;
  readonly boards: ReturnType<typeof createReplica>['boards'];
  readonly faults = { cutMessage: 0, cutAnswer: 0, straggler: 0, delay: 0, duplicate: 0 };
  private readonly replica: AttendedReplica;
  private readonly connection: DialogueConnection;
  private readonly outbox: Outbox;
  private readonly random: Random;
  private readonly submissions = new Map<string, Submission>();
  private readonly late: { command: WaitingCommand; after: number }[] = [];
  private repeating = 0;

  constructor(options: LedgerClientOptions) {
    super();
    const { name, session, dialogueId, line, page } = options;
    this.options = options;
    this.random = options.random;
    this.ledger = { client: name, submissions: [], heard: [] };
    const { boards } = createReplica();
    this.boards = boards;
    this.replica = new AttendedReplica(boards, () => this.emit('puts', this.allPuts()));
    this.connection = new DialogueConnection({
      principal: session.principal,
      dialogueId,
      page,
      replica: this.replica,
      retryDelay,
      createSocket: (auth): DialogueSocket =>
        io(line.url, {
          auth,
          autoConnect: false,
          forceNew: true,
          reconnection: false,
          transports: ['websocket'],
          extraHeaders: { cookie: session.cookie },
        }),
    });
    this.outbox = new Outbox({
      shelf: new OutboxShelf(memoryStorage(), name),
      deliver: (command) => this.deliver(command),
      exclusively: (work) => work(),
      retryDelay,
    });
    this.connection.socket.on('delivery', (delivery) => this.handleDelivery(delivery));
    this.connection.on('status', (status) => {
      if (status === 'online') this.outbox.handleOnline();
      else this.outbox.handleOffline();
      this.emit('changed', undefined);
    });
  }

  /** Gives a command to the outbox, which sends it until it has an answer that stands. */
  async submit<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
  ): Promise<CommandOutcome> {
    const outcome = await this.outbox.add(name, payload);
    this.emit('settled', outcome);
    this.emit('changed', undefined);
    return outcome;
  }

  get status() {
    return this.connection.status;
  }

  /** In words, for whoever wonders why it is not done. */
  get state(): string {
    const { connected } = this.connection.socket;
    const { length } = this.outbox.waiting;
    const line = `${this.status}, socket ${connected ? 'connected' : 'not connected'}`;
    return `${this.options.name}: ${line}, ${length} waiting, ${this.repeating} repeated`;
  }

  /** Nothing of its own is under way any more. */
  get isSettled(): boolean {
    return this.outbox.waiting.length === 0 && this.repeating === 0 && this.late.length === 0;
  }

  /** Whether it has been told of everything up to there. */
  hasReached(audiences: readonly SyncedAudience[]): boolean {
    const cursors = this.replica.cursors();
    const isThere = audiences.every(({ audience, seq }) => (cursors[audience] ?? -1) >= seq);
    return this.status === 'online' && isThere;
  }

  /** Sends again now what was to be sent again later. */
  repeatLate(): void {
    for (const { command } of this.late.splice(0)) void this.repeat(command);
  }

  close(): void {
    this.connection.close();
    this.outbox.close();
  }

  private async deliver(command: WaitingCommand): Promise<CommandOutcome | null> {
    const { duplicate } = this.firstTime(command);
    const answer = this.send(command);
    if (duplicate === 'now') void this.repeat(command);
    if (duplicate === 'late') this.late.push({ command, after: lateBy });
    for (const late of this.late) late.after -= 1;
    while ((this.late[0]?.after ?? 1) < 0) void this.repeat(this.late.shift()!.command);
    return answer;
  }

  /** Puts a new command into the ledger and its planned fault on the line. */
  private firstTime({ commandId, name }: WaitingCommand): CommandFault {
    if (this.submissions.has(commandId)) return { line: null, duplicate: null };
    const submission: Submission = { commandId, name, answers: [] };
    this.submissions.set(commandId, submission);
    this.ledger.submissions.push(submission);
    const fault = drawCommandFault(this.random);
    if (fault.line) {
      this.faults[fault.line.kind] += 1;
      this.options.line.arm(fault.line);
    }
    return fault;
  }

  private async repeat(command: WaitingCommand): Promise<void> {
    this.repeating += 1;
    this.faults.duplicate += 1;
    await this.send(command);
    this.repeating -= 1;
    this.emit('changed', undefined);
  }

  private async send(command: WaitingCommand): Promise<CommandOutcome | null> {
    const outcome = await this.connection.deliver(command);
    if (outcome) this.submissions.get(command.commandId)?.answers.push(outcome);
    return outcome;
  }

  private handleDelivery({ audience, seq, prev, puts }: Delivery): void {
    this.ledger.heard.push({ audience, seq, prev });
    this.emit('puts', puts);
  }

  private allPuts(): Put[] {
    return Object.values(this.boards).flatMap((board) =>
      Object.entries(board).flatMap(([collection, values]) =>
        [...values].map(([id, value]) => ({ collection, id, value })),
      ),
    );
  }
}
