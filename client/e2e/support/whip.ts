import type { DeviceTokenBody } from '@nhip-cau/shared/protocol/http';
import type { Page } from 'playwright-core';

/**
 * Publishes this browser's camera and microphone from a bare page, as an encoder does (RFC 9725);
 * resolves with the address of its session.
 */
export function publish(
  page: Page,
  { path, token }: DeviceTokenBody,
  audio: MediaStreamConstraints['audio'] = true,
): Promise<string> {
  return page.evaluate(
    async ([endpoint, bearer, microphone]) => {
      const connection = new RTCPeerConnection();
      Object.assign(window, { connection });
      const stream = await navigator.mediaDevices.getUserMedia({ audio: microphone, video: true });
      for (const track of stream.getTracks()) {
        connection.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
      }
      await connection.setLocalDescription();
      const answer = await fetch(endpoint, {
        method: 'POST',
        headers: { 'Content-Type': 'application/sdp', Authorization: `Bearer ${bearer}` },
        body: connection.localDescription!.sdp,
      });
      if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
      await connection.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
      return answer.headers.get('Location')!;
    },
    [path, token, audio] as const,
  );
}
