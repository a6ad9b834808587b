import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type EngineChoice, engineChoice } from './config-speech.ts';

/** Everything that the environment decides, checked and grouped. Documented in docs/operations.md. */
export interface Config {
  http: {
    host: string;
    /** 0: any free port. */
    port: number;
    /** Origin that browsers use, without a slash at the end; unset: http://HOST:PORT. */
    publicUrl: string | undefined;
    /** Number of reverse proxies whose X-Forwarded-* headers are believed. */
    trustProxy: number;
    /** Absolute path of the built pages. */
    clientDir: string;
    /** Only this machine can reach the server. */
    isLoopback: boolean;
  };
  data: {
    /** Absolute path. */
    dir: string;
    /** Unset: the embedded PostgreSQL in `dir`. */
    databaseUrl: string | undefined;
    /** By which nodes of one database hear each other; unset: this is the only one. */
    redisUrl: string | undefined;
    /** After how long without a word of the database in the middle of a query its connection ends. */
    silenceSeconds: number;
  };
  /** Whether an empty database gets the demonstration dialogue: never where others can come. */
  demo: boolean;
  /** Messages to askers' browsers; `null`: none. */
  push: {
    contact: string;
    /** Origins of push services besides those of the browsers. */
    origins: string[];
  } | null;
  log: { level: LogLevel; format: 'pretty' | 'json' };
  media: {
    /** Path of mediasoup's worker; unset: the one inside its package. */
    workerBin: string | undefined;
    workers: number;
    listenAddress: string;
    /** Address that browsers are told; unset: `listenAddress`. */
    announcedAddress: string | undefined;
    /** First of a run of ports, one a worker; 0: any free ones. */
    portMin: number;
    /** After how long without the database microphones close. */
    blindSeconds: number;
    /** The relay for networks that let no media out; `null`: none. */
    turn: { urls: string[]; secret: string; hours: number; isOnlyWay: boolean } | null;
  };
  recording: {
    /** Absolute path. */
    dir: string;
    /** How long a file gets before the next one begins: what a crash can cost. */
    segmentSeconds: number;
    /** When somebody is warned, and when nothing more is recorded. */
    disk: { warnBytes: number; warnMinutes: number; floorBytes: number };
    /** Absolute path of what anybody can watch. */
    broadcastDir: string;
  };
  speech: {
    /** Who writes down what is said; `null`: people alone. */
    engine: EngineChoice | null;
    /** BCP 47, of what is spoken. */
    language: string;
    /** Absolute path of the sound of what was said. */
    dir: string;
    /** How long it is kept. */
    keepDays: number;
  };
  sessions: {
    staffHours: number;
    deviceHours: number;
    participantHours: number;
    maxSignInFailures: number;
    lockMinutes: number;
  };
}

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** One or more variables are wrong; `messages` has one line for each. */
export class ConfigError extends Error {
  readonly messages: readonly string[];

  constructor(messages: readonly string[]) {
    super(messages.join('\n'));
    this.name = 'ConfigError';
    this.messages = messages;
  }
}

const integer = (expected: string, min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, expected)
    .transform(Number)
    .refine((value) => value >= min && value <= max, expected);

const port = integer('expected a port between 0 and 65535', 0, 65_535);

const address = (expected: string) => z.string().regex(/^[A-Za-z0-9.:_-]+$/, expected);

const url = (expected: string, accept: (parsed: URL) => boolean) =>
  z.string().refine((text) => {
    const parsed = URL.parse(text);
    return parsed !== null && accept(parsed);
  }, expected);

const isOrigin = (parsed: URL) =>
  ['http:', 'https:'].includes(parsed.protocol) &&
  parsed.pathname === '/' &&
  !parsed.search &&
  !parsed.hash;

const isPostgres = (parsed: URL) => ['postgres:', 'postgresql:'].includes(parsed.protocol);

const isRedis = (parsed: URL) => ['redis:', 'rediss:'].includes(parsed.protocol);

