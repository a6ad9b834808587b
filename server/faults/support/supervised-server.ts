import { once } from 'node:events';
import { type LoadServer, startLoadServer } from '../../load/server.ts';

export interface SupervisedServerOptions {
  dataDir: string;
  /** Another program than the product's, for the server that is broken on purpose. */
  program?: string;
  /** More of its environment. */
  env?: Record<string, string>;
  /** Told of each server that is ready, and with `null` of its end. */
  onTurn: (url: string | null) => void;
}

/** So many starts that fail in a row will not come right by themselves. */
const mostFailures = 5;

/** A server that is started again whenever it ends, as a service manager does. */
export class SupervisedServer {
  /** Ends that nobody asked for. */
  endedByItself = 0;
  starts = 0;
  private readonly options: SupervisedServerOptions;
  private current: LoadServer | null = null;
  private isKilled = false;
  private isClosing = false;
  private ready = Promise.withResolvers<string>();
  private readonly ended: Promise<void>;

  constructor(options: SupervisedServerOptions) {
    this.options = options;
    // Whoever awaits no server at that moment must not make a failure an unheard one.
    this.ready.promise.catch(() => {});
    this.ended = this.keep();
  }

  /** Address of the server that is ready, or will be. Rejects when none comes up any more. */
  get url(): Promise<string> {
    return this.ready.promise;
  }

  /** Process id of the server that is up; `null` while there is none. */
  get pid(): number | null {
    return this.current?.child.pid ?? null;
  }

  /** `SIGKILL`; the next one starts at once. False while there is none to kill. */
  kill(): boolean {
    if (!this.current) return false;
    this.isKilled = true;
    return this.current.child.kill('SIGKILL');
  }

  /** Ends it in order and keeps it so; its exit code. */
  async close(): Promise<number | null> {
    this.isClosing = true;
    await this.ready.promise.catch(() => {});
    const code = (await this.current?.stop()) ?? null;
    await this.ended;
    return code;
  }

  private async keep(): Promise<void> {
    const { dataDir, program, env, onTurn } = this.options;
    for (let failures = 0; failures < mostFailures && !this.isClosing;) {
      try {
        this.starts += 1;
        const server = await startLoadServer({
          dataDir,
          ...(program ? { program } : {}),
          ...(env ? { env } : {}),
        });
        failures = 0;
        const exited = once(server.child, 'exit');
        this.current = server;
        this.isKilled = false;
        onTurn(server.url);
        this.ready.resolve(server.url);
        if (server.child.exitCode === null && server.child.signalCode === null) await exited;
        this.current = null;
        onTurn(null);
        if (!this.isClosing) {
          this.ready = Promise.withResolvers<string>();
          this.ready.promise.catch(() => {});
        }
        if (!this.isKilled && !this.isClosing) this.endedByItself += 1;
      } catch (error) {
        failures += 1;
        process.stderr.write(`a start failed: ${(error as Error).message}\n`);
      }
    }
    if (!this.isClosing) this.ready.reject(new Error('the server does not start any more'));
  }
}
