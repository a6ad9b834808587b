import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import type { NewPasswordBody } from '@nhip-cau/shared/protocol/http';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import line from '../src/locales/vi/line.ts';
import operatorWords from '../src/locales/vi/operator.ts';
import rehearsal from '../src/locales/vi/rehearsal.ts';
import { gatherCast } from './support/cast.ts';
import type { Cast } from './support/cast.ts';
import { password } from './support/dialogue.ts';
import type { Hall } from './support/dialogue.ts';
import { StaffClient } from './support/staff-client.ts';
import { hears, openCamera, shown, wait } from './support/stage.ts';
import { oneStory } from './support/story.ts';
import { filled, vi } from './support/words.ts';

/** A page looks every four seconds, and calls a microphone or a picture dead only after a while. */
const measured = { timeout: 40_000, interval: 250 };
const { technician, equipment, rehearsal: check } = vi.moderator;

let cast: Cast;
let hall: Hall;
let operator: Page;
let moderator: Page;
let technicians: StaffClient;

beforeAll(async () => {
  cast = await gatherCast();
  const { admin, id, halls, staff } = cast.dialogue;
  hall = halls[0]!;
  const accountId = randomUUID();
  const created = await admin.post<NewPasswordBody>('/api/accounts', {
    accountId,
    username: 'operator',
    displayName: 'Lê Văn Kỹ',
    isAdmin: false,
  });
  await admin.command(id, 'member.assign', { accountId, role: 'operator' });
  technicians = new StaffClient(cast.product.url);
  await technicians.enter('operator', created.password!, password);
  await staff.secretary.command(id, 'dialogue.open', {});
  operator = await cast.staff('operator', `/desk/dialogues/${id}/wall`);
});
afterAll(async () => {
  technicians?.close();
  await cast?.close();
});
oneStory(() => cast.explain());

const tile = () => operator.locator(`[data-hall="${hall.id}"]`);
const tileIs = (state: string) =>
  expect.poll(() => tile().getAttribute('data-state'), measured).toBe(state);
type Alarm = keyof typeof operatorWords.alarm;
const alarmOf = (hall: Locator, alarm: Alarm) =>
  hall.locator('.alarm', { hasText: operatorWords.alarm[alarm] });
const alarmed = (alarm: Alarm) => alarmOf(tile(), alarm).waitFor({ timeout: measured.timeout });
const calm = (alarm: Alarm) =>
  alarmOf(tile(), alarm).waitFor({ state: 'hidden', timeout: measured.timeout });

async function isUsable(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(grave.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
}

/** Keeps the page's camera at hand, so that its lens can be covered: a track that is off is black. */
function keepCameras(): void {
  const cameras: MediaStreamTrack[] = [];
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await open(constraints);
    cameras.push(...stream.getVideoTracks());
    return stream;
  };
  Object.assign(window, {
    coverLens: (isCovered: boolean) => cameras.forEach((track) => (track.enabled = !isCovered)),
  });
}
const coverLens = (isCovered: boolean) =>
  moderator.evaluate(
    (covered) => (window as unknown as { coverLens(is: boolean): void }).coverLens(covered),
    isCovered,
  );

describe('the wall', () => {
  it('shows a hall from its coming to its picture', async () => {
    await tileIs('offline');
    moderator = await cast.paired(hall, 'moderator');
    await moderator.addInitScript(keepCameras);
    await moderator.reload();
    await tileIs('standby');
    await openCamera(moderator);
    await tileIs('ready');
    await operator.keyboard.press('p');
    const video = tile().locator('video');
    const time = () => video.evaluate((element: HTMLVideoElement) => element.currentTime);
    await expect.poll(time, wait).toBeGreaterThan(0);
    const before = await time();
    await expect.poll(time, wait).toBeGreaterThan(before);
    await isUsable(operator);
  });

  it('has the head table’s hall in front, from what its page sends', async () => {
    const table = operator.locator('[data-hall]').first();
    const tableIs = (state: string) =>
      expect.poll(() => table.getAttribute('data-state'), measured).toBe(state);
    await shown(operator.getByRole('heading', { name: operatorWords.central }));
    await tableIs('offline');
    const host = await cast.staff('host', cast.dialogue.page('host'));
    await host.getByRole('button', { name: vi.host.table.start, exact: true }).click();
    await tableIs('ready');
    await table.click();
    await shown(operator.getByText(operatorWords.noComputer));
    await isUsable(operator);
    await operator.keyboard.press('Escape');
    await host.close();
    await tableIs('offline');
  });

  it('raises an alarm while the lens is covered', async () => {
    await coverLens(true);
    await alarmed('black');
    const front = operator.getByRole('heading', { name: operatorWords.alarms });
    await shown(front);
    await coverLens(false);
    await calm('black');
  });

  it('finds a hall without diacritics and opens it by keyboard', async () => {
    await operator.keyboard.press('/');
    await operator.keyboard.type('ba vi');
    await expect.poll(() => operator.locator('[data-hall]:visible').count(), wait).toBe(1);
    await operator.keyboard.press('Escape');
    await expect
      .poll(() => tile().evaluate((element) => element === document.activeElement), wait)
      .toBe(true);
    await operator.keyboard.press('Enter');
    await shown(operator.getByRole('complementary', { name: operatorWords.detail }));
    await operator.getByLabel(operatorWords.search).fill('');
    await isUsable(operator);
  });
});

