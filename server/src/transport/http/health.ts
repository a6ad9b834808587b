import { Router } from 'express';

export interface HealthSources {
  /** Rejects while the database does not answer. */
  checkDatabase: () => Promise<void>;
  /** Whether this node gives its people to others and is to get no new ones. */
  isLeaving: () => boolean;
  metrics: { contentType: string; text: () => Promise<string> };
}

/** What supervisors and Prometheus ask. `healthz`: the process runs. `readyz`: it can serve. */
export function healthRoutes({ checkDatabase, isLeaving, metrics }: HealthSources): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.type('text').send('ok\n');
  });
  router.get('/readyz', async (_request, response) => {
    if (isLeaving()) {
      response.status(503).type('text').send('this node is leaving\n');
      return;
    }
    try {
      await checkDatabase();
      response.type('text').send('ok\n');
    } catch {
      response.status(503).type('text').send('the database does not answer\n');
    }
  });
  router.get('/metrics', async (_request, response) => {
    response.set('Content-Type', metrics.contentType).send(await metrics.text());
  });
  return router;
}
