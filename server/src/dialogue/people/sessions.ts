import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { DeviceRole } from '@nhip-cau/shared/model/roles';
import type { Me, SessionBody } from '@nhip-cau/shared/protocol/http';
import type { Principal } from '@nhip-cau/shared/protocol/socket';
import type { Actor } from '../kernel/actor.ts';
import { Gathering } from './gathering.ts';

/** Whom a session is for. */
export type SessionSubject =
  | { kind: 'staff'; accountId: string }
  | { kind: 'device'; dialogueId: string; bridgePointId: string; deviceRole: DeviceRole }
  | { kind: 'person'; dialogueId: string; bridgePointId: string; personId: string };

export interface NewSession {
  id: string;
  /** SHA-256 of the token, in hex: a stolen database opens no door. */
  tokenHash: string;
  subject: SessionSubject;
  userAgent: string;
  createdAt: number;
  expiresAt: number;
}

export interface SeenSession {
  id: string;
  lastSeenAt: number;
  expiresAt: number;
}

/** A session that holds, with what is shown of its subject. */
export interface LiveSession {
  id: string;
  subject: SessionSubject;
  displayName: string | null;
  isAdmin: boolean;
  mustChangePassword: boolean;
  lastSeenAt: number;
  expiresAt: number;
}

/** Who speaks, and until when that is proven; in use, a session's end moves on. */
export interface Authenticated {
  actor: Actor;
  expiresAt: number;
}

/** What a request says of itself: the token has to prove that it speaks for the principal. */
export interface Proof {
  principal: Principal;
  token: string;
}

export interface SessionStore {
  /** All of them, at most 4,000, in one statement. */
  insert(sessions: readonly NewSession[]): Promise<void>;
  /**
   * By their token's hash, in one query: those neither revoked nor of a disabled account; they may
   * have expired.
   */
  find(tokenHashes: readonly string[]): Promise<Map<string, LiveSession>>;
  /** The same by their ids; the keys are the hashes of their tokens. */
  findById(ids: readonly string[]): Promise<Map<string, LiveSession>>;
  /** All of them in one statement. */
  markSeen(sessions: readonly SeenSession[]): Promise<void>;
  /** Those that hold at `now`, newest first: all, or those within one dialogue. */
  list(dialogueId: string | null, now: number): Promise<SessionBody[]>;
  /** Their people's browsers are told no more. Returns those that were revoked by this call. */
  revoke(filter: RevokeFilter, now: number): Promise<{ id: string; tokenHash: string }[]>;
}

/**
 * `voidsCodes`: with a device's session its hall's unused pairing codes are void too, in one step.
 * Whoever holds a computer that is taken out must not come back with a code issued before; one that
 * signs out by itself leaves the hall's printed codes alone.
 */
export type RevokeFilter =
  | { sessionId: string; dialogueId?: string; voidsCodes?: boolean }
  | { accountId: string; exceptSessionId?: string };

export interface SessionHours {
  staffHours: number;
  deviceHours: number;
  participantHours: number;
}

export interface SessionServiceOptions {
  store: SessionStore;
  hours: SessionHours;
  now?: () => number;
  /** That sessions are used could not be written: they hold all the same. */
  onError?: (error: unknown) => void;
  /** Told of what changed here, for the other nodes. */
  onChanged?: (change: SessionChange) => void;
}

/** Sessions that were ended, and accounts whose sessions are to be read anew. */
export interface SessionChange {
  revoked: string[];
  accounts: string[];
}

const hourMs = 3_600_000;
/** 32 bytes as base64url: nothing else is worth a look. */
const tokenForm = /^[\w-]{43}$/;
/** How long a session is believed before the database is asked again, and told that it is used. */
const trustMs = 5 * 60_000;
/** Sessions of open sockets are asked after that long, so that whoever drops comes back unasked. */
const refreshMs = trustMs / 2;
/** Sessions in one query of `refresh`: more would hold up everything else while they are read. */
const refreshedAtOnce = 1_000;
const maxCached = 50_000;
/** Far more than are revoked while one look-up or one handshake is under way. */
const maxRevoked = 50_000;

/**
 * Makes, checks and ends sessions. One a node; what it revokes takes effect here at once, and at
 * other nodes as soon as they hear of it.
 */
export class SessionService {
  private readonly store: SessionStore;
  private readonly lifetimeMs: Record<SessionSubject['kind'], number>;
  private readonly now: () => number;
  private readonly onError: (error: unknown) => void;
  private readonly onChanged: (change: SessionChange) => void;
  private readonly cache = new Map<string, { session: LiveSession; checkedAt: number }>();
  /** A look-up that was under way while its session was revoked must not bring it back. */
  private readonly revoked = new Set<string>();
  /** By account, the change that it was last forgotten at, for the same reason. */
  private readonly forgotten = new Map<string, number>();
  private changes = 0;
  private readonly listeners: ((sessionId: string) => void)[] = [];
  // A crowd that comes at once is looked up together, not one by one.
  private readonly finding: Gathering<string, Map<string, LiveSession>>;
  private readonly marking: Gathering<SeenSession, void>;