describe('the line between the desk and a hall', () => {
  /** How a call ended, at whatever time. */
  const over = (words: string) => new RegExp(words.replace('{time}', String.raw`\d\d:\d\d`));

  it('carries words both ways', async () => {
    await operator.getByLabel(line.placeholder.desk).fill('Micro hơi nhỏ, nhờ tăng lên.');
    await operator.keyboard.press('Enter');
    await shown(moderator.getByText('Micro hơi nhỏ, nhờ tăng lên.'));
    await shown(moderator.getByText(filled(line.unread, { count: 1 })));
    await moderator.getByLabel(line.placeholder.hall).fill('Đã tăng rồi ạ.');
    await moderator.keyboard.press('Enter');
    await moderator.getByText(filled(line.unread, { count: 1 })).waitFor({ state: 'hidden' });
    await shown(operator.getByText('Đã tăng rồi ạ.'));
  });

  it('rings, and is heard by the two alone, after a person at the hall has answered', async () => {
    await operator.getByRole('button', { name: line.ring.desk, exact: true }).click();
    await shown(operator.getByText(line.ringing));
    await moderator.getByRole('button', { name: line.answer, exact: true }).click();
    await shown(operator.getByText(line.open.desk));
    await shown(moderator.getByText(line.open.hall));
    await hears(operator, [0]);
    await moderator.getByRole('button', { name: line.hangUp, exact: true }).click();
    await shown(operator.getByRole('button', { name: line.ring.desk, exact: true }));
    await shown(operator.getByText(over(line.over.desk.hungUp)));
    await hears(operator, []);
  });

  it('is hung up when the operator’s page goes elsewhere', async () => {
    await operator.getByRole('button', { name: line.ring.desk, exact: true }).click();
    await moderator.getByRole('button', { name: line.answer, exact: true }).click();
    await shown(moderator.getByText(line.open.hall));
    await operator.getByRole('link', { name: operatorWords.rehearsal.open }).click();
    await moderator.getByText(line.open.hall).waitFor({ state: 'hidden', ...measured });
    await shown(moderator.getByText(over(line.over.hall.gone)));
    await operator.goto(`/desk/dialogues/${cast.dialogue.id}/wall?hall=${hall.id}`);
    await shown(operator.getByRole('button', { name: line.ring.desk, exact: true }));
  });

  it('closes a hall’s microphone, says so there, and takes it back by undo', async () => {
    await operator.getByRole('button', { name: operatorWords.mute.mute, exact: true }).click();
    await shown(moderator.getByText(filled(equipment.muted, { name: 'Lê Văn Kỹ' })));
    await operator.getByRole('button', { name: vi.live.undo, exact: true }).click();
    await moderator
      .getByText(filled(equipment.muted, { name: 'Lê Văn Kỹ' }))
      .waitFor({ state: 'hidden' });
  });

  it('chooses another microphone for the hall', async () => {
    const choice = operator
      .locator('label')
      .filter({ has: operator.getByText(operatorWords.devices.microphone, { exact: true }) })
      .locator('select');
    await expect.poll(() => choice.locator('option').count(), measured).toBeGreaterThan(1);
    const chosen = await choice.inputValue();
    const keys = await choice
      .locator('option')
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    await choice.selectOption(keys.find((key) => key !== chosen)!);
    const [told] = equipment.microphone.split('{');
    await shown(moderator.getByText(told!));
  });
});

describe('the rehearsal', () => {
  it('leads a hall through its check', async () => {
    await shown(moderator.getByRole('heading', { name: technician.title }));
    await moderator.getByRole('button', { name: check.open, exact: true }).click();
    const dialog = moderator.getByRole('dialog');
    await dialog.getByRole('button', { name: check.begin, exact: true }).click();
    await dialog.getByText(check.done).waitFor({ timeout: 60_000 });
    await dialog.getByRole('button', { name: vi.common.close, exact: true }).first().click();
    await shown(operator.getByText(rehearsal.check.echo));
  });

  it('walks through the roll call by keyboard, and takes a mark back', async () => {
    await operator.getByRole('link', { name: operatorWords.rehearsal.open }).click();
    const progress = (done: number) =>
      shown(operator.getByText(filled(rehearsal.progress, { done, of: 3 })));
    await progress(0);
    await isUsable(operator);
    await operator.keyboard.press('ArrowDown');
    const first = operator.locator('li[aria-current="true"]');
    await shown(first.getByText(hall.name));
    await operator.keyboard.press('1');
    await progress(1);
    await operator.keyboard.press('3');
    await progress(2);
    await operator.keyboard.press('u');
    await progress(1);
    await operator.keyboard.press('u');
    await progress(0);
  });
});

describe('a hall that is lost', () => {
  it('is an alarm on the wall', async () => {
    await operator.goto(`/desk/dialogues/${cast.dialogue.id}/wall`);
    await tileIs('ready');
    await moderator.close();
    await tileIs('offline');
    await alarmed('offline');
    expect(cast.faults.found).toEqual([]);
  });
});
