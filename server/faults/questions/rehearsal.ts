import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findChainFault } from '../../src/dialogue/kernel/chain.ts';
import { temporaryFolder } from '../../load/database.ts';
import { seedDialogue } from '../../load/seed.ts';
import { Random } from '../../simulator/random.ts';
import { readLog, withDatabase } from '../support/database.ts';
import { SupervisedServer } from '../support/supervised-server.ts';
import { addFindings, checkLedgers, type Findings, noFindings } from './checker.ts';
import { Gathering } from './gathering.ts';
import { countCommands, killKinds, type KillPlan, planRounds, type RoundPlan } from './plan.ts';
import { killPostgres } from './victims.ts';

export interface RehearsalOptions {
  seed: number;
  rounds: number;
  questionsPerRound: number;
  captionsPerRound: number;
  /** Those who ask. */
  persons: number;
  /** Those who only listen. */
  listeners: number;
  halls: number;
  secretaries: number;
  /** Another program than the product's. */
  program?: string;
  /** How long what was given may take to be settled, once nothing disturbs it any more, in ms. */
  patienceMs: number;
  /** Whether what was found so far is what was looked for. */
  isEnough?: (findings: Findings) => boolean;
  onProgress: (line: string) => void;
}

export interface RehearsalResult {
  findings: Findings;
  counts: Counts;
}

const noCounts = () => ({
  serverKills: 0,
  backendKills: 0,
  postmasterKills: 0,
  cutMessages: 0,
  cutAnswers: 0,
  stragglers: 0,
  delays: 0,
  duplicates: 0,
  deliveries: 0,
  submissions: 0,
  commands: 0,
  acknowledged: 0,
  answeredUnavailable: 0,
  answeredInternal: 0,
  answeredRateLimited: 0,
  unsettled: 0,
  slowestSettlingMs: 0,
  endedByItself: 0,
  brokenLogs: 0,
});

export type Counts = ReturnType<typeof noCounts>;

/** Answers after which the outbox tries again. */
const retried: Readonly<Record<string, keyof Counts>> = {
  unavailable: 'answeredUnavailable',
  internal: 'answeredInternal',
  rate_limited: 'answeredRateLimited',
};

/** A person may ask so many questions in one dialogue, so many rounds are played in each. */
const roundsPerDialogue = 10;
const verifyLog = join(import.meta.dirname, '../../src/verify-log.ts');

