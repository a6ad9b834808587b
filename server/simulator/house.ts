import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MemberRole } from '@nhip-cau/shared/model/roles';
import type {
  JoinedBody,
  Me,
  NewPasswordBody,
  PairedBody,
  PairingCodeBody,
} from '@nhip-cau/shared/protocol/http';
import { Browser } from './browser.ts';
import type { Random } from './random.ts';
import { Seat } from './seat.ts';
import { fields, nameOf } from './words.ts';
import type { World } from './world.ts';

export interface HouseOptions {
  url: string;
  admin: { username: string; password: string };
  bridgePoints: number;
  secretaries: number;
  world: World;
  /** Told how far it is. */
  say: (line: string) => void;
}

export interface HouseHall {
  id: string;
  name: string;
  district: string;
  joinCode: string;
  expected: number;
  moderator: Seat;
}

/** A dialogue that was set up as an organiser does it: through pages' own requests and commands. */
export interface House {
  dialogueId: string;
  /** The leader's hall. */
  centralBridgePointId: string;
  agencies: readonly string[];
  host: Seat;
  secretaries: Seat[];
  halls: HouseHall[];
}

const agencies = ['Sở Nông nghiệp và Môi trường', 'Sở Xây dựng', 'Sở Y tế', 'Công an Thành phố'];
const districts = [
  ...['Ba Vì', 'Sóc Sơn', 'Đông Anh', 'Long Biên', 'Ba Đình', 'Hoàn Kiếm', 'Đống Đa'],
  ...['Thanh Oai', 'Mỹ Đức', 'Ứng Hòa', 'Phú Xuyên', 'Thường Tín', 'Chương Mỹ', 'Quốc Oai'],
  ...['Thạch Thất', 'Phúc Thọ', 'Đan Phượng', 'Hoài Đức', 'Mê Linh', 'Gia Lâm', 'Hà Đông'],
  ...['Sơn Tây', 'Tây Hồ', 'Cầu Giấy', 'Thanh Xuân', 'Hai Bà Trưng', 'Hoàng Mai', 'Bắc Từ Liêm'],
  ...['Nam Từ Liêm', 'Thanh Trì'],
];
const startsInMs = 60_000;
const hallsAnAddress = 20;

export async function buildHouse(options: HouseOptions): Promise<House> {
  const { url, admin, world, say } = options;
  const office = new Browser(url);
  const me = await office.post<Me>('/api/sign-in', admin);
  const dialogueId = randomUUID();
  await office.post(
    '/api/dialogues',
    {
      commandId: randomUUID(),
      dialogueId,
      settings: {
        title: 'Diễn tập: đối thoại của lãnh đạo Thành phố với Nhân dân',
        organiser: 'Ủy ban nhân dân Thành phố',
        startsAt: Date.now() + startsInMs,
        fields,
        agencies,
        namePolicy: 'optional',
        turnSeconds: 180,
      },
    },
    me.principal,
  );
  const desk = new Seat({ world, browser: office, principal: me.principal, dialogueId });
  await desk.open();
  await ask(desk.send('bridgePoint.import', { bridgePoints: hallsOf(options.bridgePoints) }));
  await ask(desk.send('dialogue.open', {}));

  const run = randomUUID().slice(0, 8);
  const staff = async (role: MemberRole, number: number): Promise<Seat> => {
    const browser = new Browser(url);
    const principal = await hire(office, me.principal, browser, `mp-${run}-${role}-${number}`, {
      displayName: `${role === 'host' ? 'Chủ trì' : 'Thư ký'} diễn tập ${number}`,
    });
    const accountId = principal.slice('staff:'.length);
    await ask(desk.send('member.assign', { accountId, role }));
    const seat = new Seat({ world, browser, principal, dialogueId });
    await seat.open();
    return seat;
  };
  const host = await staff('host', 1);
  const secretaries: Seat[] = [];
  for (let number = 1; number <= options.secretaries; number += 1) {
    secretaries.push(await staff('secretary', number));
  }

  say(`pairing ${options.bridgePoints} halls`);
  const codes = await office.post<PairingCodeBody[]>(
    `/api/dialogues/${dialogueId}/pairing-codes/all`,
    { deviceRole: 'moderator' },
    me.principal,
  );
  const codeOf = new Map(codes.map(({ bridgePointId, code }) => [bridgePointId, code]));
  const facts = await present(desk, options.bridgePoints);
  const central = desk.all('desk', 'bridgePoint').find(({ isCentral }) => isCentral);
  if (!central) throw new Error('no hall is the leader’s');
  const halls = await atOnce(facts, 20, async (fact, index): Promise<HouseHall> => {
    const browser = new Browser(url, addressFor(url, Math.floor(index / hallsAnAddress)));
    const code = codeOf.get(fact.id);
    if (!code) throw new Error(`no pairing code for ${fact.name}`);
    const { principal } = await browser.post<PairedBody>('/api/pair', { code });
    const moderator = new Seat({ world, browser, principal, dialogueId });
    await moderator.open();
    const { id, name, district, joinCode, expectedAttendance: expected } = fact;
    return { id, name, district, joinCode, expected, moderator };
  });
  desk.close();
  const centralBridgePointId = central.id;
  return { dialogueId, centralBridgePointId, agencies, host, secretaries, halls };
}