const choice = <const T extends [string, ...string[]]>(values: T) =>
  z.enum(values, `expected one of ${values.join(', ')}`);

/** RFC 7065, with a host that needs no escapes. */
const turnAddress = /^turns?:(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?(\?transport=(udp|tcp))?$/i;

const hours = integer('expected hours between 1 and 8760', 1, 8_760);

/** Every variable that the server reads; a test compares them with docs/operations.md. */
export const variables = {
  HOST: address('expected a host name or an address').default('127.0.0.1'),
  PORT: port.default(3000),
  PUBLIC_URL: url('expected an address such as https://doithoai.example.vn', isOrigin).optional(),
  TRUST_PROXY: integer('expected a number of proxies between 0 and 10', 0, 10).default(0),
  CLIENT_DIST: z.string().optional(),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: url('expected postgres://user:password@host:port/database', isPostgres).optional(),
  DATABASE_SILENCE_SECONDS: integer('expected seconds between 2 and 3600', 2, 3_600).default(12),
  REDIS_URL: url('expected redis://user:password@host:port or rediss://…', isRedis).optional(),
  DEMO: choice(['auto', 'off']).default('auto'),
  PUSH: choice(['on', 'off']).default('off'),
  PUSH_CONTACT: url(
    'expected mailto:name@example.vn or an https address',
    ({ protocol }) => protocol === 'mailto:' || protocol === 'https:',
  ).optional(),
  PUSH_ORIGINS: z
    .string()
    .transform((text) => text.split(',').map((origin) => origin.trim()))
    .refine(
      (origins) => origins.every((origin) => URL.parse(origin)?.origin === origin),
      'expected origins such as https://push.example.vn, separated by commas',
    )
    .optional(),
  LOG_LEVEL: choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  LOG_FORMAT: choice(['pretty', 'json']).optional(),
  MEDIASOUP_WORKER_BIN: z.string().optional(),
  MEDIA_WORKERS: integer('expected a number of workers between 1 and 128', 1, 128).optional(),
  MEDIA_LISTEN_ADDRESS: z
    .string()
    .refine((text) => isIP(text) !== 0, 'expected an IP address of this machine')
    .optional(),
  MEDIA_ANNOUNCED_ADDRESS: address('expected a host name or an address').optional(),
  MEDIA_PORT_MIN: port.default(0),
  MEDIA_BLIND_SECONDS: integer('expected seconds between 2 and 3600', 2, 3_600).default(15),
  TURN_URLS: z
    .string()
    .transform((text) => text.split(',').map((address) => address.trim()))
    .refine(
      (addresses) => addresses.every((one) => turnAddress.test(one)),
      'expected addresses such as turns:turn.example.vn:443?transport=tcp, separated by commas',
    )
    .optional(),
  TURN_SECRET: z.string().min(16, 'expected at least 16 characters').optional(),
  TURN_HOURS: integer('expected hours between 1 and 48', 1, 48).default(12),
  TURN_ONLY: choice(['on', 'off']).default('off'),
  RECORDING_DIR: z.string().optional(),
  BROADCAST_DIR: z.string().optional(),
  RECORDING_SEGMENT_SECONDS: integer('expected seconds between 1 and 600', 1, 600).default(10),
  RECORDING_WARN_GB: integer('expected gigabytes between 1 and 100000', 1, 100_000).default(10),
  RECORDING_WARN_MINUTES: integer('expected minutes between 1 and 1440', 1, 1_440).default(30),
  RECORDING_FLOOR_GB: integer('expected gigabytes between 1 and 100000', 1, 100_000).default(2),
  SPEECH_ENGINE: engineChoice.default({ kind: 'none' }),
  SPEECH_LANGUAGE: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'expected a language such as vi')
    .default('vi'),
  SPEECH_API_KEY: z.string().optional(),
  SPEECH_MODEL: z.string().max(200, 'expected at most 200 characters').optional(),
  SPEECH_KEEP_DAYS: integer('expected days between 1 and 3650', 1, 3_650).default(90),
  SESSION_HOURS_STAFF: hours.default(12),
  SESSION_HOURS_DEVICE: hours.default(720),
  SESSION_HOURS_PARTICIPANT: hours.default(48),
  SIGN_IN_MAX_FAILURES: integer('expected a number between 1 and 100', 1, 100).default(5),
  SIGN_IN_LOCK_MINUTES: integer('expected minutes between 1 and 1440', 1, 1_440).default(15),
};

