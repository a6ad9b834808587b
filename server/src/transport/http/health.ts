import { Router } from 'express';

export interface HealthSources {
  /** Rejects while the database does not answer. */
  checkDatabase: () => Promise<void>;
  metrics: { contentType: string; text: () => Promise<string> };
}

/** What supervisors and Prometheus ask. `healthz`: the process runs. `readyz`: it can serve. */
export function healthRoutes({ checkDatabase, metrics }: HealthSources): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.type('text').send('ok\n');
  });
  router.get('/readyz', async (_request, response) => {
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
