import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { ConfigError, loadConfig, variables, type Config } from './config.ts';

const turnSecret = { TURN_SECRET: 'sixteen-letters!' };

const machine = { cores: 4, isTerminal: false };
const load = (env: Record<string, string>) => loadConfig(env, machine);

function refusal(env: Record<string, string>): readonly string[] {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.messages;
    throw error;
  }
  return [];
}

test('an empty environment gives a server for this machine only', () => {
  expect(load({})).toEqual({
    http: {
      host: '127.0.0.1',
      port: 3000,
      publicUrl: undefined,
      trustProxy: 0,
      clientDir: `${process.cwd()}/client/dist`,
      isLoopback: true,
    },
    data: {
      dir: `${process.cwd()}/data`,
      databaseUrl: undefined,
      redisUrl: undefined,
      silenceSeconds: 12,
    },
    demo: true,
    push: null,
    log: { level: 'info', format: 'json' },
    media: {
      workerBin: undefined,
      workers: 4,
      listenAddress: '127.0.0.1',
      announcedAddress: undefined,
      portMin: 0,
      blindSeconds: 15,
      turn: null,
    },
    recording: {
      dir: `${process.cwd()}/data/recordings`,
      segmentSeconds: 10,
      disk: { warnBytes: 10_000_000_000, warnMinutes: 30, floorBytes: 2_000_000_000 },
      broadcastDir: `${process.cwd()}/data/broadcast`,
    },
    speech: { engine: null, language: 'vi', dir: `${process.cwd()}/data/speech`, keepDays: 90 },
    sessions: {
      staffHours: 12,
      deviceHours: 720,
      participantHours: 48,
      maxSignInFailures: 5,
      lockMinutes: 15,
    },
  } satisfies Config);
});

