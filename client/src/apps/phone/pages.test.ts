import { expect, it } from 'vitest';
import { pageOf } from './pages.ts';

it.each([
  ['/j/K7M2QX', { page: 'dialogue' }],
  ['/phone', { page: 'dialogue' }],
  ['/form/1-2', { page: 'form', dialogueId: '1-2' }],
  ['/tra-cuu', { page: 'lookUp', code: '' }],
  ['/tra-cuu/k7m-2qx-9fa', { page: 'lookUp', code: 'K7M2QX9FA' }],
])('%s', (path, page) => {
  expect(pageOf(path)).toEqual(page);
});
