import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Word } from '@nhip-cau/shared/model/transcript';
import type { Browser, Page } from 'playwright-core';
import { system } from '../../../server/src/dialogue/kernel/actor.ts';
import {
  principalOf,
  SessionService,
  type SessionSubject,
} from '../../../server/src/dialogue/people/sessions.ts';
import { accountStore } from '../../../server/src/store/accounts.ts';
import { sessionStore } from '../../../server/src/store/sessions.ts';
import {
  admin,
  createTestEngine,
  settings,
  TestDialogue,
} from '../../../server/test/support/dialogue.ts';
import { SocketClient } from '../../../server/test/support/socket-client.ts';
import { launchBrowser, openPage } from './browsers.ts';
import type { Faults, OpenPageOptions } from './browsers.ts';
import { startNode } from './product.ts';
import { writeToneWav } from './tone.ts';

/** What an engine heard: who, and the words; `?` before one of which it was not sure. */
export interface Said {
  hall: 'head' | 'hall';
  text: string;
}

const wordMs = 320;
const pauseMs = 900;
/** Goes on after the last word: nothing ends while a busy machine looks at it. */
const trailSeconds = 60;
const toneHz = 440;
const results = fileURLToPath(new URL('../../../test-results', import.meta.url));
const people = {
  secretary: 'Trần Thị Thư',
  colleague: 'Lê Văn Bình',
  host: 'Nguyễn Văn Phong',
  supervisor: 'Phạm Thị Giám',
} as const;
export type Who = keyof typeof people;

/**
 * The product on a database of its own with a dialogue in which this was said, heard by an engine
 * with its sound; and people who open its pages, signed in.
 */