describe('one variable sets one thing', () => {
  const cases: [env: Record<string, string>, read: (config: Config) => unknown, value: unknown][] =
    [
      [{ HOST: '10.0.0.5' }, (c) => c.http.host, '10.0.0.5'],
      [
        {
          PUSH: 'on',
          PUSH_CONTACT: 'mailto:it@example.vn',
          PUSH_ORIGINS: 'https://a.example.vn, http://127.0.0.1:9',
        },
        (c) => c.push,
        {
          contact: 'mailto:it@example.vn',
          origins: ['https://a.example.vn', 'http://127.0.0.1:9'],
        },
      ],
      [{ PUSH_CONTACT: 'https://example.vn/contact' }, (c) => c.push, null],
      [{ HOST: '10.0.0.5' }, (c) => c.http.isLoopback, false],
      [{ HOST: '10.0.0.5' }, (c) => c.media.listenAddress, '10.0.0.5'],
      [{ HOST: '10.0.0.5' }, (c) => c.demo, false],
      [{ HOST: 'localhost' }, (c) => c.media.listenAddress, '127.0.0.1'],
      [
        { HOST: '0.0.0.0', MEDIA_ANNOUNCED_ADDRESS: 'dt.hanoi.vn' },
        (c) => c.media.announcedAddress,
        'dt.hanoi.vn',
      ],
      [{ HOST: '::1' }, (c) => c.http.isLoopback, true],
      [{ HOST: 'localhost' }, (c) => c.demo, true],
      [{ TRUST_PROXY: '1' }, (c) => c.demo, false],
      [{ PUBLIC_URL: 'https://dt.hanoi.vn' }, (c) => c.demo, false],
      [{ PUBLIC_URL: 'http://127.0.0.1.example.vn' }, (c) => c.demo, false],
      [{ PUBLIC_URL: 'http://localhost:3000' }, (c) => c.demo, true],
      [{ PUBLIC_URL: 'http://[::1]:3000' }, (c) => c.demo, true],
      [
        { HOST: '127.0.0.1.example.vn', MEDIA_LISTEN_ADDRESS: '10.0.0.5' },
        (c) => c.http.isLoopback,
        false,
      ],
      [{ PORT: '0' }, (c) => c.http.port, 0],
      [{ PORT: '' }, (c) => c.http.port, 3000],
      [{ PUBLIC_URL: 'https://dt.hanoi.vn/' }, (c) => c.http.publicUrl, 'https://dt.hanoi.vn'],
      [{ TRUST_PROXY: '1' }, (c) => c.http.trustProxy, 1],
      [{ DATA_DIR: '/var/lib/nhip-cau' }, (c) => c.data.dir, '/var/lib/nhip-cau'],
      [{ DATABASE_URL: 'postgres://a:b@c/d' }, (c) => c.data.databaseUrl, 'postgres://a:b@c/d'],
      [
        { DATABASE_URL: 'postgres://a:b@c/d', REDIS_URL: 'redis://e' },
        (c) => c.data.redisUrl,
        'redis://e',
      ],
      [{ DEMO: 'off' }, (c) => c.demo, false],
      [{ LOG_LEVEL: 'debug' }, (c) => c.log.level, 'debug'],
      [{ LOG_FORMAT: 'pretty' }, (c) => c.log.format, 'pretty'],
      [{ MEDIASOUP_WORKER_BIN: '/opt/worker' }, (c) => c.media.workerBin, '/opt/worker'],
      [{ MEDIA_WORKERS: '2' }, (c) => c.media.workers, 2],
      [{ MEDIA_LISTEN_ADDRESS: '10.0.0.5' }, (c) => c.media.listenAddress, '10.0.0.5'],
      [{ MEDIA_ANNOUNCED_ADDRESS: '1.2.3.4' }, (c) => c.media.announcedAddress, '1.2.3.4'],
      [{ MEDIA_PORT_MIN: '40000' }, (c) => c.media.portMin, 40_000],
      [
        { TURN_URLS: 'turn:t.example.vn, turns:t.example.vn:443?transport=tcp', ...turnSecret },
        (c) => c.media.turn,
        {
          urls: ['turn:t.example.vn', 'turns:t.example.vn:443?transport=tcp'],
          secret: turnSecret.TURN_SECRET,
          hours: 12,
          isOnlyWay: false,
        },
      ],
      [
        { TURN_URLS: 'turn:[fd00::1]:3478', ...turnSecret, TURN_ONLY: 'on', TURN_HOURS: '6' },
        (c) => [c.media.turn?.isOnlyWay, c.media.turn?.hours],
        [true, 6],
      ],
      [{ SPEECH_ENGINE: 'none', SPEECH_LANGUAGE: 'en-US' }, (c) => c.speech.engine, null],
      [{ SPEECH_LANGUAGE: 'en-US' }, (c) => c.speech.language, 'en-US'],
      [{ SPEECH_KEEP_DAYS: '30' }, (c) => c.speech.keepDays, 30],
      [{ DATA_DIR: '/srv/data' }, (c) => c.speech.dir, '/srv/data/speech'],
      [
        { SPEECH_ENGINE: 'sherpa-onnx:/opt/speech models/vi' },
        (c) => c.speech.engine,
        { kind: 'sherpa-onnx', dir: '/opt/speech models/vi' },
      ],
      [
        { SPEECH_ENGINE: 'vosk:ws://10.0.0.9:2700', SPEECH_API_KEY: 'unused' },
        (c) => c.speech.engine,
        { kind: 'vosk', url: 'ws://10.0.0.9:2700' },
      ],
      [
        {
          SPEECH_ENGINE: 'openai:https://asr.example.vn/v1/audio/transcriptions',
          SPEECH_API_KEY: 'a key',
          SPEECH_MODEL: 'PhoWhisper-large',
        },
        (c) => c.speech.engine,
        {
          kind: 'openai',
          url: 'https://asr.example.vn/v1/audio/transcriptions',
          apiKey: 'a key',
          model: 'PhoWhisper-large',
        },
      ],
      [
        { SPEECH_ENGINE: `command:/opt/asr --text "a 'b' c" --x='d e' ""` },
        (c) => c.speech.engine,
        {
          kind: 'command',
          program: '/opt/asr',
          args: ['--text', "a 'b' c", '--x=d e', ''],
          wants: 'stream',
        },
      ],
      [
        { SPEECH_ENGINE: 'command-per-utterance:whisper-cli -' },
        (c) => c.speech.engine,
        { kind: 'command', program: 'whisper-cli', args: ['-'], wants: 'utterances' },
      ],
      [{ SESSION_HOURS_STAFF: '8' }, (c) => c.sessions.staffHours, 8],
      [{ SESSION_HOURS_DEVICE: '24' }, (c) => c.sessions.deviceHours, 24],
      [{ SESSION_HOURS_PARTICIPANT: '6' }, (c) => c.sessions.participantHours, 6],
      [{ SIGN_IN_MAX_FAILURES: '3' }, (c) => c.sessions.maxSignInFailures, 3],
      [{ SIGN_IN_LOCK_MINUTES: '30' }, (c) => c.sessions.lockMinutes, 30],
    ];
  test.each(cases)('%o, %o', (env, read, value) => {
    expect(read(load(env))).toEqual(value);
  });
});

test('in a terminal the log is for people', () => {
  expect(loadConfig({}, { cores: 1, isTerminal: true }).log.format).toBe('pretty');
});

