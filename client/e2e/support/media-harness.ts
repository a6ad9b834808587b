import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { mediaRequests } from '@nhip-cau/shared/protocol/media';
import type { MediaRequestName } from '@nhip-cau/shared/protocol/media';
import { Server } from 'socket.io';
import { build } from 'vite';
import { MediaError } from '../../../server/src/media/media-error.ts';
import { mediaHandlers } from '../../../server/src/media/handlers.ts';
import type { MediaHooks, MediaPeer } from '../../../server/src/media/media-peer.ts';
import { createMediaService } from '../../../server/src/media/media-service.ts';
import type { MediaService } from '../../../server/src/media/media-service.ts';

export interface MediaHarness {
  readonly url: string;
  readonly media: MediaService;
  /** Names of all requests so far, oldest first. */
  readonly requests: MediaRequestName[];
  /** Things that went wrong at the server. */
  readonly failures: unknown[];
  close(): Promise<void>;
}

export interface HarnessOptions extends Pick<MediaHooks, 'iceServers'> {
  /** Where media listens. */
  readonly listenAddress?: string;
}

const page = '<!doctype html><meta charset="utf-8"><script type="module" src="/page.js"></script>';

/** The media service behind a bare socket, and a page with the media core of the client. */
export async function startMediaHarness(
  dialogueId: string,
  { listenAddress = '127.0.0.1', ...hooks }: HarnessOptions = {},
): Promise<MediaHarness> {
  const script = await buildPage();
  const failures: unknown[] = [];
  const requests: MediaRequestName[] = [];
  const media = await createMediaService(
    // A halted worker stands for a cut line here, and is to live on.
    { workers: 1, listenAddress, portMin: 0, hungAfterMs: 60_000 },
    { onFailure: (failure) => failures.push(failure), ...hooks },
  );
  const handlers = mediaHandlers(media) as Record<
    MediaRequestName,
    (peer: MediaPeer, payload: unknown) => Promise<unknown>
  >;
  const http = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : page);
  });
  const sockets = new Server(http, { transports: ['websocket'] });

  sockets.on('connection', (socket) => {
    const publishes = socket.handshake.query['publishes'];
    const bridgePointId = typeof publishes === 'string' ? publishes : null;
    const peer: MediaPeer = {
      peerId: socket.id,
      dialogueId,
      bridgePointId,
      canPublishFor: bridgePointId,
      canPresentFor: bridgePointId,
      mayWatch: false,
      accountId: null,
      receives: bridgePointId === null,
      notify: (event, payload) => socket.emit(event, payload),
    };
    for (const name of Object.keys(mediaRequests) as MediaRequestName[]) {
      socket.on(name, (payload: unknown, answer: (answer: unknown) => void) => {
        requests.push(name);
        const parsed = mediaRequests[name].request.safeParse(payload);
        if (!parsed.success) {
          failures.push(parsed.error);
          return answer({ code: 'invalid' });
        }
        handlers[name](peer, parsed.data).then(
          (response) => answer({ response }),
          (error: unknown) =>
            answer({ code: error instanceof MediaError ? error.code : String(error) }),
        );
      });
    }
    socket.on('disconnect', () => media.leave(peer.peerId));
  });

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    media,
    requests,
    failures,
    async close() {
      await sockets.close();
      await media.close();
    },
  };
}

async function buildPage(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('.', import.meta.url)),
    build: {
      write: false,
      minify: false,
      target: 'es2024',
      rolldownOptions: { input: fileURLToPath(new URL('media-page.ts', import.meta.url)) },
    },
  });
  const outputs = Array.isArray(built) ? built : [built];
  for (const output of outputs) {
    if (!('output' in output)) continue;
    for (const chunk of output.output)
      if (chunk.type === 'chunk' && chunk.isEntry) return chunk.code;
  }
  throw new Error('the build gave no script');
}
