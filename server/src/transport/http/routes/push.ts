import {
  type PushKeyBody,
  pushSubscriptionBody,
  pushUnsubscriptionBody,
} from '@nhip-cau/shared/protocol/http';
import { actorKey } from '../../../dialogue/kernel/actor.ts';
import { Refusal } from '../../../dialogue/kernel/refusal.ts';
import type { PushService } from '../../../dialogue/push/service.ts';
import { route, type Route, type RouteContext } from '../route.ts';

const changes = { points: 30, seconds: 600 };
const own = ({ actor }: Pick<RouteContext, 'actor'>) => {
  const who = actor();
  return { personId: who.kind === 'person' ? who.personId : null };
};

/** Being told of one's questions while no page is open; `null`: the operator has not set it up. */
export function pushRoutes(push: PushService | null): Route[] {
  const service = () => {
    if (push === null) throw new Refusal('not_found', { kind: 'push' });
    return push;
  };
  const limit = { ...changes, key: ({ actor }: Pick<RouteContext, 'actor'>) => actorKey(actor()) };
  return [
    route({
      method: 'get',
      path: '/api/push-key',
      action: 'signedIn',
      handle: (): PushKeyBody => ({ publicKey: push?.publicKey ?? null }),
    }),
    route({
      method: 'post',
      path: '/api/dialogues/:dialogueId/push-subscriptions',
      action: 'push.subscribe',
      object: own,
      body: pushSubscriptionBody,
      limit,
      async handle({ actor, body }) {
        await service().subscribe(actor(), body);
        return {};
      },
    }),
    route({
      method: 'post',
      path: '/api/dialogues/:dialogueId/push-subscriptions/remove',
      action: 'push.subscribe',
      object: own,
      body: pushUnsubscriptionBody,
      limit,
      async handle({ actor, body }) {
        await service().unsubscribe(actor(), body.endpoint);
        return {};
      },
    }),
  ];
}
