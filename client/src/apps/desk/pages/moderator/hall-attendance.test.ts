import type { AttendeeFact } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import type { WaitingCommand } from '../../../../core/connection/waiting-command.ts';
import { attendeesWith, findPeople, namesIn, presenceOf } from './hall-attendance.ts';

const person = (
  id: string,
  name: string | null,
  rest: Partial<AttendeeFact> = {},
): AttendeeFact => ({
  id,
  name,
  how: 'list',
  joinedAt: null,
  leftAt: null,
  ...rest,
});
let queuedAt = 1_000;
function waits<Name extends WaitingCommand['name']>(name: Name, payload: object): WaitingCommand {
  queuedAt += 1;
  return { commandId: `command ${queuedAt}`, name, payload, queuedAt } as WaitingCommand;
}

describe('people with what waits', () => {
  const here = person('a', 'Lê Thị Hoa', { joinedAt: 5 });

  it.each<[string, WaitingCommand[], object]>([
    ['nothing', [], { joinedAt: 5, leftAt: null, unsent: false }],
    ['left', [waits('attendance.checkOut', { attendeeId: 'a' })], { unsent: true }],
    [
      'left and back',
      [
        waits('attendance.checkOut', { attendeeId: 'a' }),
        waits('attendance.checkIn', { attendeeId: 'a', bridgePointId: 'here' }),
      ],
      { joinedAt: 5, leftAt: null, name: 'Lê Thị Hoa' },
    ],
    [
      'set right',
      [waits('attendance.correct', { attendeeId: 'a', name: 'Lê Thị Hòa', reason: 'sai' })],
      { name: 'Lê Thị Hòa', joinedAt: 5 },
    ],
  ])('%s', (_, waiting, expected) => {
    expect(attendeesWith([here], waiting)).toMatchObject([expected]);
  });

  it('who is taken off is gone, who is listed is expected, who comes unknown is there', () => {
    const people = attendeesWith(
      [here],
      [
        waits('attendance.remove', { attendeeId: 'a' }),
        waits('attendance.list', { attendees: [{ attendeeId: 'b', name: 'Bùi Văn An' }] }),
        waits('attendance.checkIn', { attendeeId: 'c', bridgePointId: 'here', name: 'Vũ Cường' }),
      ],
    );
    expect(people.map((one) => [one.id, presenceOf(one), one.how])).toEqual([
      ['b', 'expected', 'list'],
      ['c', 'present', 'manual'],
    ]);
  });

  it('stand by given name, then by the whole; without a name last', () => {
    const names = ['Trần Văn Bình', null, 'Nguyễn Thị An', 'Đỗ Văn An'];
    const people = attendeesWith(
      names.map((name, index) => person(String(index), name)),
      [],
    );
    expect(people.map(({ name }) => name)).toEqual([
      'Đỗ Văn An',
      'Nguyễn Thị An',
      'Trần Văn Bình',
      null,
    ]);
  });
});

it('are found by any part of their name without diacritics, those still expected first', () => {
  const people = attendeesWith(
    [
      person('1', 'Nguyễn Thị Hoa', { joinedAt: 1 }),
      person('2', 'Hoàng Thị Hoa'),
      person('3', 'Lê Văn Nam'),
    ],
    [],
  );
  expect(findPeople(people, 'thi hoa').map(({ id }) => id)).toEqual(['2', '1']);
  expect(findPeople(people, 'hoa nguyen').map(({ id }) => id)).toEqual(['1']);
  expect(findPeople(people, '  ')).toEqual([]);
});

describe('names in a text', () => {
  it.each([
    ['one a line', 'Lê Thị Hoa\r\n\r\n  Phạm  Văn Nam \n', ['Lê Thị Hoa', 'Phạm Văn Nam'], 0],
    ['numbered', '1\tLê Thị Hoa\n2\tPhạm Văn Nam', ['Lê Thị Hoa', 'Phạm Văn Nam'], 0],
    [
      'a file with heads',
      '\uFEFFSTT;Đơn vị;Họ và tên\n1;Thôn Đông;"Lê Thị ""Hoa"""\n2;Thôn Đoài;Phạm Văn Nam',
      ['Lê Thị "Hoa"', 'Phạm Văn Nam'],
      0,
    ],
    ['those known and those twice', 'BUI VAN AN\nLê Thị Hoa\nlê thị hoa', ['Lê Thị Hoa'], 2],
    ['none', ' \n,,\n', [], 0],
  ])('%s', (_, text, names, known) => {
    expect(namesIn(text, [person('x', 'Bùi Văn An')])).toEqual({ names, known });
  });

  it('decomposed letters are composed', () => {
    expect(namesIn('Lê Thị Hòa'.normalize('NFD'), []).names).toEqual(['Lê Thị Hòa']);
  });
});
