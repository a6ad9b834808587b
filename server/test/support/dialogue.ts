import { randomUUID } from 'node:crypto';
import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import { type Actor, system } from '../../src/dialogue/kernel/actor.ts';
import { Engine } from '../../src/dialogue/kernel/executor.ts';
import type { DialogueState } from '../../src/dialogue/kernel/state.ts';
import { type Database, migrate, openDatabase } from '../../src/store/database.ts';
import { createJournal } from '../../src/store/journal.ts';
import { createTestDatabase } from './postgres.ts';

export const admin: Actor = {
  kind: 'staff',
  accountId: randomUUID(),
  displayName: 'Quản trị',
  isAdmin: true,
  sessionId: randomUUID(),
};

const staff = (displayName: string): Actor & { kind: 'staff' } => ({
  kind: 'staff',
  accountId: randomUUID(),
  displayName,
  isAdmin: false,
  sessionId: randomUUID(),
});

/** Settings of a dialogue as an admin gives them. */
export const settings: CommandPayload<'dialogue.create'> = {
  title: 'Đối thoại với nông dân',
  organiser: 'Thành phố',
  startsAt: 1_800_000_000_000,
  fields: ['Đất đai', 'Môi trường'],
  agencies: ['Sở Tài nguyên và Môi trường'],
  namePolicy: 'optional',
  turnSeconds: 180,
};

export interface TestEngine {
  db: Database;
  engine: Engine;
  deliveries: Delivery[];
  errors: unknown[];
  close(): Promise<void>;
}

/**
 * An engine on a database of its own; `url` continues an older one, as a restart does. `now` gives
 * the engine's clock, in epoch ms.
 */
export async function createTestEngine(
  url?: string,
  now: () => number = Date.now,
): Promise<TestEngine & { url: string }> {
  const database = url === undefined ? await createTestDatabase() : null;
  const address = url ?? database!.url;
  const db = openDatabase(address, { maxConnections: 4 });
  await migrate(db);
  const deliveries: Delivery[] = [];
  const errors: unknown[] = [];
  const engine = new Engine({
    journal: createJournal(db),
    outlet: { deliver: (some) => deliveries.push(...some) },
    now,
    onError: (error) => errors.push(error),
  });
  return {
    url: address,
    db,
    engine,
    deliveries,
    errors,
    async close() {
      await engine.close();
      await db.destroy();
      await database?.drop();
    },
  };
}

/** A dialogue with its people, driven command by command. */
export class TestDialogue {
  readonly id = randomUUID();
  readonly secretary = staff('Thư ký');
  readonly host = staff('Chủ trì');
  readonly engine: Engine;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** Created, staffed, `halls` imported, doors open. */
  static async open(engine: Engine, halls = 3): Promise<TestDialogue> {
    const dialogue = new TestDialogue(engine);
    await dialogue.do(admin, 'dialogue.create', settings);
    for (const [actor, role] of [
      [dialogue.secretary, 'secretary'],
      [dialogue.host, 'host'],
    ] as const) {
      await dialogue.do(admin, 'member.assign', { accountId: actor.accountId, role });
    }
    await dialogue.do(admin, 'bridgePoint.import', {
      bridgePoints: Array.from({ length: halls }, (_, index) => ({
        code: `hall-${index + 1}`,
        name: `Điểm cầu ${index + 1}`,
        district: `Quận ${index + 1}`,
        kind: 'phường',
        expectedAttendance: 25,
      })),
    });
    await dialogue.do(dialogue.secretary, 'dialogue.open', {});
    return dialogue;
  }

  send<Name extends CommandName>(
    actor: Actor,
    name: Name,
    payload: CommandPayload<Name>,
    commandId: string = randomUUID(),
  ) {
    return this.engine.execute(actor, { commandId, dialogueId: this.id, name, payload } as never);
  }

  /** Sends and expects it to be carried out. */
  async do<Name extends CommandName>(
    actor: Actor,
    name: Name,
    payload: CommandPayload<Name>,
  ): Promise<number> {
    const outcome = await this.send(actor, name, payload);
    if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.error)}`);
    return outcome.seq;
  }

  async state(): Promise<DialogueState> {
    const state = await this.engine.read(this.id);
    if (!state) throw new Error('the dialogue is not there');
    return state;
  }

  async hall(number: number): Promise<string> {
    const hall = (await this.state()).bridgePointsByCode.get(`hall-${number}`);
    if (!hall) throw new Error(`no hall ${number}`);
    return hall.id;
  }

  async moderator(number: number): Promise<Actor & { kind: 'device' }> {
    return {
      kind: 'device',
      dialogueId: this.id,
      bridgePointId: await this.hall(number),
      role: 'moderator',
      sessionId: randomUUID(),
    };
  }

  async joined(
    number: number,
    name: string | null = 'Nguyễn Thị An',
  ): Promise<Actor & { kind: 'person' }> {
    const bridgePointId = await this.hall(number);
    const personId = randomUUID();
    await this.do(system, 'participant.join', { personId, bridgePointId, name });
    return {
      kind: 'person',
      dialogueId: this.id,
      personId,
      bridgePointId,
      sessionId: randomUUID(),
    };
  }

  /** A question asked by that person; its id. */
  async ask(person: Actor & { kind: 'person' }, text = 'Bao giờ làm đường?'): Promise<string> {
    const questionId = randomUUID();
    await this.do(person, 'question.ask', {
      questionId,
      bridgePointId: person.bridgePointId,
      text,
      field: null,
      nameVisibility: 'public',
    });
    return questionId;
  }

  /** Asked in that hall, forwarded and accepted; its id. */
  async accepted(hallNumber: number): Promise<string> {
    const questionId = await this.ask(await this.joined(hallNumber));
    await this.do(await this.moderator(hallNumber), 'question.forward', { questionId });
    await this.do(this.secretary, 'question.accept', { questionId });
    return questionId;
  }
}
