import { readFile } from 'node:fs/promises';
import { expect, it, vi } from 'vitest';

const source = await readFile(
  new URL('../../../../public/push-worker.js', import.meta.url),
  'utf8',
);

const said = {
  words: { returned: 'Đã trả lại', merged: 'Đã gộp', onAir: 'Đang phát biểu' },
  news: 'Ý kiến của ông/bà: {state}',
  code: 'Mã tra cứu',
};

/** The worker as a browser runs it, registered with these words. */
function startWorker(search: string) {
  const listeners = new Map<string, (event: object) => void>();
  const showNotification = vi.fn();
  const openWindow = vi.fn();
  const self = {
    location: { href: `https://doithoai.example.vn/push-worker.js${search}` },
    addEventListener: (name: string, listener: (event: object) => void) =>
      listeners.set(name, listener),
    registration: { showNotification },
    clients: { openWindow },
  };
  new Function('self', source)(self);
  const happen = (name: string, event: object) =>
    listeners.get(name)?.({ waitUntil: () => {}, ...event });
  const push = (told: object | null) => happen('push', { data: told && { json: () => told } });
  return { happen, openWindow, push, showNotification };
}

const address = `?words=${encodeURIComponent(JSON.stringify(said))}`;

it.each([
  [{ code: 'K7M2QX9FA', state: 'returned', lead: null }, 'Đã trả lại', 'Mã tra cứu: K7M-2QX-9FA'],
  [{ code: null, state: 'merged', lead: 'onAir' }, 'Đang phát biểu', ''],
])('a message %o is shown in the words of the page', (told, stands, body) => {
  const { push, showNotification } = startWorker(address);
  push(told);
  expect(showNotification).toHaveBeenCalledWith(
    `Ý kiến của ông/bà: ${stands}`,
    expect.objectContaining({ body, tag: told.code ?? 'question' }),
  );
});

it('something is shown even of a message that says nothing: browsers insist', () => {
  const { push, showNotification } = startWorker('');
  push(null);
  expect(showNotification).toHaveBeenCalledOnce();
});

it('a tap opens the asker’s own questions', () => {
  const { happen, openWindow } = startWorker(address);
  const close = vi.fn();
  happen('notificationclick', { notification: { close } });
  expect([close.mock.calls.length, openWindow.mock.calls]).toEqual([1, [['/phone#follow']]]);
});
