import type { NodeValues } from '../../dialogue/nodes/ports.ts';
import { NodeParts } from './node-parts.ts';

export type HandleScreens = (dialogueId: string, bridgePointIds: ReadonlySet<string>) => void;

/** Bridge points in whose name a screen is sent, to whichever node. */
export class SharedScreens {
  private readonly dialogues = new Map<string, Set<string>>();
  private readonly own = new Set<string>();
  private readonly parts: NodeParts<true>;

  constructor(values: NodeValues, onScreens: HandleScreens) {
    this.parts = new NodeParts({
      values,
      name: 'screen',
      combine: () => true,
      tell: (dialogueId, bridgePointId, now) => {
        const screens = this.dialogues.get(dialogueId) ?? new Set<string>();
        if (now) this.dialogues.set(dialogueId, screens.add(bridgePointId));
        else if (screens.delete(bridgePointId) && screens.size === 0) {
          this.dialogues.delete(dialogueId);
        }
        onScreens(dialogueId, screens);
      },
    });
  }

  /** Whether one is sent to this node. */
  set(dialogueId: string, bridgePointId: string, isSent: boolean): void {
    const key = `${dialogueId} ${bridgePointId}`;
    if (isSent === this.own.has(key)) return;
    if (isSent) this.own.add(key);
    else this.own.delete(key);
    this.parts.set(dialogueId, bridgePointId, isSent || null);
  }
}
