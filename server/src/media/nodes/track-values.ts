import type { MediaSource } from '@nhip-cau/shared/protocol/media';
import type { types } from 'mediasoup';
import type { NodeValues } from '../../dialogue/nodes/ports.ts';

/** What nodes say of the media that they carry to each other. */
export interface MediaNodes {
  readonly nodeId: string;
  readonly values: NodeValues;
}

/** Whose feed a source is a part of: a hall's, or an operator's on private lines. */
export type TrackOwner = 'hall' | 'talker';

/** Said by the node where a source comes in, under `track DIALOGUE PRODUCER`. */
export interface TrackValue {
  owner: TrackOwner;
  /** The bridge point, or the account. */
  id: string;
  source: MediaSource;
  /**
   * Epoch ms, and later than all that its node had heard of: of two computers that send for one
   * hall the later one does.
   */
  since: number;
}

/** When a computer began to send, and at which node. */
export interface Beginning {
  readonly since: number;
  readonly nodeId: string;
}

/** Whether `one` began after `other`; nodes that had not heard of each other agree on it too. */
export function isLater(one: Beginning, other: Beginning): boolean {
  return one.since > other.since || (one.since === other.since && one.nodeId > other.nodeId);
}

/** Where packets are taken; with the keys of SRTP (RFC 3711), so the bus must be a private one. */
export interface PipeEnd {
  ip: string;
  port: number;
  srtpParameters: types.SrtpParameters;
}

/** Said by a node that receives it, under `want DIALOGUE PRODUCER`. */
export interface WantValue {
  fromNodeId: string;
  end: PipeEnd;
  /** Somebody looks at it there, also where the stage keeps it closed. */
  isWatched?: boolean;
}

/** The sender's answer, under `pipe DIALOGUE PRODUCER RECEIVER`. */
export interface PipeValue {
  /** The receiver's port that it was made for. */
  toPort: number;
  end: PipeEnd;
  kind: types.MediaKind;
  rtpParameters: types.RtpParameters;
}

/** Where a node's pipes listen. */
export interface PipeAddress {
  readonly listenAddress: string;
  readonly announcedAddress?: string | undefined;
}

/** One end of a pipe between nodes: encrypted, and with retransmissions, for every receiver there. */
export function openPipe(
  router: types.Router,
  { listenAddress: ip, announcedAddress }: PipeAddress,
): Promise<types.PipeTransport> {
  return router.createPipeTransport({
    listenInfo: { protocol: 'udp', ip, ...(announcedAddress ? { announcedAddress } : {}) },
    enableRtx: true,
    enableSrtp: true,
    enableSctp: false,
  });
}

export function endOf({ srtpParameters, tuple }: types.PipeTransport): PipeEnd {
  if (!srtpParameters) throw new Error('a pipe between nodes without keys');
  return { ip: tuple.localAddress, port: tuple.localPort, srtpParameters };
}
