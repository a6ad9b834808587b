import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Contender, payloadTypes, ssrcs } from './contender.ts';
import { JanusSession } from './janus-session.ts';
import { openFeeder } from './janus-feeder.ts';

const room = 579;
/** `rtp_forward` knows the suites of AES in counter mode with HMAC-SHA1 only; 16 bytes and 14. */
const suite = 80;
const keyBytes = 30;

/**
 * Debian's janus: a VideoRoom whose one publisher is copied to every receiver by `rtp_forward` with
 * SRTP. The publisher is bare mediasoup over WebRTC, in a process that is not counted.
 */
export async function startJanus(workerBin: string): Promise<Contender> {
  const address = ownAddress();
  const folder = await mkdtemp(join(tmpdir(), 'nhip-cau-janus-'));
  const port = await freePort();
  await writeFile(join(folder, 'janus.jcfg'), generalConfig(address));
  await writeFile(join(folder, 'janus.transport.websockets.jcfg'), socketConfig(port));
  const child = spawn('janus', ['-C', join(folder, 'janus.jcfg'), '-F', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const feeder = await openFeeder(workerBin, address);
  const close = async () => {
    await feeder.close();
    await end(child);
    await rm(folder, { recursive: true });
  };
  try {
    const session = await connect(`ws://127.0.0.1:${port}`, child);
    const handle = await session.attach('janus.plugin.videoroom');
    await handle.ask({ request: 'create', room, publishers: 1, permanent: false });
    const joined = await handle.ask({ request: 'join', ptype: 'publisher', room });
    const offer = { type: 'offer', sdp: feeder.offer };
    const answer = await handle.negotiate({ request: 'configure' }, offer);
    const connected = session.once('webrtcup');
    await feeder.accept(answer.sdp);
    await connected;
    return {
      pid: child.pid!,
      targets: {
        audio: { port: feeder.port, ssrc: ssrcs.audio, payloadType: payloadTypes.audio },
        video: { port: feeder.port, ssrc: ssrcs.video, payloadType: payloadTypes.video },
      },
      async add(ports) {
        for (const receiverPort of ports) {
          const stream = (mid: string, kind: 'audio' | 'video') => ({
            mid,
            port: receiverPort,
            pt: payloadTypes[kind],
            ssrc: ssrcs[kind],
          });
          await handle.ask({
            request: 'rtp_forward',
            room,
            publisher_id: joined['id'],
            host: '127.0.0.1',
            host_family: 'ipv4',
            srtp_suite: suite,
            srtp_crypto: randomBytes(keyBytes).toString('base64'),
            streams: [stream('0', 'audio'), stream('1', 'video')],
          });
        }
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whether this machine has janus. */
export async function hasJanus(): Promise<boolean> {
  const child = spawn('janus', ['--version'], { stdio: 'ignore' });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', () => resolve(true));
  });
}

/** Janus offers no candidate of the loopback interface. */
function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const found = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  if (!found) throw new Error('janus needs an IPv4 address that is not of the loopback interface');
  return found.address;
}

function generalConfig(address: string): string {
  return `general: {
  debug_level = 2
}
nat: {
  full_trickle = false
  ice_enforce_list = "${address}"
}
plugins: {
  disable = "${['audiobridge', 'duktape', 'echotest', 'lua', 'nosip', 'recordplay', 'sip', 'streaming', 'textroom', 'videocall', 'voicemail'].map((name) => `libjanus_${name}.so`).join(',')}"
}
transports: {
  disable = "libjanus_http.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so"
}
loggers: {
  disable = "libjanus_jsonlog.so"
}
`;
}

function socketConfig(port: number): string {
  return `general: {
  ws = true
  ws_ip = "127.0.0.1"
  ws_port = ${port}
}
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Janus says nothing when it listens; it is asked until it does. */
async function connect(url: string, child: ChildProcess): Promise<JanusSession> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await JanusSession.open(url);
    } catch (error) {
      if (tries === 50 || child.exitCode !== null) throw error;
      await delay(200);
    }
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
