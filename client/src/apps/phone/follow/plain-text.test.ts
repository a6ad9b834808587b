import { expect, it } from 'vitest';
import { plainText } from './plain-text.ts';

it('is copied with each speaker named once', () => {
  const copied = plainText([
    { id: 'a', speaker: 'Chủ trì', text: 'Xin chào.' },
    { id: 'b', speaker: 'Chủ trì', text: 'Xin mời.' },
    { id: 'c', speaker: 'Ba Vì', text: 'Cảm ơn.' },
  ]);
  expect(copied).toBe('Chủ trì: Xin chào.\nXin mời.\nBa Vì: Cảm ơn.');
});
