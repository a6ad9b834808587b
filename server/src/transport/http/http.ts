import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { SharedCounters } from '../../dialogue/nodes/ports.ts';
import { broadcastFiles } from './broadcast-files.ts';
import { refusalOf, sendError } from './errors.ts';
import { type HealthSources, healthRoutes } from './health.ts';
import { securityHeaders } from './headers.ts';
import { NodeRateLimits } from './limits.ts';
import type { OutsideDoor, OutsideOptions } from './outside.ts';
import { servePages } from './pages.ts';
import { checkRoutes, type Route } from './route.ts';
import { type RouteServices, serveRoute } from './serve-route.ts';
import { whepRoutes } from './whep.ts';
import { whipRoutes } from './whip.ts';

export interface HttpOptions extends Omit<RouteServices, 'limits'>, HealthSources {
  routes: readonly Route[];
  /** Where encoders publish and players receive; `null`: nowhere. */
  outside: OutsideDoors | null;
  /** What all nodes count together; `null`: this node counts alone. */
  counters: SharedCounters | null;
  /** Number of reverse proxies whose X-Forwarded-* headers are believed. */
  trustProxy: number;
  /** Where the client was built to. */
  clientDir: string;
  /** Where public broadcasts are. */
  broadcastDir: string;
  log: Logger;
}

export interface OutsideDoors extends Pick<
  OutsideOptions,
  'onAdmitted' | 'isLeaving' | 'iceServers'
> {
  encoders: OutsideDoor;
  players: OutsideDoor;
}

/** The HTTP side of the server: routes, pages, health. Throws when a route names no action. */
export function createHttp(options: HttpOptions): Express {
  checkRoutes(options.routes);
  const services: RouteServices = { ...options, limits: new NodeRateLimits(options.counters) };
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', options.trustProxy);
  app.set('query parser', 'simple');
  app.use(nameRequest, securityHeaders(options.publicUrl));
  app.use(healthRoutes(options));
  if (options.outside) {
    const { encoders, players, ...admission } = options.outside;
    const outside = { ...services, limits: services.limits.local, ...admission };
    app.use(whipRoutes(encoders, outside), whepRoutes(players, outside));
  }
  app.use('/api', privately);
  for (const route of options.routes) app[route.method](route.path, serveRoute(route, services));
  app.use('/api', (_request, response) => sendError(response, { code: 'not_found' }));
  app.use(broadcastFiles(options.broadcastDir));
  app.use(servePages(options.clientDir));
  app.use((_request, response) => {
    response.status(404).type('text').send('Not found\n');
  });
  app.use(answerError(options.log));
  return app;
}

const nameRequest: RequestHandler = (_request, response, next) => {
  response.locals['requestId'] = randomUUID();
  response.set('X-Request-Id', response.locals['requestId']);
  next();
};

const privately: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

function answerError(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const refusal = refusalOf(error);
    if (refusal === null) {
      const { requestId } = response.locals;
      // The pattern, not the path: a path can hold a code that lets people in.
      const route = (request.route as { path?: string } | undefined)?.path;
      log.error({ requestId, method: request.method, route, err: error }, 'a request failed');
    }
    if (response.headersSent) return next(error);
    sendError(response, refusal ?? { code: 'internal' });
  };
}
