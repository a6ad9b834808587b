import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type { Principal } from '@nhip-cau/shared/protocol/socket';
import { type Actor, system } from '../src/dialogue/kernel/actor.ts';
import { Engine } from '../src/dialogue/kernel/executor.ts';
import {
  type NewSession,
  principalOf,
  type SessionSubject,
} from '../src/dialogue/people/sessions.ts';
import { accountStore } from '../src/store/accounts.ts';
import { migrate, openDatabase } from '../src/store/database.ts';
import { createJournal } from '../src/store/journal.ts';
import { sessionStore } from '../src/store/sessions.ts';
import { sessionCookie } from '../src/transport/http/cookies.ts';

export interface SeedOptions {
  databaseUrl: string;
  /** Halls besides the central one, `hall-1` on, over 30 districts. */
  bridgePoints: number;
  /** Participants, spread over the halls in turn. */
  persons: number;
  /** Default 1. */
  secretaries?: number;
  /** Whether the dialogue has begun; else its doors are open. Default true. */
  isLive?: boolean;
}

/** A session as its client needs it. */
export interface SeededSession {
  principal: Principal;
  /** The whole `Cookie` header. */
  cookie: string;
  sessionId: string;
}

export interface SeededPerson extends SeededSession {
  personId: string;
  bridgePointId: string;
}

export interface SeededHall {
  bridgePointId: string;
  code: string;
  district: string;
  moderator: SeededSession;
  screen: SeededSession;
}

export interface SeededDialogue {
  dialogueId: string;
  /** The leader's hall, for which the host may publish. */
  centralBridgePointId: string;
  host: SeededSession;
  secretaries: SeededSession[];
  halls: SeededHall[];
  persons: SeededPerson[];
}

const districts = 30;
const sessionsAtOnce = 2_000;
const commandsAtOnce = 5_000;
const sessionMs = 24 * 3_600_000;

/**
 * Makes a dialogue with its people and their sessions, without HTTP and its limits, by the server's
 * own engine: the log and its hashes are as real ones. Run it before the server reads the dialogue.
 * 15,000 persons take a few seconds.
 */
export async function seedDialogue(options: SeedOptions): Promise<SeededDialogue> {
  const db = openDatabase(options.databaseUrl, { maxConnections: 2 });
  try {
    await migrate(db);
    const engine = new Engine({
      journal: createJournal(db),
      outlet: { deliver: () => {} },
      maxBatch: commandsAtOnce,
      onError: (error) => {
        throw error;
      },
    });
    const sessions = new SessionSheet();
    const dialogue = await seed(engine, sessions, options, async (accountId, displayName) =>
      accountStore(db).insert({
        id: accountId,
        username: `load-${accountId.slice(0, 8)}`,
        displayName,
        passwordHash: '',
        isAdmin: false,
        mustChangePassword: false,
        failures: 0,
        lockedUntil: null,
        disabledAt: null,
        createdAt: 0,
      }),
    );
    await engine.close();
    for (let first = 0; first < sessions.rows.length; first += sessionsAtOnce) {
      await sessionStore(db).insert(sessions.rows.slice(first, first + sessionsAtOnce));
    }
    return dialogue;
  } finally {
    await db.destroy();
  }
}

async function seed(
  engine: Engine,
  sessions: SessionSheet,
  { bridgePoints, persons, secretaries = 1, isLive = true }: SeedOptions,
  addAccount: (accountId: string, displayName: string) => Promise<void>,
): Promise<SeededDialogue> {
  const dialogueId = randomUUID();
  const run = async <Name extends CommandName>(
    actor: Actor,
    name: Name,
    payload: CommandPayload<Name>,
  ): Promise<void> => {
    const envelope = { commandId: randomUUID(), dialogueId, name, payload };
    const outcome = await engine.execute(actor, envelope as never);
    if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.error)}`);
  };
  const staff = async (displayName: string) => {
    const accountId = randomUUID();
    await addAccount(accountId, displayName);
    const session = sessions.add({ kind: 'staff', accountId });
    const actor: Actor = { kind: 'staff', accountId, displayName, isAdmin: false, sessionId: '' };
    return { accountId, session, actor };
  };
  const admin: Actor = {
    kind: 'staff',
    accountId: randomUUID(),
    displayName: 'Quản trị',
    isAdmin: true,
    sessionId: '',
  };

  await run(admin, 'dialogue.create', {
    title: 'Đối thoại của Thành phố với Nhân dân',
    organiser: 'Ủy ban nhân dân Thành phố',
    startsAt: Date.now(),
    fields: ['Đất đai', 'Môi trường', 'Giao thông', 'Y tế', 'Giáo dục'],
    agencies: ['Sở Nông nghiệp và Môi trường'],
    namePolicy: 'optional',
    turnSeconds: 180,
  });
  const host = await staff('Chủ trì');
  await run(admin, 'member.assign', { accountId: host.accountId, role: 'host' });
  const desk: Awaited<ReturnType<typeof staff>>[] = [];
  for (let index = 1; index <= secretaries; index += 1) {
    const secretary = await staff(`Thư ký ${index}`);
    await run(admin, 'member.assign', { accountId: secretary.accountId, role: 'secretary' });
    desk.push(secretary);
  }
  await run(admin, 'bridgePoint.import', {
    bridgePoints: Array.from({ length: bridgePoints }, (_, index) => ({
      code: `hall-${index + 1}`,
      name: `Điểm cầu ${index + 1}`,
      district: `Quận ${(index % districts) + 1}`,
      kind: 'phường',
      expectedAttendance: 26,
    })),
  });
  await run(desk[0]?.actor ?? host.actor, 'dialogue.open', {});
  if (isLive) await run(host.actor, 'dialogue.start', {});

  const state = await engine.read(dialogueId);
  if (!state) throw new Error('the dialogue was not made');
  const halls = [...state.bridgePoints.values()]
    .filter(({ isCentral }) => !isCentral)
    .map(({ id: bridgePointId, code, district }) => {
      const device = { kind: 'device', dialogueId, bridgePointId } as const;
      const moderator = sessions.add({ ...device, deviceRole: 'moderator' });
      const screen = sessions.add({ ...device, deviceRole: 'screen' });
      return { bridgePointId, code, district, moderator, screen };
    });
  const joined = Array.from({ length: persons }, (_, index) => {
    const personId = randomUUID();
    const { bridgePointId } = halls[index % halls.length]!;
    const session = sessions.add({ kind: 'person', dialogueId, bridgePointId, personId });
    return { ...session, personId, bridgePointId };
  });
  await Promise.all(
    joined.map(({ personId, bridgePointId }, index) =>
      run(system, 'participant.join', { personId, bridgePointId, name: `Công dân ${index + 1}` }),
    ),
  );
  return {
    dialogueId,
    centralBridgePointId: state.dialogue!.centralBridgePointId,
    host: host.session,
    secretaries: desk.map(({ session }) => session),
    halls,
    persons: joined,
  };
}

/** Sessions that are made together and written together. */
class SessionSheet {
  readonly rows: NewSession[] = [];
  private readonly createdAt = Date.now();

  add(subject: SessionSubject): SeededSession {
    const token = randomBytes(32).toString('base64url');
    const sessionId = randomUUID();
    this.rows.push({
      id: sessionId,
      tokenHash: createHash('sha256').update(token).digest('hex'),
      subject,
      userAgent: 'load',
      createdAt: this.createdAt,
      expiresAt: this.createdAt + sessionMs,
    });
    const principal = principalOf(subject);
    const [cookie] = sessionCookie(principal, token, false).split(';', 1);
    return { principal, cookie: cookie!, sessionId };
  }
}