  constructor({
    store,
    hours,
    now = Date.now,
    onError = () => {},
    onChanged = () => {},
  }: SessionServiceOptions) {
    this.store = store;
    this.onChanged = onChanged;
    this.finding = new Gathering((tokenHashes) => store.find(tokenHashes));
    this.marking = new Gathering((sessions) => store.markSeen(sessions));
    this.now = now;
    this.onError = onError;
    this.lifetimeMs = {
      staff: hours.staffHours * hourMs,
      device: hours.deviceHours * hourMs,
      person: hours.participantHours * hourMs,
    };
  }

  /** A new session; `token` (43 characters, base64url) is nowhere else than in this answer. */
  async create(subject: SessionSubject, userAgent: string): Promise<{ id: string; token: string }> {
    const token = randomBytes(32).toString('base64url');
    const createdAt = this.now();
    const id = randomUUID();
    const session: NewSession = {
      id,
      tokenHash: hashToken(token),
      subject,
      userAgent: userAgent.replace(/[^\x20-\x7e]/g, '').slice(0, 200),
      createdAt,
      expiresAt: createdAt + this.lifetimeMs[subject.kind],
    };
    await this.store.insert([session]);
    return { id, token };
  }

  /** The session that the token proves, if it is for that principal and holds. */
  async find(principal: Principal, token: string): Promise<LiveSession | null> {
    const [session] = await this.findAll([{ principal, token }]);
    return session ?? null;
  }

  /** The same of each proof, in one query for all that are not known already. */
  async findAll(proofs: readonly Proof[]): Promise<(LiveSession | null)[]> {
    const hashes = proofs.map(({ token }) => (tokenForm.test(token) ? hashToken(token) : null));
    const found = await this.lookUp(hashes.filter((hash) => hash !== null));
    return proofs.map(({ principal }, index) => {
      const session = found.get(hashes[index] ?? '');
      if (session === undefined || this.revoked.has(session.id)) return null;
      if (session.expiresAt <= this.now()) return null;
      return principalOf(session.subject) === principal ? session : null;
    });
  }

  /** Who speaks, or `null`; also for an account that has to change its password first. */
  async authenticate(principal: Principal, token: string): Promise<Authenticated | null> {
    const session = await this.find(principal, token);
    if (session === null || session.mustChangePassword) return null;
    return { actor: actorOf(session), expiresAt: session.expiresAt };
  }

  /** Whether the session was ended here lately: for who authenticated it before, and waited. */
  isRevoked(sessionId: string): boolean {
    return this.revoked.has(sessionId);
  }

  /**
   * Of the sessions, those that hold, with their ends (epoch ms). Call it now and then for those of
   * open sockets: they stay known, but to be open is not to be used, and does not prolong them.
   */
  async refresh(sessionIds: readonly string[]): Promise<Map<string, number>> {
    const now = this.now();
    const { changes } = this;
    const known = new Map<string, LiveSession>();
    for (const { session, checkedAt } of this.cache.values()) {
      if (now - checkedAt < refreshMs) known.set(session.id, session);
    }
    const stale = sessionIds.filter((id) => !known.has(id));
    for (let first = 0; first < stale.length; first += refreshedAtOnce) {
      const read = await this.store.findById(stale.slice(first, first + refreshedAtOnce));
      for (const [tokenHash, session] of read) {
        if (this.isCurrent(session, changes)) this.remember(tokenHash, session, now);
        known.set(session.id, session);
      }
    }
    return new Map(
      sessionIds.flatMap((id) => {
        const session = known.get(id);
        return session && !this.revoked.has(id) && session.expiresAt > now
          ? [[id, session.expiresAt] as const]
          : [];
      }),
    );
  }

  /** Sessions that hold, newest first: all, or those within one dialogue. */
  list(dialogueId: string | null): Promise<SessionBody[]> {
    return this.store.list(dialogueId, this.now());
  }

  /** Ends sessions and tells the listeners. Returns how many. Idempotent. */
  async revoke(filter: RevokeFilter): Promise<number> {
    const ended = await this.store.revoke(filter, this.now());
    for (const { id, tokenHash } of ended) {
      this.cache.delete(tokenHash);
      this.end(id);
    }
    if (ended.length > 0) this.onChanged({ revoked: ended.map(({ id }) => id), accounts: [] });
    return ended.length;
  }

  /** What another node has changed. */
  handleChanged({ revoked, accounts }: SessionChange): void {
    for (const id of revoked) this.end(id);
    for (const accountId of accounts) this.readAnew(accountId);
  }

  /** Another node may have changed what nobody told of: all sessions are read anew. */
  distrust(): void {
    this.cache.clear();
  }

