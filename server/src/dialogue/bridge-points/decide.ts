import { bridgePointOf, existing, type Handlers } from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { BridgePoint } from '../kernel/state.ts';

/** Characters of a hall's join code: short enough to type, too many to guess. */
export const joinCodeLength = 7;

/** Halls that one dialogue can hold. */
export const maxBridgePoints = 2_000;

export const bridgePointHandlers: Handlers<'bridgePoint.import' | 'bridgePoint.update'> = {
  'bridgePoint.import': {
    object: (state) => ({ dialogueId: existing(state).id }),
    decide(state, { bridgePoints }, { newId, newCode }) {
      const added: BridgePoint[] = [];
      const updated = [];
      const seen = new Set<string>();
      for (const input of bridgePoints) {
        if (seen.has(input.code) || input.code === 'central') {
          throw new Refusal('already_exists', { kind: 'bridgePoint', code: input.code });
        }
        seen.add(input.code);
        const known = state.bridgePointsByCode.get(input.code);
        if (known) {
          const { code: _code, ...changes } = input;
          updated.push({ bridgePointId: known.id, ...changes });
        } else {
          added.push({
            id: newId(),
            ...input,
            isCentral: false,
            headcount: null,
            headcountAt: null,
            joined: 0,
            present: 0,
            joinCode: newCode(joinCodeLength),
          });
        }
      }
      if (state.bridgePoints.size + added.length > maxBridgePoints + 1) {
        throw new Refusal('limit_reached', { limit: maxBridgePoints });
      }
      return [{ type: 'bridgePoints.imported', payload: { added, updated } }];
    },
  },
  'bridgePoint.update': {
    object: (state, { bridgePointId }) => ({
      dialogueId: existing(state).id,
      bridgePointId: bridgePointOf(state, bridgePointId).id,
    }),
    decide: (_state, change) => [{ type: 'bridgePoint.updated', payload: change }],
  },
};