/** Values of these may hold a password and are never repeated in a message. */
const SECRET = new Set([
  'DATABASE_URL',
  'REDIS_URL',
  'TURN_SECRET',
  'SPEECH_ENGINE',
  'SPEECH_API_KEY',
]);

/**
 * Reads the configuration from an environment; an empty value counts as unset. Pure but for the
 * machine's facts that defaults depend on (cores, terminal, working directory).
 * Throws `ConfigError` with one line for each wrong variable.
 */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  machine: { cores: number; isTerminal: boolean } = {
    cores: availableParallelism(),
    isTerminal: process.stdout.isTTY === true,
  },
): Config {
  const values = readVariables(env);
  const isLoopback = isLoopbackHost(values.HOST);
  return {
    http: {
      host: values.HOST,
      port: values.PORT,
      publicUrl: values.PUBLIC_URL?.replace(/\/$/, ''),
      trustProxy: values.TRUST_PROXY,
      clientDir: resolve(values.CLIENT_DIST ?? join(import.meta.dirname, '../../client/dist')),
      isLoopback,
    },
    data: groupData(values),
    demo: values.DEMO === 'auto' && isLoopback && isForThisMachine(values),
    push: groupPush(values),
    log: {
      level: values.LOG_LEVEL,
      format: values.LOG_FORMAT ?? (machine.isTerminal ? 'pretty' : 'json'),
    },
    media: groupMedia(values, machine.cores),
    recording: groupRecording(values),
    speech: groupSpeech(values),
    sessions: {
      staffHours: values.SESSION_HOURS_STAFF,
      deviceHours: values.SESSION_HOURS_DEVICE,
      participantHours: values.SESSION_HOURS_PARTICIPANT,
      maxSignInFailures: values.SIGN_IN_MAX_FAILURES,
      lockMinutes: values.SIGN_IN_LOCK_MINUTES,
    },
  };
}

type Values = ReturnType<typeof readVariables>;

function groupData(values: Values): Config['data'] {
  const { DATA_DIR, DATABASE_URL, REDIS_URL, DATABASE_SILENCE_SECONDS } = values;
  if (REDIS_URL !== undefined && DATABASE_URL === undefined) {
    throw new ConfigError([
      'DATABASE_URL: expected the database of all nodes because REDIS_URL is set, got nothing',
    ]);
  }
  return {
    dir: resolve(DATA_DIR),
    databaseUrl: DATABASE_URL,
    redisUrl: REDIS_URL,
    silenceSeconds: DATABASE_SILENCE_SECONDS,
  };
}

function groupPush({ PUSH, PUSH_CONTACT, PUSH_ORIGINS }: Values): Config['push'] {
  if (PUSH === 'off') return null;
  if (PUSH_CONTACT === undefined) {
    throw new ConfigError([
      'PUSH_CONTACT: expected the address that push services write to because PUSH is on, got nothing',
    ]);
  }
  return { contact: PUSH_CONTACT, origins: PUSH_ORIGINS ?? [] };
}

function groupRecording(values: Values): Config['recording'] {
  const gigabyte = 1_000_000_000;
  return {
    dir: resolve(values.RECORDING_DIR ?? join(values.DATA_DIR, 'recordings')),
    segmentSeconds: values.RECORDING_SEGMENT_SECONDS,
    disk: {
      warnBytes: values.RECORDING_WARN_GB * gigabyte,
      warnMinutes: values.RECORDING_WARN_MINUTES,
      floorBytes: values.RECORDING_FLOOR_GB * gigabyte,
    },
    broadcastDir: resolve(values.BROADCAST_DIR ?? join(values.DATA_DIR, 'broadcast')),
  };
}

