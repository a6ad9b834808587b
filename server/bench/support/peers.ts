import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type ProcessUsage, usageOf } from '../../load/process-usage.ts';

/** What a peer's process is told: send this to everybody; or tell this to each newcomer. */
export interface PeerOrder {
  delivery?: object;
  greeting?: string;
}

/** A server to compare with, as a process of its own. */
export interface Peer {
  url: string;
  usage(): ProcessUsage;
  order(order: PeerOrder): void;
  close(): Promise<void>;
}

/** Starts the peer's program, which says its address first. */
export async function startPeer(file: 'ws-peer.ts' | 'socketio-peer.ts'): Promise<Peer> {
  // The server's own flags (see infra/setup/start.mjs).
  const execArgv = ['--max-semi-space-size=64'];
  const child = fork(join(import.meta.dirname, file), { execArgv });
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    usage: () => usageOf(child.pid!),
    order: (order) => void child.send(order),
    async close() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
