import { describe, expect, it } from 'vitest';
import type { DialogueState } from '../../dialogue/kernel/state.ts';
import { OpenEntries, openLines, openQuestions } from './handling.ts';
import type { HandlingSocket } from './handling.ts';

const [a, b] = ['01', '02'].map((end) => `0192d0f6-0000-7000-8000-0000000000${end}`) as [
  string,
  string,
];
const dialogueId = 'dialogue';
const members = new Map(
  ['an', 'binh'].map((accountId) => [accountId, { accountId, role: 'secretary' }]),
);
const questions = new Map([a, b].map((id) => [id, { id }]));
// As much of a dialogue as the permission table and the entries look at.
const state = { id: dialogueId, members, questions } as unknown as DialogueState;

const page = (id: string, accountId: string): HandlingSocket => ({
  id,
  data: {
    dialogueId,
    actor: { kind: 'staff', accountId, displayName: accountId, isAdmin: false, sessionId: id },
  },
});
const [an, anToo, binh, guest] = [
  page('1', 'an'),
  page('2', 'an'),
  page('3', 'binh'),
  page('4', 'guest'),
];

/** Who has what open, as `question: socket, socket`, after each telling. */
function listening() {
  const told: string[] = [];
  let time = 0;
  const entries = new OpenEntries(
    openQuestions,
    (_dialogue, handlings) =>
      told.push(
        Object.entries(handlings)
          .map(([id, who]) => `${id === a ? 'a' : 'b'}: ${who.map((one) => one.socketId)}`)
          .join('; '),
      ),
    () => (time += 1),
  );
  const open = (socket: HandlingSocket, questionId: string | null) =>
    entries.handle(socket, { questionId }, state);
  return { entries, told, open };
}

describe('who has which entry open', () => {
  it('first come first, pages of one account apart, one entry a page', () => {
    const { entries, told, open } = listening();
    open(an!, a);
    open(binh!, a);
    open(an!, a);
    open(anToo!, b);
    open(an!, b);
    open(binh!, null);
    entries.remove(anToo!);
    entries.remove(anToo!);
    entries.remove(an!);
    expect(told).toEqual(['a: 1', 'a: 1,3', 'a: 1,3; b: 2', 'a: 3; b: 2,1', 'b: 2,1', 'b: 1', '']);
  });

  it.each([
    ['somebody who may not edit', guest!, a, 'not_allowed'],
    ['a question that is not there', an!, '0192d0f6-0000-7000-8000-0000000000ff', 'not_found'],
    ['what is not an id', an!, 'a', 'invalid'],
  ])('refuses %s', (_case, socket, questionId, code) => {
    const { told, open } = listening();
    expect(() => open(socket, questionId)).toThrow(expect.objectContaining({ code }));
    expect(told).toEqual([]);
  });

  it('lines of the transcript, which one may have open who edits them', () => {
    const told: unknown[] = [];
    const lines = new OpenEntries(openLines, (_dialogue, handlings) => told.push(handlings));
    const transcript = { ...state, linesById: questions } as unknown as DialogueState;
    lines.handle(an!, { lineId: a }, transcript);
    expect(told).toMatchObject([{ [a]: [{ socketId: '1' }] }]);
    for (const [socket, lineId] of [
      [guest!, a],
      [an!, '0192d0f6-0000-7000-8000-0000000000ff'],
    ] as const) {
      expect(() => lines.handle(socket, { lineId }, transcript)).toThrow();
    }
  });
});