const expectedEngine =
  'expected none, sherpa-onnx:FOLDER, vosk:ws://HOST:2700, ' +
  'openai:https://HOST/v1/audio/transcriptions, command:PROGRAM ARGUMENTS or ' +
  'command-per-utterance:PROGRAM ARGUMENTS';

describe('a wrong value is named in one line', () => {
  const cases: [env: Record<string, string>, message: string][] = [
    [{ PORT: 'abc' }, 'PORT: expected a port between 0 and 65535, got "abc"'],
    [{ PORT: '65536' }, 'PORT: expected a port between 0 and 65535, got "65536"'],
    [{ PORT: '-1' }, 'PORT: expected a port between 0 and 65535, got "-1"'],
    [{ PORT: '80.5' }, 'PORT: expected a port between 0 and 65535, got "80.5"'],
    [{ HOST: 'a b' }, 'HOST: expected a host name or an address, got "a b"'],
    [
      { PUBLIC_URL: 'https://a.vn/path' },
      'PUBLIC_URL: expected an address such as https://doithoai.example.vn, got "https://a.vn/path"',
    ],
    [
      { DATABASE_URL: 'mysql://user:secret@host/x' },
      'DATABASE_URL: expected postgres://user:password@host:port/database, got something else',
    ],
    [{ DEMO: 'yes' }, 'DEMO: expected one of auto, off, got "yes"'],
    [
      { LOG_LEVEL: 'loud' },
      'LOG_LEVEL: expected one of fatal, error, warn, info, debug, trace, got "loud"',
    ],
    [
      { MEDIA_WORKERS: '0' },
      'MEDIA_WORKERS: expected a number of workers between 1 and 128, got "0"',
    ],
    [
      { HOST: 'dt.hanoi.vn' },
      'MEDIA_LISTEN_ADDRESS: expected an IP address of this machine because HOST is a name, got nothing',
    ],
    [
      { HOST: '0.0.0.0' },
      'MEDIA_ANNOUNCED_ADDRESS: expected the address that browsers reach because media listens on 0.0.0.0, got nothing',
    ],
    [
      { MEDIA_PORT_MIN: '65535' },
      'MEDIA_PORT_MIN: expected room for 4 ports below 65536, got "65535"',
    ],
    [
      { TURN_URLS: 'https://t.example.vn', ...turnSecret },
      'TURN_URLS: expected addresses such as turns:turn.example.vn:443?transport=tcp, separated by commas, got "https://t.example.vn"',
    ],
    [
      { TURN_URLS: 'turn:t.example.vn' },
      "TURN_SECRET: expected the relay's static-auth-secret because TURN_URLS is set, got nothing",
    ],
    [
      { TURN_URLS: 'turn:t.example.vn', TURN_SECRET: 'short' },
      'TURN_SECRET: expected at least 16 characters, got something else',
    ],
    [
      { TURN_ONLY: 'on' },
      "TURN_URLS: expected the relay's addresses because TURN_ONLY is on, got nothing",
    ],
    ...[
      'sherpa',
      'sherpa-onnx:',
      'vosk:http://host',
      'vosk:ws://me:secret@host',
      'openai:host/v1',
      'command: ',
      'command:/opt/asr "open',
    ].map((given): [env: Record<string, string>, message: string] => [
      { SPEECH_ENGINE: given },
      `SPEECH_ENGINE: ${expectedEngine}, got something else`,
    ]),
    [
      { SPEECH_LANGUAGE: 'Vietnamese' },
      'SPEECH_LANGUAGE: expected a language such as vi, got "Vietnamese"',
    ],
    [
      { SESSION_HOURS_STAFF: '0' },
      'SESSION_HOURS_STAFF: expected hours between 1 and 8760, got "0"',
    ],
  ];
  test.each(cases)('%o', (env, message) => {
    expect(refusal(env)).toEqual([message]);
  });

  test('several wrong values in several lines', () => {
    expect(refusal({ PORT: 'x', DEMO: 'x', LOG_FORMAT: 'x' })).toEqual([
      'PORT: expected a port between 0 and 65535, got "x"',
      'DEMO: expected one of auto, off, got "x"',
      'LOG_FORMAT: expected one of pretty, json, got "x"',
    ]);
  });
});

test('docs/operations.md lists exactly the variables that are read', async () => {
  const page = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const table = page.split('<!-- variables -->')[1] ?? '';
  const documented = [...table.matchAll(/^\| `([A-Z_]+)` +\|/gm)].map((match) => match[1]);
  expect(documented).toEqual(Object.keys(variables));
});
