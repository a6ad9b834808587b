import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The one address in front of several nodes, as a proxy gives it. */
export interface Front {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Leads each connection to the first of these servers that is ready, as a proxy does that looks at
 * `/readyz`. Media go by themselves.
 */
export async function openFront(servers: readonly string[]): Promise<Front> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    hold(client);
    void firstReady(servers).then((address) => {
      if (address === null || client.destroyed) return client.destroy();
      const { hostname, port } = new URL(address);
      const upstream = hold(connect(Number(port), hostname));
      client.pipe(upstream).pipe(client);
      client.once('close', () => upstream.destroy());
      upstream.once('close', () => client.destroy());
    });
  });

  function hold(socket: Socket): Socket {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    return socket.once('close', () => sockets.delete(socket));
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

async function firstReady(servers: readonly string[]): Promise<string | null> {
  for (const url of servers) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return url;
  }
  return null;
}
