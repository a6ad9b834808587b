import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What a server holds open. */
export interface Holdings {
  routers: number;
  transports: number;
  producers: number;
  consumers: number;
  /** Without its connections to the database, of which it keeps as many as it once needed. */
  fileDescriptors: number;
}

/** Asks the server's own metrics, and the kernel for its file descriptors. */
export async function holdingsOf(url: string, pid: number): Promise<Holdings> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const count = (kind: string) => {
    const line = new RegExp(`^nhipcau_media_objects\\{kind="${kind}"\\} (\\d+)$`, 'm').exec(
      metrics,
    );
    if (!line) throw new Error(`the metrics do not name the ${kind}`);
    return Number(line[1]);
  };
  return {
    routers: count('routers'),
    transports: count('transports'),
    producers: count('producers'),
    consumers: count('consumers'),
    fileDescriptors: countDescriptors(pid),
  };
}

function countDescriptors(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  const outward = outwardSockets(pid);
  return readdirSync(folder).filter((name) => {
    try {
      return !outward.has(readlinkSync(`${folder}/${name}`));
    } catch {
      // Closed while we looked.
      return false;
    }
  }).length;
}

/**
 * Sockets that this process connected to others: to the database, and to nobody else here. Told by
 * their ports (proc(5)): what it accepted has the port of one of its listening sockets.
 */
function outwardSockets(pid: number): Set<string> {
  const rows = readFileSync(`/proc/${pid}/net/tcp`, 'latin1')
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields.length > 9)
    .map(([, local = '', , state = '', , , , , , inode = '']) => {
      return { port: local.split(':')[1], isListening: state === '0A', inode };
    });
  const listening = new Set(rows.filter((row) => row.isListening).map(({ port }) => port));
  return new Set(
    rows.filter(({ port }) => !listening.has(port)).map(({ inode }) => `socket:[${inode}]`),
  );
}

/** What there is more of than at the start, in words; nothing where nothing leaked. */
export function findLeaks(start: Holdings, end: Holdings): string[] {
  return (Object.keys(start) as (keyof Holdings)[])
    .filter((name) => end[name] > start[name])
    .map((name) => `${name}: ${start[name]} at the start, ${end[name]} at the end`);
}
