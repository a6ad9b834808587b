import type { Lease, Leases } from '../dialogue/nodes/ports.ts';

/** What leases need of a Redis client. */
export interface ScriptRunner {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** The token grows with the server's clock too: also when Redis has forgotten the last one. */
const acquireScript = `
  if redis.call('exists', KEYS[1]) == 1 then return 0 end
  local time = redis.call('time')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local token = math.max(tonumber(redis.call('get', KEYS[2]) or '0') + 1, now)
  redis.call('set', KEYS[2], string.format('%.0f', token), 'px', 86400000)
  redis.call('set', KEYS[1], ARGV[1], 'px', ARGV[2])
  return token
`;

const renewScript = `
  if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
  return redis.call('pexpire', KEYS[1], ARGV[2])
`;

const releaseScript = `
  if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end
  return 0
`;

/** Renewals within the time that a lease lasts. */
const renewals = 4;

/** A lease in Redis: a key that ends by itself `ttlMs` after its last renewal. */
class RedisLease implements Lease {
  readonly token: number;
  private readonly run: (script: string) => Promise<unknown>;
  private readonly ttlMs: number;
  private readonly listeners: (() => void)[] = [];
  private readonly renewing: NodeJS.Timeout;
  private endsAt: number;
  private isOver = false;

  constructor(
    run: (script: string) => Promise<unknown>,
    { token, askedAt, ttlMs }: { token: number; askedAt: number; ttlMs: number },
  ) {
    this.token = token;
    this.run = run;
    this.ttlMs = ttlMs;
    this.endsAt = askedAt + ttlMs;
    this.renewing = setInterval(() => void this.renew(), ttlMs / renewals).unref();
  }

  get isHeld(): boolean {
    if (!this.isOver && performance.now() >= this.endsAt) this.lose();
    return !this.isOver;
  }

  onLost(listener: () => void): void {
    this.listeners.push(listener);
  }

  async release(): Promise<void> {
    if (this.isOver) return;
    this.end();
    // Without an answer it ends by itself.
    await this.run(releaseScript).catch(() => {});
  }

  private async renew(): Promise<void> {
    if (!this.isHeld) return;
    const askedAt = performance.now();
    const answer = await this.run(renewScript).catch(() => null);
    if (this.isOver || answer === null) return;
    if (answer === 1) this.endsAt = Math.max(this.endsAt, askedAt + this.ttlMs);
    else this.lose();
  }

  private lose(): void {
    this.end();
    for (const listener of this.listeners) listener();
  }

  private end(): void {
    this.isOver = true;
    clearInterval(this.renewing);
  }
}

/** Leases of all nodes whose keys begin with `prefix`; `holder` names this one. */
export function createRedisLeases(
  client: ScriptRunner,
  { prefix, holder, ttlMs }: { prefix: string; holder: string; ttlMs: number },
): Leases & { releaseAll(): Promise<void> } {
  const held = new Set<RedisLease>();
  let asked = 0;
  return {
    async acquire(name) {
      const keys = [`${prefix}lease:${name}`, `${prefix}token:${name}`];
      // Of one process too, a late word of a former lease must not touch the present one.
      const value = `${holder} ${(asked += 1)}`;
      const run = (script: string) => {
        return client.eval(script, { keys, arguments: [value, String(ttlMs)] });
      };
      const askedAt = performance.now();
      const token = Number(await run(acquireScript).catch(() => 0));
      if (token === 0) return null;
      const lease = new RedisLease(run, { token, askedAt, ttlMs });
      held.add(lease);
      return lease;
    },
    async releaseAll() {
      await Promise.all([...held].map((lease) => lease.release()));
      held.clear();
    },
  };
}
