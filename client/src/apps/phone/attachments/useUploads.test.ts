import type { UploadedBody } from '@nhip-cau/shared/protocol/http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, ref } from 'vue';
import { ApiError } from '../../../core/http.ts';
import { useUploads } from './useUploads.ts';
import type { SentFile } from './useUploads.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const photo = (name: string) => new File(['…'], name, { type: 'image/jpeg' });
const refusal = (code: 'unavailable' | 'file_not_allowed') => new ApiError({ code }, 0);

/** A server that answers by the script, then takes everything. */
function setUp(...script: (Error | UploadedBody)[]) {
  const sent = ref<SentFile[]>([]);
  let wake = () => {};
  let count = 0;
  const send = vi.fn((_file: File, onProgress: (share: number) => void) => {
    onProgress(0.5);
    const answer = script.shift() ?? {
      attachmentId: `a${(count += 1)}`,
      kind: 'document' as const,
      pages: 1,
    };
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  });
  const scope = effectScope();
  const uploads = scope.run(() =>
    useUploads({ sent, send, onWake: (listener) => ((wake = listener), () => {}) }),
  )!;
  return { sent, send, uploads, wake: () => wake(), close: () => scope.stop() };
}

const idle = () => vi.advanceTimersByTimeAsync(0);

describe('files of a question', () => {
  it('are sent as soon as they are chosen, three at most', async () => {
    const { sent, send, uploads } = setUp();
    uploads.add(['1', '2', '3', '4'].map(photo));
    expect([uploads.room.value, uploads.isBusy.value]).toEqual([0, true]);
    expect(uploads.underWay.value[0]).toMatchObject({ state: 'sending', share: 0.5 });
    await idle();
    expect(send).toHaveBeenCalledTimes(3);
    expect(sent.value.map(({ name }) => name)).toEqual(['1', '2', '3']);
    expect(await uploads.settled()).toBe(true);
  });

  it('wait for the line and go by themselves', async () => {
    const { sent, uploads } = setUp(refusal('unavailable'));
    uploads.add([photo('1')]);
    await idle();
    expect(uploads.underWay.value[0]).toMatchObject({ state: 'waiting', code: 'unavailable' });
    const settled = uploads.settled();
    await vi.advanceTimersByTimeAsync(500);
    expect(await settled).toBe(true);
    expect(sent.value).toHaveLength(1);
  });

  it('go at once when the line is back', async () => {
    const { sent, uploads, wake } = setUp(refusal('unavailable'));
    uploads.add([photo('1')]);
    await idle();
    wake();
    await idle();
    expect(sent.value).toHaveLength(1);
  });

  it('that are refused stay, with the reason, until they are taken away', async () => {
    const { sent, uploads } = setUp(refusal('file_not_allowed'));
    uploads.add([photo('1')]);
    expect(await uploads.settled()).toBe(false);
    const [upload] = uploads.underWay.value;
    expect(upload).toMatchObject({ state: 'refused', code: 'file_not_allowed' });
    uploads.drop(upload!.key);
    expect([await uploads.settled(), sent.value]).toEqual([true, []]);
  });

  it('given up are not tried again, and the others stay', async () => {
    const { sent, send, uploads } = setUp();
    uploads.add([photo('1')]);
    await idle();
    send.mockRejectedValueOnce(refusal('unavailable'));
    uploads.add([photo('2')]);
    await idle();
    uploads.dropUnderWay();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(send).toHaveBeenCalledTimes(2);
    expect(sent.value.map(({ name }) => name)).toEqual(['1']);
    uploads.remove('a1');
    expect(sent.value).toEqual([]);
  });

  it('end with their page', async () => {
    const { send, uploads, close } = setUp(refusal('unavailable'));
    uploads.add([photo('1')]);
    await idle();
    close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(send).toHaveBeenCalledTimes(1);
  });
});
