import { randomBytes } from 'node:crypto';
import type { DialogueEngine } from '../kernel/engine.ts';
import type { BridgePoint, DialogueState } from '../kernel/state.ts';
import type { AccountService } from '../people/accounts.ts';
import { principalOf, type SessionSubject } from '../people/sessions.ts';
import { bridgePoints, questions, staff } from './content.ts';
import { demoAccountId, demoDialogueId, seedDemo } from './seed.ts';

export type DemoRole = 'admin' | 'host' | 'secretary' | 'moderator' | 'screen' | 'participant';

/** A link that signs in with one click. */
export interface DemoLink {
  role: DemoRole;
  /** The hall's name, where the link is for one. */
  bridgePointName: string | null;
  /** Path on this server: `/demo/TOKEN`. */
  path: string;
}

/** Where a link leads: `subject` is signed in first; a participant signs in by themselves. */
export interface DemoTarget {
  subject: SessionSubject | null;
  location: string;
}

export interface Demo {
  links: DemoLink[];
  find(token: string): DemoTarget | null;
}

export interface DemoOptions {
  engine: DialogueEngine;
  accounts: Pick<AccountService, 'createWithoutPassword' | 'list'>;
  now?: () => number;
}

/**
 * Makes the demonstration in an empty database, or finds the one made before, and issues its links;
 * they hold as long as this process. `null` in a database that is somebody's own.
 */
export async function openDemo({
  engine,
  accounts,
  now = Date.now,
}: DemoOptions): Promise<Demo | null> {
  const present = await accounts.list();
  const isOurs = present.some(({ id }) => id === demoAccountId('admin'));
  if (present.length > 0 && !isOurs) return null;
  // An interrupted beginning is taken up again: every step of it can be repeated.
  const before = await engine.read(demoDialogueId);
  if ((before?.questions.size ?? 0) < questions.length) await seedDemo(engine, accounts, now());
  const state = await engine.read(demoDialogueId);
  return state === null ? null : issueLinks(state);
}

function issueLinks(state: DialogueState): Demo {
  const targets = new Map<string, DemoTarget>();
  const link = (role: DemoRole, hall: BridgePoint | null, target: DemoTarget): DemoLink => {
    const token = randomBytes(24).toString('base64url');
    targets.set(token, target);
    return { role, bridgePointName: hall?.name ?? null, path: `/demo/${token}` };
  };
  const halls = bridgePoints.flatMap(({ code }) => state.bridgePointsByCode.get(code) ?? []);
  const links = [
    ...staff.map(({ role, username }) =>
      link(role ?? 'admin', null, staffTarget(role, demoAccountId(username))),
    ),
    ...halls.map((hall) => link('moderator', hall, deviceTarget(hall, 'moderator'))),
    ...halls.map((hall) => link('screen', hall, deviceTarget(hall, 'screen'))),
    ...halls.map((hall) =>
      link('participant', hall, { subject: null, location: `/j/${hall.joinCode}` }),
    ),
  ];
  return { links, find: (token) => targets.get(token) ?? null };
}

function staffTarget(role: 'host' | 'secretary' | null, accountId: string): DemoTarget {
  const subject: SessionSubject = { kind: 'staff', accountId };
  const page = {
    admin: '/desk/',
    host: `/desk/dialogues/${demoDialogueId}/host`,
    secretary: `/desk/dialogues/${demoDialogueId}/queue`,
  }[role ?? 'admin'];
  return { subject, location: `${page}?as=${principalOf(subject)}` };
}

function deviceTarget({ id }: BridgePoint, deviceRole: 'moderator' | 'screen'): DemoTarget {
  const subject: SessionSubject = {
    kind: 'device',
    dialogueId: demoDialogueId,
    bridgePointId: id,
    deviceRole,
  };
  const location = deviceRole === 'moderator' ? `/desk/hall/${id}` : `/screen?bridgePoint=${id}`;
  return { subject, location };
}
