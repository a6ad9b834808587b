import { describe, expect, test } from 'vitest';
import { isPushEndpoint } from './endpoints.ts';

const own = ['https://push.example.vn', 'http://127.0.0.1:9'];

describe('where a message may be sent', () => {
  test.each([
    ['https://fcm.googleapis.com/fcm/send/abc', true],
    ['https://updates.push.services.mozilla.com/wpush/v2/abc', true],
    ['https://hk2.notify.windows.com/?token=abc', true],
    ['https://web.push.apple.com/abc', true],
    ['https://push.example.vn/abc', true],
    ['http://127.0.0.1:9/abc', true],
    ['http://127.0.0.1:10/abc', false],
    ['http://fcm.googleapis.com/fcm/send/abc', false],
    ['https://fcm.googleapis.com:8443/fcm/send/abc', false],
    ['https://user:word@fcm.googleapis.com/abc', false],
    ['https://fcm.googleapis.com.example.vn/abc', false],
    ['https://evilpush.apple.com/abc', false],
    ['https://push.apple.com/abc', false],
    ['https://169.254.169.254/latest', false],
    ['file:///etc/passwd', false],
    ['fcm.googleapis.com', false],
  ])('%s: %s', (endpoint, allowed) => {
    expect(isPushEndpoint(endpoint, own)).toBe(allowed);
  });
});
