import type { NodeValue, NodeValues } from '../../dialogue/nodes/ports.ts';

export interface NodePartsOptions<Value> {
  values: NodeValues;
  /** Sets these values apart from others of the same nodes. */
  name: string;
  /** What several nodes say together; there is always one. */
  combine: (parts: readonly Value[]) => Value;
  /** Called with each change of what they say; `null`: nothing any more. */
  tell: (dialogueId: string, id: string, now: Value | null) => void;
}

/**
 * Something that every node knows a part of, by dialogue and id: its own part is told at once, that
 * of the others as it comes, and what a lost node said is taken back.
 */
export class NodeParts<Value extends NodeValue> {
  private readonly options: NodePartsOptions<Value>;
  /** By key, then by node; this node is ''. */
  private readonly parts = new Map<string, Map<string, Value>>();

  constructor(options: NodePartsOptions<Value>) {
    this.options = options;
    options.values.onChange((key, nodeId, value) => {
      const [name, dialogueId, id] = key.split(' ');
      if (name === options.name) this.put(dialogueId!, id!, nodeId, value as Value | null);
    });
  }

  /** This node's part; `null`: it has none. */
  set(dialogueId: string, id: string, own: Value | null): void {
    this.options.values.set(`${this.options.name} ${dialogueId} ${id}`, own);
    this.put(dialogueId, id, '', own);
  }

  private put(dialogueId: string, id: string, nodeId: string, value: Value | null): void {
    const key = `${dialogueId} ${id}`;
    const parts = this.parts.get(key) ?? new Map<string, Value>();
    if (value === null) parts.delete(nodeId);
    else parts.set(nodeId, value);
    if (parts.size === 0) this.parts.delete(key);
    else this.parts.set(key, parts);
    const { combine, tell } = this.options;
    tell(dialogueId, id, parts.size === 0 ? null : combine([...parts.values()]));
  }
}