/** Somebody scans the hall's QR and comes in. */
export async function join(
  url: string,
  { joinCode }: Pick<HouseHall, 'joinCode'>,
  index: number,
  { world, random, dialogueId }: { world: World; random: Random; dialogueId: string },
): Promise<Seat> {
  const browser = new Browser(url, addressFor(url, index % 200));
  const body = {
    code: joinCode,
    name: random.chance(0.8) ? nameOf(random) : null,
    personId: randomUUID(),
  };
  const { principal } = await browser.post<JoinedBody>('/api/join', body);
  // Captions and the stage are what a phone shows and nobody here reads.
  const seat = new Seat({ world, browser, principal, dialogueId, ignores: ['everyone'] });
  await seat.open();
  return seat;
}

/** Makes an account, signs in with its first password and changes it, as its owner does. */
async function hire(
  office: Browser,
  admin: string,
  browser: Browser,
  username: string,
  { displayName }: { displayName: string },
): Promise<string> {
  const accountId = randomUUID();
  const { password } = await office.post<NewPasswordBody>(
    '/api/accounts',
    { accountId, username, displayName, isAdmin: false },
    admin,
  );
  if (password === null) throw new Error('the account was there before');
  const { principal } = await browser.post<Me>('/api/sign-in', { username, password });
  const newPassword = `${randomUUID()}${randomUUID()}`;
  await browser.post('/api/password', { oldPassword: password, newPassword }, principal);
  return principal;
}

function hallsOf(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const district = districts[index % districts.length]!;
    const number = String(Math.floor(index / districts.length) + 1).padStart(2, '0');
    return {
      code: `mp-${index + 1}`,
      name: `Điểm cầu ${district} ${number}`,
      district,
      kind: 'xã',
      expectedAttendance: 26,
    };
  });
}

async function present(desk: Seat, count: number) {
  for (;;) {
    const facts = desk.all('desk', 'bridgePoint').filter(({ isCentral }) => !isCentral);
    if (facts.length >= count) return facts;
    await sleep(50);
  }
}

async function ask(sent: ReturnType<Seat['send']>): Promise<void> {
  const outcome = await sent;
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.error)}`);
}

/**
 * Halls have addresses of their own, and the server counts by them. On this very machine we can be
 * as many; a server elsewhere sees one, and asks for patience.
 */
function addressFor(url: string, number: number): string | undefined {
  const { hostname } = new URL(url);
  if (!/^127\./.test(hostname)) return undefined;
  return `127.7.${Math.floor(number / 250)}.${(number % 250) + 1}`;
}

/** Works through the items, so many at a time; answers in their order. */
export async function atOnce<Item, Answer>(
  items: readonly Item[],
  width: number,
  work: (item: Item, index: number) => Promise<Answer>,
): Promise<Answer[]> {
  const answers = new Array<Answer>(items.length);
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < items.length; index = next++) {
      answers[index] = await work(items[index]!, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  return answers;
}