export async function openSpoken(said: readonly Said[], env: Record<string, string> = {}) {
  const beside = await createTestEngine();
  const dataDir = await mkdtemp(join(tmpdir(), 'nhip-cau-spoken-'));
  const dialogue = new TestDialogue(beside.engine);
  const { id } = dialogue;
  const accounts = accountStore(beside.db);
  const ids = Object.fromEntries(Object.keys(people).map((who) => [who, randomUUID()])) as Record<
    Who,
    string
  >;

  await dialogue.do(admin, 'dialogue.create', {
    ...settings,
    title: 'Lãnh đạo Thành phố đối thoại với nông dân',
    startsAt: Date.now(),
  });
  for (const [who, displayName] of Object.entries(people) as [Who, string][]) {
    await accounts.insert({
      id: ids[who],
      username: who,
      displayName,
      passwordHash: '',
      isAdmin: false,
      mustChangePassword: false,
      failures: 0,
      lockedUntil: null,
      disabledAt: null,
      createdAt: 0,
    });
    const role = who === 'colleague' ? 'secretary' : who;
    await dialogue.do(admin, 'member.assign', { accountId: ids[who], role });
  }
  const secretary = {
    kind: 'staff',
    accountId: ids.secretary,
    displayName: people.secretary,
    isAdmin: false,
    sessionId: randomUUID(),
  } as const;
  await dialogue.do(admin, 'bridgePoint.import', {
    bridgePoints: ['Hội trường xã Ba Vì', 'Nhà văn hóa xã Sóc Sơn'].map((name, index) => ({
      code: `hall-${index + 1}`,
      name,
      district: ['Ba Vì', 'Sóc Sơn'][index]!,
      kind: 'xã',
      expectedAttendance: 25,
    })),
  });
  await dialogue.do(secretary, 'dialogue.open', {});
  const person = await dialogue.joined(1, 'Nguyễn Thị Hoa');
  const questionId = await dialogue.ask(person, 'Bao giờ nạo vét kênh nội đồng của xã?');
  await dialogue.do(await dialogue.moderator(1), 'question.forward', { questionId });
  await dialogue.do(secretary, 'question.accept', { questionId });
  await dialogue.do(secretary, 'dialogue.start', {});
  await dialogue.do(secretary, 'floor.call', { questionId });
  await hear(dialogue, said, join(dataDir, 'speech', id));
  await beside.engine.close();

  const product = await startNode(beside.url, { DATA_DIR: dataDir, ...env });
  const sessions = new SessionService({
    store: sessionStore(beside.db),
    hours: { staffHours: 1, deviceHours: 1, participantHours: 1 },
  });
  const faults: Faults = { found: [] };
  const wav = join(dataDir, 'microphone.wav');
  await writeToneWav(wav, toneHz);
  const browser: Browser = await launchBrowser(wav);

  async function enter(who: Who) {
    const subject: SessionSubject = { kind: 'staff', accountId: ids[who] };
    const principal = principalOf(subject);
    const { token } = await sessions.create(subject, 'test');
    return { principal, name: `nc_${principal.replace(':', '_')}`, value: token };
  }

  return {
    id,
    url: product.url,
    questionId,
    faults,
    product,
    browser,
    /** A page of the desk in a browser of that person's. */
    async page(who: Who, path: string, options: Partial<OpenPageOptions> = {}): Promise<Page> {
      const page = await openPage(browser, product.url, faults, { who, ...options });
      const { name, value } = await enter(who);
      await page.context().addCookies([{ name, value, url: product.url }]);
      await page.goto(path);
      return page;
    },
    /** That person's live channel without a browser. */
    async client(who: Who): Promise<SocketClient> {
      const { principal, name, value } = await enter(who);
      const cookie = `${name}=${value}`;
      return SocketClient.connect(product.url, {
        principal,
        cookie,
        dialogueId: id,
        origin: product.url,
      });
    },
    /** After a failure: pictures of every page in `test-results`, and what went wrong there. */
    async explain() {
      await mkdir(results, { recursive: true });
      const pages = browser.contexts().flatMap((context) => context.pages());
      for (const [index, page] of pages.entries()) {
        const picture = join(results, `transcript-${index}.png`);
        await page.screenshot({ path: picture, timeout: 5_000 }).catch(() => {});
      }
      console.error([...faults.found, ...product.troubles()].join('\n'));
    },
    async close() {
      await browser.close();
      await product.stop();
      await beside.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export type Spoken = Awaited<ReturnType<typeof openSpoken>>;

/** Gives the dialogue's log what an engine heard, each speaker in a run with its sound. */
async function hear(dialogue: TestDialogue, said: readonly Said[], dir: string): Promise<void> {
  const { dialogue: row, turns } = await dialogue.state();
  const [turn] = [...turns.values()];
  const halls = { head: row!.centralBridgePointId, hall: turn!.bridgePointId };
  const runs = { head: randomUUID(), hall: randomUUID() };
  let clockMs = 0;
  for (const { hall, text: marked } of said) {
    const texts = marked.split(' ');
    const words = texts.map((text, index): Word => ({
      text: text.replace(/^\?/, ''),
      startMs: index * wordMs,
      endMs: (index + 1) * wordMs - 40,
      confidence: text.startsWith('?') ? 0.41 : 0.93,
    }));
    const text = words.map((word) => word.text).join(' ');
    const lengthMs = words.at(-1)!.endMs;
    await dialogue.do(system, 'transcript.hear', {
      lineId: randomUUID(),
      runId: runs[hall],
      bridgePointId: halls[hall],
      startedAt: turn!.calledAt! + clockMs,
      endedAt: turn!.calledAt! + clockMs + lengthMs,
      text,
      raw: text.toLowerCase(),
      words,
      confidence: 0.9,
      engine: 'test',
      isLate: false,
      audio: { startMs: clockMs, endMs: clockMs + lengthMs },
      speakerName: null,
    });
    clockMs += lengthMs + pauseMs;
  }
  await mkdir(dir, { recursive: true });
  const seconds = Math.ceil(clockMs / 1_000) + trailSeconds;
  for (const runId of Object.values(runs)) {
    await writeToneWav(join(dir, `${runId}.wav`), toneHz, seconds);
  }
}
