import type { Stenographer, TypedWords } from '@nhip-cau/shared/model/stenography';
import type { TypingRequest } from '@nhip-cau/shared/protocol/typing';
import { typistOf } from '@nhip-cau/shared/model/stenography';
import { describe, expect, it } from 'vitest';
import type { DialogueState } from '../../dialogue/kernel/state.ts';
import type { HandlingSocket } from './handling.ts';
import { TypingPages } from './typing.ts';

const dialogueId = 'dialogue';
const members = new Map(
  ['an', 'binh'].map((accountId) => [accountId, { accountId, role: 'secretary' }]),
);
// As much of a dialogue as the permission table looks at.
const state = { id: dialogueId, members } as unknown as DialogueState;

const page = (id: string, accountId: string): HandlingSocket => ({
  id,
  data: {
    dialogueId,
    actor: { kind: 'staff', accountId, displayName: accountId, isAdmin: false, sessionId: id },
  },
});
const [an, binh, guest] = [page('1', 'an'), page('2', 'binh'), page('3', 'guest')];

function listening() {
  let pages: Stenographer[] = [];
  let typed: TypedWords[] = [];
  let time = 0;
  const typing = new TypingPages(
    {
      tellStenographers: (_dialogue, now) => (pages = now),
      tellTyped: (_dialogue, now) => (typed = now),
    },
    () => (time += 1),
  );
  return {
    typing,
    say: (socket: HandlingSocket, said: Partial<NonNullable<TypingRequest>> | null) =>
      typing.handle(
        socket,
        said && { track: 'vi', speaker: 'turn', text: '', takesTurn: false, ...said },
        state,
      ),
    typist: (track = 'vi') => typistOf(pages, track)?.name,
    typed: () => typed.map(({ track, speaker, text }) => `${track} ${speaker}: ${text}`),
  };
}

describe('whose turn it is to type', () => {
  it('is of who came first, then of who takes it, and passes on when they go', () => {
    const { typing, say, typist } = listening();
    say(an!, {});
    say(binh!, {});
    expect(typist()).toBe('an');
    say(binh!, { takesTurn: true });
    expect(typist()).toBe('binh');
    say(an!, { text: 'vẫn gõ' });
    expect(typist()).toBe('binh');
    typing.remove(binh!);
    expect(typist()).toBe('an');
    say(an!, null);
    expect(typist()).toBeUndefined();
  });

  it('is told apart by track', () => {
    const { say, typist } = listening();
    say(an!, {});
    say(binh!, { track: 'en' });
    expect([typist('vi'), typist('en')]).toEqual(['an', 'binh']);
    say(an!, { track: 'en' });
    expect([typist('vi'), typist('en')]).toEqual([undefined, 'binh']);
  });
});

describe('a line that is being typed', () => {
  it('is shown while there is something of it, without what identifies people', () => {
    const { say, typed } = listening();
    say(an!, { text: ' gọi tôi theo số 0912 345 678 ', speaker: 'host' });
    expect(typed()).toHaveLength(1);
    expect(typed()[0]).toMatch(/^vi host: gọi tôi theo số /);
    expect(typed()[0]).not.toMatch(/345/);
    say(an!, { text: '' });
    expect(typed()).toEqual([]);
  });

  it.each([
    ['somebody who may not type', guest!, {}, 'not_allowed'],
    ['a line without end', an!, { text: 'a'.repeat(301) }, 'invalid'],
    ['what is no language', an!, { track: 'tiếng Việt' }, 'invalid'],
  ])('is refused of %s', (_case, socket, said, code) => {
    const { say } = listening();
    expect(() => say(socket, said)).toThrow(expect.objectContaining({ code }));
  });
});