  /** Called with the id of each session that is revoked, signed out ones included. */
  onRevoked(listener: (sessionId: string) => void): void {
    this.listeners.push(listener);
  }

  /** After an account changed: its sessions are read anew. */
  forget(accountId: string): void {
    this.readAnew(accountId);
    this.onChanged({ revoked: [], accounts: [accountId] });
  }

  private end(sessionId: string): void {
    this.rememberRevoked(sessionId);
    for (const listener of this.listeners) listener(sessionId);
  }

  private readAnew(accountId: string): void {
    this.changes += 1;
    this.forgotten.set(accountId, this.changes);
    for (const [tokenHash, { session }] of this.cache) {
      if (session.subject.kind === 'staff' && session.subject.accountId === accountId) {
        this.cache.delete(tokenHash);
      }
    }
  }

  private async lookUp(tokenHashes: readonly string[]): Promise<Map<string, LiveSession>> {
    const now = this.now();
    const { changes } = this;
    const found = new Map<string, LiveSession>();
    for (const tokenHash of tokenHashes) {
      const cached = this.cache.get(tokenHash);
      if (cached && now - cached.checkedAt < trustMs) found.set(tokenHash, cached.session);
    }
    const asked = tokenHashes.filter((tokenHash) => !found.has(tokenHash));
    const read = asked.length > 0 ? await this.finding.add(asked) : null;
    for (const tokenHash of asked) {
      const session = read?.get(tokenHash);
      if (session === undefined || session.expiresAt <= now) {
        this.cache.delete(tokenHash);
        continue;
      }
      if (this.isCurrent(session, changes)) this.remember(tokenHash, session, now);
      found.set(tokenHash, session);
    }
    await this.prolong([...found.values()], now);
    return found;
  }

  private async prolong(sessions: readonly LiveSession[], now: number): Promise<void> {
    const seen = sessions.filter(
      ({ lastSeenAt, expiresAt }) => now - lastSeenAt >= trustMs && expiresAt > now,
    );
    if (seen.length === 0) return;
    const marks = seen.map((session) => ({
      session,
      mark: {
        id: session.id,
        lastSeenAt: now,
        expiresAt: now + this.lifetimeMs[session.subject.kind],
      },
    }));
    try {
      await this.marking.add(marks.map(({ mark }) => mark));
    } catch (error) {
      // It holds, whether or not that is written; whoever uses it next tries again.
      this.onError(error);
      return;
    }
    for (const { session, mark } of marks) Object.assign(session, mark);
  }

  /** Whether what was read of a session may be kept, by a look-up that began at that change. */
  private isCurrent({ id, subject }: LiveSession, changes: number): boolean {
    if (this.revoked.has(id)) return false;
    return subject.kind !== 'staff' || (this.forgotten.get(subject.accountId) ?? 0) <= changes;
  }

  private rememberRevoked(id: string): void {
    this.revoked.add(id);
    if (this.revoked.size > maxRevoked) this.revoked.delete(this.revoked.values().next().value!);
  }

  private remember(tokenHash: string, session: LiveSession, checkedAt: number): void {
    this.cache.delete(tokenHash);
    this.cache.set(tokenHash, { session, checkedAt });
    if (this.cache.size > maxCached) this.cache.delete(this.cache.keys().next().value!);
  }
}

export function principalOf(subject: SessionSubject): Principal {
  switch (subject.kind) {
    case 'staff':
      return `staff:${subject.accountId}`;
    case 'device':
      return `device:${subject.bridgePointId}`;
    case 'person':
      return `person:${subject.dialogueId}`;
  }
}

export function actorOf({ id, subject, displayName, isAdmin }: LiveSession): Actor {
  switch (subject.kind) {
    case 'staff':
      return {
        kind: 'staff',
        accountId: subject.accountId,
        displayName: displayName ?? '',
        isAdmin,
        sessionId: id,
      };
    case 'device': {
      const { dialogueId, bridgePointId, deviceRole } = subject;
      return { kind: 'device', dialogueId, bridgePointId, role: deviceRole, sessionId: id };
    }
    case 'person':
      return { ...subject, sessionId: id };
  }
}

/** What the browser is told of its own session. */
export function meOf({ subject, displayName, isAdmin, mustChangePassword }: LiveSession): Me {
  const principal = principalOf(subject);
  switch (subject.kind) {
    case 'staff': {
      const { accountId } = subject;
      const name = displayName ?? '';
      return {
        kind: 'staff',
        principal,
        accountId,
        displayName: name,
        isAdmin,
        mustChangePassword,
      };
    }
    case 'device': {
      const { dialogueId, bridgePointId, deviceRole: role } = subject;
      const name = displayName ?? '';
      return { kind: 'device', principal, displayName: name, role, dialogueId, bridgePointId };
    }
    case 'person':
      return { ...subject, principal, displayName };
  }
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
