import { readdirSync, readFileSync } from 'node:fs';
import {
  type Action,
  type ActionObject,
  grantedRole,
  type Holder,
  permissions,
} from '@nhip-cau/shared/model/permissions';
import { memberRoles, type Role, roles } from '@nhip-cau/shared/model/roles';
import { commands } from '@nhip-cau/shared/protocol/commands';
import { describe, expect, test } from 'vitest';
import { allRoutes, type Services } from '../../src/transport/http/routes/index.ts';

/*
 * The same rights once more, written by what each role is for. Whoever changes the permission table
 * says here too who gains or loses what.
 */
const everybodyInIt: readonly Action[] = ['audience.everyone'];
const seesTheStage: readonly Action[] = ['media.receive'];
const runsTheFloor: readonly Action[] = [
  'dialogue.start',
  'dialogue.pause',
  'dialogue.resume',
  'floor.prepare',
  'floor.release',
  'floor.call',
  'floor.callHand',
  'floor.reply',
  'floor.hostTurn',
  'floor.extend',
  'floor.end',
  'floor.hold',
  'floor.resume',
  'question.dispose',
  'question.undispose',
  'presentation.addDeck',
  'presentation.removeDeck',
  'presentation.showDeck',
  'presentation.showScreen',
  'presentation.end',
];
const servesHalls: readonly Action[] = [
  'rehearsal.read',
  'rollCall.mark',
  'line.say',
  'line.ring',
  'line.answer',
  'line.hangUp',
  'equipment.ask',
];
const records: readonly Action[] = [
  'recording.start',
  'recording.stop',
  'recording.list',
  'recording.cut',
  'broadcast.start',
  'broadcast.stop',
];
const correctsTheTranscript: readonly Action[] = [
  'transcript.add',
  'transcript.edit',
  'transcript.attribute',
  'transcript.split',
  'transcript.merge',
  'transcript.remove',
  'transcript.restore',
  'transcript.replace',
  'transcript.redact',
  'transcript.unredact',
  'transcript.finish',
  'transcript.reopen',
  'transcript.vocabulary',
  'transcript.history',
  'transcript.listen',
];
const certifies: readonly Action[] = ['transcript.certify', 'transcript.supersede'];
const preparesHalls: readonly Action[] = [
  'bridgePoint.update',
  'pairing.issue',
  'dialogueSession.list',
  'dialogueSession.revoke',
];

/** What a role may do wherever it is held. */
const anywhere: Partial<Record<Role, readonly Action[]>> = {
  admin: [
    ...everybodyInIt,
    ...preparesHalls,
    'account.manage',
    'session.list',
    'session.revoke',
    'dialogue.create',
    'dialogue.configure',
    'dialogue.open',
    'member.assign',
    'member.remove',
    'bridgePoint.import',
    'question.history',
    'fairness.read',
    'attachment.read',
    'audience.desk',
    'record.read',
    'attendance.read',
    'rehearsal.read',
    'recording.list',
    'recording.cut',
    'recording.read',
    'transcript.history',
    'transcript.listen',
    'transcript.search',
  ],
  system: [
    'participant.join',
    'transcript.hear',
    'question.receive',
    'floor.hold',
    'floor.end',
    'recording.stop',
    'broadcast.stop',
    'line.drop',
    'presentation.drop',
  ],
};

/** What a role may do to anything of its own dialogue. */
const inOwnDialogue: Partial<Record<Role, readonly Action[]>> = {
  host: [
    ...everybodyInIt,
    ...seesTheStage,
    ...runsTheFloor,
    ...certifies,
    'transcript.listen',
    'transcript.search',
    'media.publish',
    'media.present',
    'attachment.read',
    'audience.host',
    'question.history',
    'fairness.read',
    'briefing.read',
    'record.read',
    'recording.list',
    'recording.read',
    'attendance.read',
  ],
  secretary: [
    ...everybodyInIt,
    ...seesTheStage,
    ...runsTheFloor,
    ...preparesHalls,
    ...servesHalls,
    ...records,
    ...correctsTheTranscript,
    ...certifies,
    'transcript.mute',
    'transcript.search',
    'media.present',
    'media.watch',
    'dialogue.configure',
    'dialogue.open',
    'dialogue.end',
    'bridgePoint.import',
    'question.ask',
    'question.import',
    'question.edit',
    'question.return',
    'question.unreturn',
    'question.accept',
    'question.unaccept',
    'question.move',
    'question.unpin',
    'question.merge',
    'question.unmerge',
    'question.bulk',
    'question.similar',
    'question.history',
    'fairness.read',
    'briefing.read',
    'question.note',
    'question.unnote',
    'question.brief',
    'attachment.upload',
    'attachment.read',
    'hand.lower',
    'attendance.report',
    'attendance.list',
    'attendance.correct',
    'attendance.remove',
    'audience.desk',
    'record.read',
    'recording.read',
    'attendance.read',
  ],
  operator: [
    ...everybodyInIt,
    ...seesTheStage,
    ...preparesHalls,
    ...servesHalls,
    ...records,
    'transcript.mute',
    'media.watch',
    'attachment.read',
    'audience.desk',
    'attendance.read',
  ],
  officer: everybodyInIt,
  supervisor: [
    ...everybodyInIt,
    'fairness.read',
    'record.read',
    'recording.list',
    'recording.read',
    'attendance.read',
    'transcript.listen',
    'transcript.search',
  ],
  moderator: [...everybodyInIt, ...seesTheStage],
  screen: [...everybodyInIt, ...seesTheStage],
  participant: everybodyInIt,
  encoder: [],
  player: ['media.play'],
};

