/**
 * `npm run bench -- bwe`: does a worker's estimate of a receiver's line serve it? Chromium receives
 * a camera of three layers over WebRTC by a line of 2 Mbit/s, with and without a loss of 5 %; from
 * our worker and from a stock one in turn.
 */
import { parseArgs } from 'node:util';
import * as mediasoup from 'mediasoup';
import type { Browser } from 'playwright-core';
import { mediaWorker } from '../../load/server.ts';
import { routerCodecs } from '../../src/media/codecs.ts';
import { atLeast, atMost, median, printReport, printTable } from '../report.ts';
import type { Target } from '../report.ts';
import { progress } from '../support/arguments.ts';
import { openLine } from './line.ts';
import { offerOf } from './offer.ts';
import { answerIn, openBrowser, watch } from './receiver-page.ts';
import type { Watched } from './receiver-page.ts';
import { layers, payloadType, recordLayers, startSource } from './source.ts';

const bitsPerSecond = 2_000_000;
const lines = { clean: 0, lossy: 0.05 };
type LineName = keyof typeof lines;
/** As the product has it for a receiver. */
const initialAvailableOutgoingBitrate = 1_000_000;

interface Trial {
  readonly height: number;
  readonly framesPerSecond: number;
  readonly freezeSeconds: number;
  readonly lossPercent: number;
}

type Packets = Awaited<ReturnType<typeof recordLayers>>;

export async function run(args: string[]): Promise<boolean> {
  const { values } = parseArgs({
    args,
    options: {
      worker: { type: 'string' },
      stock: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '20' },
    },
  });
  const workers = new Map([['ours', values.worker ?? (await mediaWorker())]]);
  const stock = values.stock ?? process.env['STOCK_MEDIASOUP_WORKER_BIN'];
  if (stock) workers.set('stock', stock);
  const packets = await recordLayers();
  const browser = await openBrowser();
  const trials = new Map<string, Trial[]>();
  try {
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const names = [...workers.keys()];
      for (const name of round % 2 === 0 ? names : names.reverse()) {
        for (const line of Object.keys(lines) as LineName[]) {
          const seed = round + 1;
          const seconds = Number(values.seconds);
          const trial = await receive(browser, workers.get(name)!, packets, line, seed, seconds);
          progress(`round ${round + 1}, ${name}, ${line}: ${JSON.stringify(trial)}`);
          trials.set(`${name} ${line}`, [...(trials.get(`${name} ${line}`) ?? []), trial]);
        }
      }
    }
  } finally {
    await browser.close();
  }
  return report(trials, stock !== undefined);
}

async function receive(
  browser: Browser,
  workerBin: string,
  packets: Packets,
  line: LineName,
  seed: number,
  seconds: number,
): Promise<Trial> {
  const worker = await mediasoup.createWorker({ logLevel: 'error', workerBin });
  const closers: (() => unknown)[] = [() => worker.close()];
  try {
    const router = await worker.createRouter({ mediaCodecs: routerCodecs });
    const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const;
    const ingest = await router.createPlainTransport({ listenInfo, rtcpMux: true, comedia: true });
    const producer = await ingest.produce({
      kind: 'video',
      rtpParameters: {
        codecs: [{ mimeType: 'video/VP8', payloadType, clockRate: 90_000 }],
        encodings: layers.map(({ ssrc }) => ({ ssrc })),
      },
    });
    const source = startSource(packets, ingest.tuple.localPort);
    closers.push(() => source.close());
    const transport = await router.createWebRtcTransport({
      listenInfos: [listenInfo],
      initialAvailableOutgoingBitrate,
    });
    const relay = await openLine(transport.iceCandidates[0]!.port, {
      bitsPerSecond,
      loss: lines[line],
      seed,
    });
    closers.push(() => relay.close());
    const consumer = await transport.consume({
      producerId: producer.id,
      rtpCapabilities: router.rtpCapabilities,
      paused: true,
    });
    const { page, answer } = await answerIn(browser, offerOf(transport, relay.port, consumer));
    closers.push(() => page.close());
    await transport.connect({ dtlsParameters: dtlsOf(answer) });
    await consumer.resume();
    return trialOf(await watch(page, seconds), seconds);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

function dtlsOf(answer: string): mediasoup.types.DtlsParameters {
  const [, algorithm, value] = /^a=fingerprint:(\S+) (\S+)/m.exec(answer)!;
  return {
    role: 'client',
    fingerprints: [{ algorithm: algorithm as 'sha-256', value: value! }],
  };
}

function trialOf(watched: Watched, seconds: number): Trial {
  const { heights, framesDecoded, freezeSeconds, packetsLost, packetsReceived } = watched;
  return {
    height: Math.round(heights.reduce((sum, height) => sum + height, 0) / heights.length),
    framesPerSecond: framesDecoded / seconds,
    freezeSeconds,
    lossPercent: (100 * packetsLost) / (packetsLost + packetsReceived),
  };
}

function report(trials: Map<string, Trial[]>, compared: boolean): boolean {
  const figures: Record<string, number> = {};
  const targets: Record<string, Target> = {};
  const rows: (string | number)[][] = [];
  const middle = (key: string, field: keyof Trial) =>
    Math.round(100 * median((trials.get(key) ?? []).map((trial) => trial[field]))) / 100;
  for (const line of Object.keys(lines) as LineName[]) {
    for (const name of compared ? ['ours', 'stock'] : ['ours']) {
      const row = (['height', 'framesPerSecond', 'freezeSeconds', 'lossPercent'] as const).map(
        (field) => {
          const value = middle(`${name} ${line}`, field);
          figures[`${name}${line}${field}`] = value;
          return value;
        },
      );
      rows.push([name, line, ...row]);
    }
    if (!compared) continue;
    const [ours, stock] = [`ours ${line}`, `stock ${line}`];
    const of = (field: keyof Trial) => [middle(ours, field), middle(stock, field)] as const;
    const [height, stockHeight] = of('height');
    const [freeze, stockFreeze] = of('freezeSeconds');
    const [loss, stockLoss] = of('lossPercent');
    targets[`${line}HeightByStock`] = atLeast(height / stockHeight, 0.95);
    targets[`${line}FreezeSecondsAboveStock`] = atMost(freeze - stockFreeze, 1);
    targets[`${line}LossPercentAboveStock`] = atMost(loss - stockLoss, 0.5);
  }
  const heads = ['worker', 'line', 'height', 'frames/s', 'frozen s', 'lost %'];
  printTable(heads, rows);
  if (!compared) console.log('not compared: no stock worker was named by --stock');
  return printReport({ name: 'bwe', figures, targets });
}
