import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { CommandEngine } from '../../src/speech/engines/command/engine.ts';
import { EngineWitness } from '../support/speech/engine-witness.ts';
import { keepLog } from '../support/speech/kept-log.ts';

const node = process.execPath;
const options = { language: 'vi', hotWords: ['Xuân Trường', 'Hồng\nLĩnh'] };
const engines: CommandEngine[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const engine of engines.splice(0)) await engine.close();
});

function start(program: string, ...args: string[]) {
  const log = keepLog();
  const engine = new CommandEngine({ program, args, wants: 'stream', log });
  engines.push(engine);
  return { engine, log };
}

/** A place where a program says that it is there, by a connection that lasts as long as it does. */
async function startRoll() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const script = `require('net').connect(${port}, '127.0.0.1')`;
  return {
    /** Shell words that start such a program. */
    program: `"${node}" -e "${script}"`,
    present: once(server, 'connection').then(([socket]) => socket as Socket),
    close: () => void server.close(),
  };
}

test('closing the session ends whatever the program started', async () => {
  const roll = await startRoll();
  const { engine } = start('sh', '-c', `${roll.program} & cat > /dev/null`);
  const session = await engine.open(options, new EngineWitness());
  const child = await roll.present;
  const gone = once(child.resume(), 'close');
  child.on('error', () => {});
  session.close();
  await gone;
  roll.close();
});

test('a program that ends leaves nothing behind, and its session is dead', async () => {
  const roll = await startRoll();
  // It waits for a byte, so that what it started is there before it ends.
  const { engine } = start('sh', '-c', `${roll.program} & head -c 2 > /dev/null`);
  const witness = new EngineWitness();
  const session = await engine.open(options, witness);
  const child = await roll.present;
  const gone = once(child.resume(), 'close');
  child.on('error', () => {});
  session.write(new Int16Array(1));
  await witness.until(({ failures }) => failures.length > 0);
  await gone;
  expect(witness.failures[0]!.message).toBe('the speech engine ended by itself');
  roll.close();
});

test("the program knows the language and the glossary, and none of the server's passwords", async () => {
  vi.stubEnv('DATABASE_URL', 'postgres://user:secret@host/db');
  vi.stubEnv('SPEECH_API_KEY', 'secret');
  const script = `
    process.stdin.resume().on('end', () => {
      console.log(JSON.stringify({ final: JSON.stringify(process.env), start: 0, end: 1 }));
    });`;
  const { engine } = start(node, '-e', script);
  const witness = new EngineWitness();
  const session = await engine.open(options, witness);
  session.write(new Int16Array(16_000));
  await session.finish();
  const env = JSON.parse(witness.texts[0]!) as Record<string, string>;
  expect(env).toMatchObject({
    PATH: process.env['PATH'],
    SPEECH_LANGUAGE: 'vi',
    SPEECH_HOT_WORDS: 'Xuân Trường\nHồng Lĩnh',
  });
  expect(JSON.stringify(env)).not.toContain('secret');
});

test('what it complains of goes to the log, within bounds, and into the failure', async () => {
  const script = `
    for (let n = 0; n < 1000; n += 1) console.error('no model ' + n);
    process.exitCode = 4;`;
  const { engine, log } = start(node, '-e', script);
  const witness = new EngineWitness();
  await engine.open(options, witness);
  await witness.until(({ failures }) => failures.length > 0);
  expect(witness.failures[0]!.message).toBe(`${node} ended with 4: no model 999`);
  expect(log.lines).toHaveLength(100);
});

test('a program that is not there refuses the session', async () => {
  const { engine } = start('/nowhere/asr');
  await expect(engine.open(options, new EngineWitness())).rejects.toThrow(
    '/nowhere/asr: no such program',
  );
});