/** What a role may do to what belongs to its own hall. */
const inOwnHall: Partial<Record<Role, readonly Action[]>> = {
  moderator: [
    'pairing.issue',
    'question.ask',
    'question.edit',
    'question.forward',
    'question.recall',
    'question.similar',
    'question.return',
    'question.unreturn',
    'question.merge',
    'question.unmerge',
    'question.bulk',
    'attachment.upload',
    'attachment.read',
    'hand.raise',
    'hand.lower',
    'floor.end',
    'floor.resume',
    'attendance.report',
    'attendance.list',
    'attendance.checkIn',
    'attendance.checkOut',
    'attendance.correct',
    'attendance.remove',
    'attendance.read',
    'audience.bridgePoint',
    'media.publish',
    'health.report',
    'rehearsal.report',
    'line.say',
    'line.ring',
    'line.answer',
    'line.hangUp',
    'media.present',
    'presentation.showScreen',
    'presentation.end',
  ],
  encoder: ['media.publish'],
  screen: ['audience.screen', 'health.report'],
  participant: ['audience.hall'],
};

/** What a role may do to what is theirs. */
const toTheirOwn: Partial<Record<Role, readonly Action[]>> = {
  participant: [
    'push.subscribe',
    'question.ask',
    'question.withdraw',
    'question.support',
    'question.unsupport',
    'attachment.upload',
    'attachment.read',
    'hand.raise',
    'hand.lower',
    'audience.person',
  ],
};

const actions = Object.keys(permissions) as Action[];
const mine = { dialogueId: 'dialogue 1', bridgePointId: 'hall 1', personId: 'person 1' };

/** Somebody of that role, in dialogue 1; devices and people in hall 1. */
function holderOf(role: Role): Holder {
  const isEverywhere = role === 'admin' || role === 'system';
  const inHall = role === 'moderator' || role === 'screen' || role === 'participant';
  return {
    platformRoles: isEverywhere ? [role] : [],
    dialogueId: isEverywhere ? null : mine.dialogueId,
    dialogueRoles: isEverywhere || role === 'public' ? [] : [role],
    bridgePointId: inHall ? mine.bridgePointId : null,
    personId: role === 'participant' ? mine.personId : null,
  };
}

interface Situation {
  object: ActionObject;
  sameDialogue: boolean;
  ownHall: boolean;
  ownPerson: boolean;
}

const situations: Record<string, Situation> = {
  'their own': { object: mine, sameDialogue: true, ownHall: true, ownPerson: true },
  'of their hall, another person’s': {
    object: { ...mine, personId: 'person 2' },
    sameDialogue: true,
    ownHall: true,
    ownPerson: false,
  },
  'of their hall, nobody’s': {
    object: { ...mine, personId: null },
    sameDialogue: true,
    ownHall: true,
    ownPerson: false,
  },
  'theirs in another hall': {
    object: { ...mine, bridgePointId: 'hall 2' },
    sameDialogue: true,
    ownHall: false,
    ownPerson: true,
  },
  'of another hall': {
    object: { ...mine, bridgePointId: 'hall 2', personId: 'person 2' },
    sameDialogue: true,
    ownHall: false,
    ownPerson: false,
  },
  'of the dialogue, no hall, nobody’s': {
    object: { dialogueId: mine.dialogueId, bridgePointId: null, personId: null },
    sameDialogue: true,
    ownHall: false,
    ownPerson: false,
  },
  'the dialogue alone': {
    object: { dialogueId: mine.dialogueId },
    sameDialogue: true,
    ownHall: false,
    ownPerson: false,
  },
  'of another dialogue under the same names': {
    object: { ...mine, dialogueId: 'dialogue 2' },
    sameDialogue: false,
    ownHall: false,
    ownPerson: false,
  },
  'of another dialogue': {
    object: { dialogueId: 'dialogue 2', bridgePointId: 'hall 2', personId: 'person 2' },
    sameDialogue: false,
    ownHall: false,
    ownPerson: false,
  },
  'of no dialogue': {
    object: { ...mine, dialogueId: null },
    sameDialogue: false,
    ownHall: false,
    ownPerson: false,
  },
  nothing: { object: {}, sameDialogue: false, ownHall: false, ownPerson: false },
};

