/**
 * `npm run bench -- tap`: what it costs to listen to ten speakers at once, whether the sound is what
 * the packets say, and whether its clock is right after an hour on a bad line.
 */
import { atLeast, atMost, exactly, median, printReport, printTable, quantile } from '../report.ts';
import { numbersOf, progress } from '../support/arguments.ts';
import { startHelper } from '../support/helper-process.ts';
import { cuesOf } from './cues.ts';
import { journeyOf } from './journey.ts';
import { type Ear, type Heard, Speakers } from './live.ts';
import { compareWithLibopus } from './offline.ts';
import { burstsOfTone, speech } from './sound.ts';

const ears: readonly Ear[] = ['product', 'bare'];

export async function run(args: string[]): Promise<boolean> {
  const options = numbersOf(args, { speakers: 10, rounds: 5, seconds: 20, hours: 1 });
  progress('an hour on a bad line');
  const hour = journeyOf({
    sound: burstsOfTone(60, 3_000, 400),
    seconds: options.hours * 3_600,
    loss: 0.05,
    driftPpm: 50,
    delayMs: 15,
    jitterMs: 60,
    pauseEverySeconds: 97,
    pauseSeconds: 31,
    seed: 'tap',
  });
  const cues = cuesOf(hour, 1_000);
  progress('the same packets through libopus');
  const likeness = await compareWithLibopus(speech(30));

  const helper = startHelper(new URL('./speakers-process.ts', import.meta.url).pathname);
  const speakers = await Speakers.start(options.speakers, helper);
  const heard: Record<Ear, Heard[]> = { product: [], bare: [] };
  try {
    for (let round = 1; round <= options.rounds; round += 1) {
      for (const ear of ears) {
        progress(`round ${round}: ${ear}`);
        heard[ear].push(await speakers.listen(ear, options.seconds));
      }
    }
  } finally {
    helper.close();
    await speakers.close();
  }

  const cpu = (ear: Ear) => median(heard[ear].map(({ cpuPercent }) => cpuPercent));
  const packets = (ear: Ear) => median(heard[ear].map((one) => one.packetsPerSecond));
  printTable(
    ['ear', 'CPU of a core by speaker, %', 'packets/s by speaker'],
    ears.map((ear) => [ear, round(cpu(ear), 2), round(packets(ear), 1)]),
  );
  const figures = {
    speakers: options.speakers,
    cpuPercentOfSpeaker: round(cpu('product'), 3),
    bareCpuPercentOfSpeaker: round(cpu('bare'), 3),
    decodingPercentOfCore: round((cues.cpuSeconds / (options.hours * 3_600)) * 100, 3),
    bursts: hour.truthMs.length,
    cueErrorP50Ms: round(quantile(cues.errorsMs, 0.5), 1),
    cueErrorMaxMs: round(Math.max(...cues.errorsMs), 1),
    cuesMissed: cues.missed,
    samples: likeness.samples,
    differingSamples: likeness.differing,
  };
  return printReport({
    name: 'tap',
    figures,
    targets: {
      cpuPercentOfSpeaker: atMost(figures.cpuPercentOfSpeaker, 3),
      cueErrorMaxMs: atMost(figures.cueErrorMaxMs, 100),
      cuesMissed: exactly(cues.missed, 0),
      extraSamplesOfTheHour: exactly(cues.extraSamples, 0),
      extraSamplesOfLibopus: exactly(likeness.extraSamples, 0),
      // What rounding does: the same code for another processor.
      largestDifference: atMost(likeness.largestDifference, 1),
      packetsPerSecond: atLeast(round(packets('product'), 1), 49.5),
    },
  });
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
