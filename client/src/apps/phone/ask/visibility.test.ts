import { describe, expect, it } from 'vitest';
import { visibilityFor } from './visibility.ts';

describe('who may read the name', () => {
  it.each([
    ['public', 'Nguyễn Thị Hoa', 'optional', 'public'],
    ['none', 'Nguyễn Thị Hoa', 'optional', 'none'],
    ['none', 'Nguyễn Thị Hoa', 'required', 'hall'],
    ['desk', 'Nguyễn Thị Hoa', 'required', 'desk'],
    ['public', null, 'optional', 'none'],
    ['public', 'Nguyễn Thị Hoa', 'none', 'none'],
  ] as const)('%s of %s under %s is %s', (chosen, name, policy, sent) => {
    expect(visibilityFor(chosen, name, policy)).toBe(sent);
  });
});
