import { randomUUID } from 'node:crypto';
import type { MemberRole } from '@nhip-cau/shared/model/roles';
import type {
  AccountBody,
  MemberChoiceBody,
  NewPasswordBody,
} from '@nhip-cau/shared/protocol/http';
import { Refusal } from '../kernel/refusal.ts';
import type { DialogueState } from '../kernel/state.ts';
import { countAttempt, type LockOutPolicy, type LockState } from './lock-out.ts';
import { hashPassword, newPassword, requireStrong, verifyPassword } from './passwords.ts';
import type { SessionService } from './sessions.ts';

export interface Account extends LockState {
  id: string;
  username: string;
  displayName: string;
  passwordHash: string;
  isAdmin: boolean;
  mustChangePassword: boolean;
  disabledAt: number | null;
  createdAt: number;
}

export type AccountChange = Partial<
  Pick<Account, 'passwordHash' | 'mustChangePassword' | 'failures' | 'lockedUntil' | 'disabledAt'>
>;

export interface AccountStore {
  /** Leaves what has that id or that username already as it is. */
  insert(account: Account): Promise<void>;
  find(by: { id: string } | { username: string }): Promise<Account | null>;
  list(): Promise<Account[]>;
  update(id: string, change: AccountChange): Promise<void>;
  /** Reads and changes the lock state in one step; `null` from `next` changes nothing. */
  advanceLock(id: string, next: (state: LockState) => LockState | null): Promise<boolean>;
}

export interface AccountServiceOptions {
  store: AccountStore;
  sessions: Pick<SessionService, 'revoke' | 'forget'>;
  lockOut: LockOutPolicy;
  now?: () => number;
}

/** Staff accounts: who they are and how they prove it. */
export class AccountService {
  private readonly store: AccountStore;
  private readonly sessions: AccountServiceOptions['sessions'];
  private readonly lockOut: LockOutPolicy;
  private readonly now: () => number;

  constructor({ store, sessions, lockOut, now = Date.now }: AccountServiceOptions) {
    this.store = store;
    this.sessions = sessions;
    this.lockOut = lockOut;
    this.now = now;
  }

  /** Throws `wrong_credentials`, or `locked_out` with the time in `until` (epoch ms). */
  async signIn(username: string, password: string): Promise<Account> {
    const account = await this.store.find({ username });
    await this.prove(account, password);
    if (account === null || account.disabledAt !== null) throw new Refusal('wrong_credentials');
    return account;
  }

  /** The account's own change; its other sessions end. Throws as `signIn`, or `password_too_weak`. */
  async changePassword(
    accountId: string,
    sessionId: string,
    oldPassword: string,
    chosen: string,
  ): Promise<void> {
    const account = await this.store.find({ id: accountId });
    await this.prove(account, oldPassword);
    if (account === null) throw new Refusal('wrong_credentials');
    requireStrong(chosen, account.username);
    if (chosen === oldPassword) throw new Refusal('password_too_weak', { reason: 'same' });
    await this.store.update(account.id, {
      passwordHash: await hashPassword(chosen),
      mustChangePassword: false,
    });
    this.sessions.forget(account.id);
    await this.sessions.revoke({ accountId, exceptSessionId: sessionId });
  }

  /** Throws `username_taken`, or `already_exists` when the id is another account's. */
  async create(
    input: Pick<Account, 'id' | 'username' | 'displayName' | 'isAdmin'>,
  ): Promise<NewPasswordBody> {
    const password = newPassword();
    const passwordHash = await hashPassword(password);
    await this.store.insert(this.fresh(input, passwordHash, true));
    const account = await this.store.find({ id: input.id });
    if (account === null) throw new Refusal('username_taken');
    if (account.username !== input.username) throw new Refusal('already_exists');
    const isOurs = account.passwordHash === passwordHash;
    return { account: toBody(account), password: isOurs ? password : null };
  }

  async list(): Promise<AccountBody[]> {
    return (await this.store.list()).map(toBody);
  }

  /** Those who can be made members, with their roles in the dialogue. */
  async choices(state: DialogueState): Promise<MemberChoiceBody[]> {
    const roles = new Map<string, MemberRole[]>();
    for (const { accountId, role } of state.members.values()) {
      roles.set(accountId, [...(roles.get(accountId) ?? []), role]);
    }
    return (await this.store.list())
      .filter(({ disabledAt }) => disabledAt === null)
      .map(({ id, username, displayName }) => ({
        id,
        username,
        displayName,
        roles: roles.get(id) ?? [],
      }));
  }

  /** A new password that has to be changed at once; every session of the account ends. */
  async resetPassword(accountId: string): Promise<NewPasswordBody> {
    const password = newPassword();
    await this.require(accountId);
    await this.store.update(accountId, {
      passwordHash: await hashPassword(password),
      mustChangePassword: true,
      failures: 0,
      lockedUntil: null,
    });
    await this.sessions.revoke({ accountId });
    return { account: toBody(await this.require(accountId)), password };
  }

  async setDisabled(accountId: string, isDisabled: boolean): Promise<AccountBody> {
    await this.require(accountId);
    await this.store.update(accountId, { disabledAt: isDisabled ? this.now() : null });
    if (isDisabled) await this.sessions.revoke({ accountId });
    return toBody(await this.require(accountId));
  }

  /** Makes the account `admin` when there is none at all; `null` when there is one. */
  async ensureFirstAdmin(): Promise<{ username: string; password: string } | null> {
    if ((await this.store.list()).length > 0) return null;
    const input = { id: randomUUID(), username: 'admin', displayName: 'Quản trị', isAdmin: true };
    const { password } = await this.create(input);
    return password === null ? null : { username: input.username, password };
  }

  /** An account that nobody signs in to with a password, for the demonstration's links. */
  async createWithoutPassword(
    input: Pick<Account, 'id' | 'username' | 'displayName' | 'isAdmin'>,
  ): Promise<void> {
    await this.store.insert(this.fresh(input, await hashPassword(newPassword()), false));
  }

  private async prove(account: Account | null, password: string): Promise<void> {
    if (account === null) {
      await verifyPassword(null, password);
      throw new Refusal('wrong_credentials');
    }
    const counted = await this.store.advanceLock(account.id, (state) =>
      countAttempt(state, this.now(), this.lockOut),
    );
    if (!counted) {
      const until = (await this.store.find({ id: account.id }))?.lockedUntil;
      throw new Refusal('locked_out', { until });
    }
    const isRight = await verifyPassword(account.passwordHash, password);
    if (!isRight) throw new Refusal('wrong_credentials');
    await this.store.update(account.id, { failures: 0, lockedUntil: null });
  }

  private async require(accountId: string): Promise<Account> {
    const account = await this.store.find({ id: accountId });
    if (account === null) throw new Refusal('not_found', { kind: 'account' });
    return account;
  }

  private fresh(
    input: Pick<Account, 'id' | 'username' | 'displayName' | 'isAdmin'>,
    passwordHash: string,
    mustChangePassword: boolean,
  ): Account {
    return {
      ...input,
      passwordHash,
      mustChangePassword,
      failures: 0,
      lockedUntil: null,
      disabledAt: null,
      createdAt: this.now(),
    };
  }
}

function toBody(account: Account): AccountBody {
  const { id, username, displayName, isAdmin, mustChangePassword, lockedUntil } = account;
  const { createdAt, disabledAt } = account;
  const disabled = disabledAt !== null;
  return {
    id,
    username,
    displayName,
    isAdmin,
    mustChangePassword,
    disabled,
    lockedUntil,
    createdAt,
  };
}
