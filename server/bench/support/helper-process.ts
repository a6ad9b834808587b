import { type ChildProcess, fork } from 'node:child_process';

/** A program of a measurement in a process of its own, which is told things and answers once each. */
export interface HelperProcess {
  readonly child: ChildProcess;
  /** Says one thing and waits for the answer. Rejects when the process fails or ends. */
  ask<Answer>(question: object): Promise<Answer>;
  /** Ends it; idempotent. */
  close(): void;
}

interface Reply {
  answer?: unknown;
  error?: string;
}

/** Starts a TypeScript program that calls `answerAll`. */
export function startHelper(file: string, execArgv: string[] = []): HelperProcess {
  const child = fork(file, [], { stdio: ['ignore', 2, 2, 'ipc'], execArgv });
  return {
    child,
    ask: <Answer>(question: object) =>
      new Promise<Answer>((resolve, reject) => {
        const handleExit = (code: number | null) => reject(new Error(`${file} ended with ${code}`));
        child.once('exit', handleExit);
        child.once('message', (reply: Reply) => {
          child.off('exit', handleExit);
          if (reply.error === undefined) resolve(reply.answer as Answer);
          else reject(new Error(reply.error));
        });
        child.send(question);
      }),
    close: () => void child.kill('SIGKILL'),
  };
}

/** In the started program: answers each question, one after another. */
export function answerAll<Question extends object>(
  answer: (question: Question) => Promise<unknown>,
): void {
  process.on('message', (question: Question) => {
    answer(question).then(
      (value) => process.send?.({ answer: value } satisfies Reply),
      (error: Error) => process.send?.({ error: error.stack ?? error.message } satisfies Reply),
    );
  });
}
