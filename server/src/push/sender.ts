import webPush from 'web-push';
import type { PushKeys, PushOutcome, PushSender } from '../dialogue/push/ports.ts';
import { isPushEndpoint } from './endpoints.ts';

export interface SenderOptions {
  keys: PushKeys;
  /** `mailto:` or `https:` address by which a push service reaches the operator. */
  contact: string;
  /** Push services besides those of the browsers. */
  origins: readonly string[];
}

/** A message that did not arrive until then says nothing that the page does not. */
const keptSeconds = 4 * 3_600;
const timeoutMs = 10_000;

/** Fresh keys of a server. */
export const generateKeys = (): PushKeys => webPush.generateVAPIDKeys();

/** Encrypts and signs by `web-push`; the request is ours, for it must follow no redirection. */
export function createPushSender({ keys, contact, origins }: SenderOptions): PushSender {
  const accepts = (endpoint: string) => isPushEndpoint(endpoint, origins);
  return {
    publicKey: keys.publicKey,
    accepts,

    async send({ endpoint, p256dh, auth }, { topic, text }): Promise<PushOutcome> {
      if (!accepts(endpoint)) return 'gone';
      try {
        const { method, headers, body } = webPush.generateRequestDetails(
          { endpoint, keys: { p256dh, auth } },
          text,
          {
            vapidDetails: { subject: contact, ...keys },
            TTL: keptSeconds,
            urgency: 'high',
            topic,
            contentEncoding: 'aes128gcm',
          },
        );
        const response = await fetch(endpoint, {
          method,
          headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
          body: new Uint8Array(body!),
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
        });
        await response.body?.cancel();
        if (response.ok) return 'sent';
        return response.status === 404 || response.status === 410 ? 'gone' : 'failed';
      } catch {
        // The service is away, or the browser's keys are none.
        return 'failed';
      }
    },
  };
}
