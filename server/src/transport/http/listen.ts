import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../../config.ts';

/** Resolves with the address that browsers use, without a slash at the end. */
export async function listen(
  server: Server,
  { host, port, publicUrl }: Pick<Config['http'], 'host' | 'port' | 'publicUrl'>,
): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  return publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}