function expected(
  role: Role,
  action: Action,
  { sameDialogue, ownHall, ownPerson }: Situation,
): boolean {
  const has = (rights: Partial<Record<Role, readonly Action[]>>) =>
    rights[role]?.includes(action) ?? false;
  if (has(anywhere)) return true;
  if (!sameDialogue) return false;
  if (has(inOwnDialogue)) return true;
  const isOfAHall = role === 'moderator' || role === 'screen' || role === 'participant';
  if (isOfAHall && ownHall && has(inOwnHall)) return true;
  return role === 'participant' && ownPerson && has(toTheirOwn);
}

describe('who may do what to what', () => {
  for (const role of roles) {
    test(`${role}: every action in every situation`, () => {
      const holder = holderOf(role);
      for (const action of actions) {
        for (const [name, situation] of Object.entries(situations)) {
          expect
            .soft(grantedRole(holder, action, situation.object), `${action}, ${name}`)
            .toBe(expected(role, action, situation) ? role : null);
        }
      }
    });
  }

  test('staff without membership may do nothing, wherever it is', () => {
    for (const action of actions) {
      for (const dialogueId of [null, mine.dialogueId]) {
        const holder = { ...holderOf('public'), dialogueId };
        for (const { object } of Object.values(situations)) {
          expect(grantedRole(holder, action, object), action).toBeNull();
        }
      }
    }
  });

  test('an admin gains by a membership what it gives, and there only', () => {
    for (const memberRole of memberRoles) {
      const holder: Holder = { ...holderOf(memberRole), platformRoles: ['admin'] };
      for (const action of actions) {
        for (const [name, situation] of Object.entries(situations)) {
          const allowed =
            expected('admin', action, situation) || expected(memberRole, action, situation);
          const role = grantedRole(holder, action, situation.object);
          expect.soft(role !== null, `${memberRole}: ${action}, ${name}`).toBe(allowed);
        }
      }
    }
  });

  test('what holds everywhere is given to those alone who hold their role everywhere', () => {
    for (const action of actions) {
      for (const [role, relation] of Object.entries(permissions[action])) {
        const isEverywhere = role === 'admin' || role === 'system';
        expect.soft(relation === 'any', `${action}, ${role}`).toBe(isEverywhere);
      }
    }
  });
});

describe('every action is one that somebody asks for', () => {
  const commandNames: readonly string[] = Object.keys(commands);
  const routes = allRoutes({ demo: {} } as Services);
  const routeActions: readonly string[] = routes.map(({ action }) => action);
  const transport = new URL('../../src/transport/', import.meta.url);
  const sources = readdirSync(transport, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(name, transport), 'utf8'))
    .join('\n');

  test('every command is an action under its own name', () => {
    for (const name of commandNames) expect.soft(actions).toContain(name);
  });

  test('every route names an action, or says that it needs none', () => {
    for (const action of routeActions) {
      expect.soft([...actions, 'public', 'signedIn']).toContain(action);
    }
  });

  test('the routes that need no action of the table are these', () => {
    const open = routes
      .filter(({ action }) => action === 'public' || action === 'signedIn')
      .map(({ action, method, path }) => `${action} ${method} ${path}`);
    expect(open.sort()).toEqual([
      'public get /api/forms/:dialogueId',
      'public get /api/join/:code',
      'public get /api/me',
      'public get /api/question-codes/:code',
      'public get /demo/:token',
      'public post /api/forms/:dialogueId/questions',
      'public post /api/forms/:dialogueId/questions/:questionId/attachments',
      'public post /api/join',
      'public post /api/pair',
      'public post /api/sign-in',
      'signedIn get /api/dialogues',
      'signedIn get /api/push-key',
      'signedIn get /api/transcripts/search',
      'signedIn post /api/password',
      'signedIn post /api/sign-out',
    ]);
  });

  test('no action is dead: a command, a route, an audience or a media request asks for it', () => {
    for (const action of actions) {
      const named = commandNames.includes(action) || routeActions.includes(action);
      const asked =
        /^(audience|media|health|transcript)\./.test(action) && sources.includes(`'${action}'`);
      expect.soft(named || asked, action).toBe(true);
    }
  });
});
