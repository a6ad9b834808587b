import { isDeepStrictEqual } from 'node:util';
import { errorCodes } from '@nhip-cau/shared/protocol/errors';
import type { SyncedAudience } from '@nhip-cau/shared/protocol/socket';
import type { Ledger, LoggedEntry, Submission } from './ledger.ts';

/** Faults by kind, each in words that name it: the same fault found twice is one. */
export interface Findings {
  /** Acknowledged, and not in the log where the acknowledgement says. */
  lost: Set<string>;
  /** One command or question with two effects or two answers. */
  doubled: Set<string>;
  /** A client's later command stands before its earlier one. */
  outOfOrder: Set<string>;
  /** A client's copy differs from the boards, and nothing told it so. */
  silentGaps: Set<string>;
  /** Refused, though nothing that was planned could be. */
  refused: Set<string>;
  /** In the log, though nobody sent it or its sender was refused; told, though not in the log. */
  unfounded: Set<string>;
}

export const noFindings = (): Findings => ({
  lost: new Set(),
  doubled: new Set(),
  outOfOrder: new Set(),
  silentGaps: new Set(),
  refused: new Set(),
  unfounded: new Set(),
});

/** Adds what another look has found. */
export function addFindings(to: Findings, from: Findings): void {
  for (const kind of Object.keys(from) as (keyof Findings)[]) {
    for (const fault of from[kind]) to[kind].add(fault);
  }
}

/**
 * Holds what the clients know against the dialogue's log, given in order from its beginning.
 * `isSetUp` tells the commands that made the dialogue, which no client sent.
 */
export function checkLedgers(
  ledgers: readonly Ledger[],
  log: readonly LoggedEntry[],
  isSetUp: (commandId: string) => boolean = () => false,
): Findings {
  const findings = noFindings();
  const byCommand = Map.groupBy(log, ({ commandId }) => commandId);
  const sent = new Set<string>();
  const head = log.at(-1)?.seq ?? 0;
  for (const { client, submissions, heard } of ledgers) {
    let newest = 0;
    for (const submission of submissions) {
      const { commandId, name } = submission;
      const words = `${client}: ${name} ${commandId}`;
      sent.add(commandId);
      const entries = byCommand.get(commandId) ?? [];
      const seq = checkSubmission(words, submission, entries, findings);
      if (seq === null) continue;
      if (seq <= newest) findings.outOfOrder.add(`${words} stands at ${seq}, behind ${newest}`);
      newest = Math.max(newest, seq);
    }
    const told = heard.reduce((highest, { seq }) => Math.max(highest, seq), 0);
    if (told > head) findings.unfounded.add(`${client} heard of ${told} when the log had ${head}`);
  }
  for (const [commandId, entries] of byCommand) {
    checkEffect(commandId, entries, findings);
    if (!sent.has(commandId) && !isSetUp(commandId)) {
      findings.unfounded.add(`${commandId} at ${entries[0]?.seq} was sent by nobody`);
    }
  }
  const asked = log.filter(({ type }) => type === 'question.asked');
  for (const [questionId, entries] of Map.groupBy(asked, questionOf)) {
    if (entries.length > 1) findings.doubled.add(`question ${questionId} was asked twice`);
  }
  return findings;
}

/** Where the command is acknowledged to stand, or `null`. */
function checkSubmission(
  words: string,
  { answers }: Submission,
  entries: readonly LoggedEntry[],
  findings: Findings,
): number | null {
  const seqs = new Set(answers.flatMap((answer) => (answer.ok ? [answer.seq] : [])));
  const refusal = answers.find((answer) => !answer.ok && !errorCodes[answer.error.code].retry);
  if (refusal) findings.refused.add(`${words}: ${JSON.stringify(refusal)}`);
  if (seqs.size === 0) {
    if (refusal && entries.length > 0) findings.unfounded.add(`${words} was refused and is there`);
    return null;
  }
  if (seqs.size > 1) findings.doubled.add(`${words} was acknowledged at ${[...seqs].join(', ')}`);
  for (const seq of seqs) {
    if (entries.at(-1)?.seq !== seq) {
      findings.lost.add(`${words} was acknowledged at ${seq}; log: ${entries.at(-1)?.seq ?? '-'}`);
    }
  }
  return Math.min(...seqs);
}

/** One command's entries stand together, each once. */
function checkEffect(commandId: string, entries: readonly LoggedEntry[], findings: Findings): void {
  const apart = entries.some(({ seq }, index) => seq !== (entries[0]?.seq ?? 0) + index);
  const effects = new Set(entries.map(({ type, payload }) => `${type} ${JSON.stringify(payload)}`));
  if (apart || effects.size < entries.length) {
    const places = entries.map(({ seq, type }) => `${seq} ${type}`).join(', ');
    findings.doubled.add(`${commandId} has two effects: ${places}`);
  }
}

const questionOf = ({ payload }: LoggedEntry) => (payload as { questionId: string }).questionId;

/** A client's copy of the boards: by board, collection and id. */
export type Copy = Readonly<Record<string, Readonly<Record<string, ReadonlyMap<string, unknown>>>>>;

/**
 * Differences of a client's copy from what the server tells a newcomer of the same rights. To be
 * asked in a quiet moment of a client that is in touch: what it lacks then, it was never told.
 */
export function findSilentGaps(
  client: string,
  copy: Copy,
  audiences: readonly SyncedAudience[],
): Set<string> {
  const gaps = new Set<string>();
  for (const { audience, puts } of audiences) {
    const board = copy[audience.split(':', 1)[0] as string] ?? {};
    const told = new Set<string>();
    for (const { collection, id, value } of puts) {
      told.add(`${collection}:${id}`);
      const had = board[collection]?.get(id);
      if (had === undefined) gaps.add(`${client} lacks ${collection} ${id} as ${audience}`);
      else if (!isDeepStrictEqual(had, value)) {
        gaps.add(`${client} has another ${collection} ${id} as ${audience}`);
      }
    }
    for (const [collection, values] of Object.entries(board)) {
      for (const id of values.keys()) {
        if (told.has(`${collection}:${id}`)) continue;
        gaps.add(`${client} still has ${collection} ${id} as ${audience}`);
      }
    }
  }
  return gaps;
}
