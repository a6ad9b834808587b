import type { TrackCodec } from '../dialogue/recording/ports.ts';

/**
 * What comes to these ports of this machine, and only from it, for ffmpeg (RFC 8866; source filter
 * by RFC 4570). One medium a track, in this order.
 */
export function sdpOf(media: readonly { port: number; codec: TrackCodec }[]): string {
  const lines = ['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'];
  for (const { port, codec } of media) {
    const { mimeType, payloadType, clockRate, channels, parameters } = codec;
    const [kind, encoding] = mimeType.split('/');
    const rate = channels !== undefined && channels > 1 ? `${clockRate}/${channels}` : clockRate;
    lines.push(
      `m=${kind} ${port} RTP/AVP ${payloadType}`,
      'a=source-filter: incl IN IP4 127.0.0.1 127.0.0.1',
      `a=rtpmap:${payloadType} ${encoding} ${rate}`,
    );
    const format = Object.entries(parameters).filter(([name]) => /^[\w-]+$/.test(name));
    if (kind === 'video' && format.length > 0) {
      const joined = format.map(([name, value]) => `${name}=${String(value)}`).join(';');
      lines.push(`a=fmtp:${payloadType} ${joined}`);
    }
    lines.push('a=recvonly');
  }
  return `${lines.join('\r\n')}\r\n`;
}
