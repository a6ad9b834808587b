import type { Demo } from '../../../dialogue/demo/demo.ts';
import { Refusal } from '../../../dialogue/kernel/refusal.ts';
import { route, type Route } from '../route.ts';

const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

/** Links of the demonstration, for a browser on this very machine. */
export function demoRoutes(demo: Demo): Route[] {
  return [
    route({
      method: 'get',
      path: '/demo/:token',
      action: 'public',
      async handle({ request, response, param, grant }) {
        // The socket's own address: a header could say anything.
        const isHere = loopback.test(request.socket.remoteAddress ?? '');
        const target = isHere ? demo.find(param('token')) : null;
        if (target === null) throw new Refusal('not_found');
        if (target.subject) await grant(target.subject);
        response.set('Cache-Control', 'no-store').redirect(target.location);
      },
    }),
  ];
}
