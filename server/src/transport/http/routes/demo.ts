import type { Request } from 'express';
import type { Demo } from '../../../dialogue/demo/demo.ts';
import { Refusal } from '../../../dialogue/kernel/refusal.ts';
import { route, type Route } from '../route.ts';

/** A proxy on this machine says by one of these for whom it asks. */
const proxyHeaders = /^(x-forwarded-.+|x-real-ip|forwarded|via)$/;

const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

/** Links of the demonstration, for a browser on this very machine. */
export function demoRoutes(demo: Demo): Route[] {
  return [
    route({
      method: 'get',
      path: '/demo/:token',
      action: 'public',
      async handle({ request, response, param, grant }) {
        const target = isFromHere(request) ? demo.find(param('token')) : null;
        if (target === null) throw new Refusal('not_found');
        if (target.subject) await grant(target.subject);
        response.set('Cache-Control', 'no-store').redirect(target.location);
      },
    }),
  ];
}

/** By the socket's own address: a header could say anything, and only takes trust away. */
function isFromHere({ socket, headers }: Request): boolean {
  const isProxied = Object.keys(headers).some((name) => proxyHeaders.test(name));
  return !isProxied && loopback.test(socket.remoteAddress ?? '');
}