/** Plays the planned rounds on a server and a data folder of its own and checks after each. */
export async function rehearse(options: RehearsalOptions): Promise<RehearsalResult> {
  const dataDir = await temporaryFolder('faults');
  let gathering: Gathering | null = null;
  const server = new SupervisedServer({
    dataDir,
    ...(options.program ? { program: options.program } : {}),
    onTurn: (url) => gathering?.lead(url),
  });
  const result = { findings: noFindings(), counts: noCounts() };
  const random = new Random(String(options.seed));
  const rounds = planRounds(random.fork('plan'), options);
  try {
    let isEnough = false;
    for (let first = 0; first < rounds.length && !isEnough; first += roundsPerDialogue) {
      const isSetUp = new Set<string>();
      const dialogue = await withDatabase(dataDir, server, async (databaseUrl) => {
        const seeded = await seedDialogue({
          databaseUrl,
          persons: options.persons + options.listeners,
          bridgePoints: options.halls,
          secretaries: options.secretaries,
        });
        for (const { commandId } of await readLog(databaseUrl, seeded.dialogueId)) {
          isSetUp.add(commandId);
        }
        return seeded;
      });
      gathering = await Gathering.open(dialogue, options.persons, random.fork(`${first}`));
      gathering.lead(await server.url);
      for (const [index, plan] of rounds.slice(first, first + roundsPerDialogue).entries()) {
        const begun = performance.now();
        const stage = { gathering, server, dataDir, random, isSetUp };
        await playRound(plan, stage, options, result);
        options.onProgress(
          `round ${first + index + 1}/${rounds.length}: ${plan.kill.kind}, ` +
            `${Math.round(performance.now() - begun)} ms, ${summary(result.findings)}`,
        );
        isEnough = options.isEnough?.(result.findings) ?? false;
        if (isEnough) break;
      }
      count(gathering, result.counts);
      await gathering.close();
      gathering = null;
    }
    result.counts.endedByItself = server.endedByItself;
    result.counts.brokenLogs += await verify(dataDir, server);
    return result;
  } finally {
    await gathering?.close();
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface Stage {
  gathering: Gathering;
  server: SupervisedServer;
  dataDir: string;
  random: Random;
  isSetUp: ReadonlySet<string>;
}

async function playRound(
  plan: RoundPlan,
  stage: Stage,
  { patienceMs, onProgress }: RehearsalOptions,
  { findings, counts }: RehearsalResult,
): Promise<void> {
  const { gathering, server, dataDir, isSetUp } = stage;
  const before = gathering.answered;
  gathering.begin(plan);
  await gathering.hasAnswered(before + Math.floor(countCommands(plan) * plan.kill.share), 5_000);
  await kill(plan.kill, stage, counts);
  const disturbedAt = performance.now();
  counts.unsettled += await gathering.settle(patienceMs, onProgress);
  const settledMs = Math.round(performance.now() - disturbedAt);
  counts.slowestSettlingMs = Math.max(counts.slowestSettlingMs, settledMs);

  const url = await server.url;
  for (const gap of await gathering.findSilentGaps(url)) findings.silentGaps.add(gap);
  for (const question of gathering.findMissing()) findings.lost.add(question);
  const log = await withDatabase(dataDir, server, (databaseUrl) =>
    readLog(databaseUrl, gathering.dialogueId),
  );
  if (findChainFault(log)) counts.brokenLogs += 1;
  const ledgers = gathering.clients.map(({ ledger }) => ledger);
  addFindings(
    findings,
    checkLedgers(ledgers, log, (commandId) => isSetUp.has(commandId)),
  );
}

async function kill(plan: KillPlan, stage: Stage, counts: Counts): Promise<void> {
  const { server, dataDir, random } = stage;
  await delay(plan.delayMs);
  for (const [index, victim] of killKinds[plan.kind].entries()) {
    if (index > 0) await delay(plan.gapMs);
    if (victim === 'server') counts.serverKills += server.kill() ? 1 : 0;
    else if (killPostgres(dataDir, victim, random)) counts[`${victim}Kills`] += 1;
  }
}

/** The product's own `verify-log` over everything that was written; 1 where it does not hold. */
async function verify(dataDir: string, server: SupervisedServer): Promise<number> {
  await server.url;
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' };
  return promisify(execFile)(process.execPath, [verifyLog], { env }).then(
    () => 0,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      process.stderr.write(`${stdout}${stderr}\n`);
      return 1;
    },
  );
}

function count(gathering: Gathering, counts: Counts): void {
  for (const { heard } of gathering.listeners) counts.deliveries += heard;
  for (const { faults, ledger } of gathering.clients) {
    counts.cutMessages += faults.cutMessage;
    counts.cutAnswers += faults.cutAnswer;
    counts.stragglers += faults.straggler;
    counts.delays += faults.delay;
    counts.duplicates += faults.duplicate;
    counts.deliveries += ledger.heard.length;
    counts.commands += ledger.submissions.length;
    for (const { name, answers } of ledger.submissions) {
      if (name === 'question.ask') counts.submissions += 1;
      if (answers.some(({ ok }) => ok)) counts.acknowledged += 1;
      for (const answer of answers) {
        const counted = answer.ok ? undefined : retried[answer.error.code];
        if (counted) counts[counted] += 1;
      }
    }
  }
}

function summary(findings: Findings): string {
  const found = Object.entries(findings).filter(([, faults]) => faults.size > 0);
  if (found.length === 0) return 'nothing found';
  return found.map(([kind, faults]) => `${kind} ${faults.size}`).join(', ');
}