function groupSpeech(values: Values): Config['speech'] {
  const { SPEECH_ENGINE: chosen, SPEECH_API_KEY: apiKey, SPEECH_MODEL: model } = values;
  const kept = {
    language: values.SPEECH_LANGUAGE,
    dir: resolve(values.DATA_DIR, 'speech'),
    keepDays: values.SPEECH_KEEP_DAYS,
  };
  if (chosen.kind === 'none') return { engine: null, ...kept };
  const engine = chosen.kind === 'openai' ? { ...chosen, apiKey, model } : chosen;
  return { engine, ...kept };
}

function groupMedia(values: Values, cores: number): Config['media'] {
  const workers = values.MEDIA_WORKERS ?? cores;
  const hostAddress = values.HOST === 'localhost' ? '127.0.0.1' : values.HOST;
  const listenAddress = values.MEDIA_LISTEN_ADDRESS ?? hostAddress;
  const announcedAddress = values.MEDIA_ANNOUNCED_ADDRESS;
  const messages: string[] = [];
  if (isIP(listenAddress) === 0) {
    messages.push(
      `MEDIA_LISTEN_ADDRESS: expected an IP address of this machine because HOST is a name, got nothing`,
    );
  }
  // Browsers would be told 0.0.0.0 and show no picture, without any error to see.
  if (['0.0.0.0', '::'].includes(listenAddress) && announcedAddress === undefined) {
    messages.push(
      `MEDIA_ANNOUNCED_ADDRESS: expected the address that browsers reach because media listens on ${listenAddress}, got nothing`,
    );
  }
  if (values.MEDIA_PORT_MIN > 0 && values.MEDIA_PORT_MIN + workers - 1 > 65_535) {
    messages.push(
      `MEDIA_PORT_MIN: expected room for ${workers} ports below 65536, got "${values.MEDIA_PORT_MIN}"`,
    );
  }
  if (values.TURN_URLS !== undefined && values.TURN_SECRET === undefined) {
    messages.push(
      "TURN_SECRET: expected the relay's static-auth-secret because TURN_URLS is set, got nothing",
    );
  }
  if (values.TURN_ONLY === 'on' && values.TURN_URLS === undefined) {
    messages.push("TURN_URLS: expected the relay's addresses because TURN_ONLY is on, got nothing");
  }
  if (messages.length > 0) throw new ConfigError(messages);
  return {
    workerBin: values.MEDIASOUP_WORKER_BIN,
    workers,
    listenAddress,
    announcedAddress,
    portMin: values.MEDIA_PORT_MIN,
    blindSeconds: values.MEDIA_BLIND_SECONDS,
    turn:
      values.TURN_URLS === undefined
        ? null
        : {
            urls: values.TURN_URLS,
            secret: values.TURN_SECRET ?? '',
            hours: values.TURN_HOURS,
            isOnlyWay: values.TURN_ONLY === 'on',
          },
  };
}

function readVariables(env: Readonly<Record<string, string | undefined>>) {
  const given = Object.fromEntries(
    Object.keys(variables).flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
  );
  const result = z.object(variables).safeParse(given);
  if (result.success) return result.data;
  const messages = result.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    const got = SECRET.has(name) ? 'something else' : JSON.stringify(given[name]);
    return `${name}: ${message}, got ${got}`;
  });
  throw new ConfigError([...new Set(messages)]);
}

/** No proxy in front, which would make everybody's requests look like ones from this machine. */
function isForThisMachine({ TRUST_PROXY, PUBLIC_URL }: Values): boolean {
  const publicHost = PUBLIC_URL === undefined ? null : new URL(PUBLIC_URL).hostname;
  return TRUST_PROXY === 0 && (publicHost === null || isLoopbackHost(publicHost));
}

function isLoopbackHost(host: string): boolean {
  return ['localhost', '::1', '[::1]'].includes(host) || /^127(\.\d{1,3}){3}$/.test(host);
}
