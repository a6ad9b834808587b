/**
 * Writes small neural networks as ONNX files (protocol buffers, by the field numbers of onnx.proto),
 * so that tests have a model for real runtimes without downloading one.
 */
export type Shape = readonly (number | string)[];

export interface Value {
  name: string;
  type: 'float' | 'int64';
  shape: Shape;
}

export interface Node {
  op: string;
  inputs: readonly string[];
  outputs: readonly string[];
  /** Whole numbers only. */
  attributes?: Readonly<Record<string, number>>;
}

export interface Network {
  inputs: readonly Value[];
  outputs: readonly Value[];
  nodes: readonly Node[];
  /** Numbers that the nodes use, by name. */
  constants: Readonly<Record<string, { type: Value['type']; shape: number[]; values: number[] }>>;
  metadata: Readonly<Record<string, string | number>>;
}

const elementType = { float: 1, int64: 7 } as const;
const intAttribute = 2;

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

const number = (field: number, value: number) =>
  Buffer.from([...varint(field * 8), ...varint(value)]);

function bytes(field: number, value: Buffer | string): Buffer {
  const content = Buffer.from(value as string);
  return Buffer.concat([
    Buffer.from([...varint(field * 8 + 2), ...varint(content.length)]),
    content,
  ]);
}

const message = (field: number, ...parts: Buffer[]) => bytes(field, Buffer.concat(parts));

const valueInfo = (field: number, { name, type, shape }: Value) =>
  message(
    field,
    bytes(1, name),
    message(
      2,
      message(
        1,
        number(1, elementType[type]),
        message(
          2,
          ...shape.map((size) =>
            message(1, typeof size === 'number' ? number(1, size) : bytes(2, size)),
          ),
        ),
      ),
    ),
  );

const node = ({ op, inputs, outputs, attributes = {} }: Node) =>
  message(
    1,
    ...inputs.map((name) => bytes(1, name)),
    ...outputs.map((name) => bytes(2, name)),
    bytes(4, op),
    ...Object.entries(attributes).map(([name, value]) =>
      message(5, bytes(1, name), number(3, value), number(20, intAttribute)),
    ),
  );

function tensor(name: string, { type, shape, values }: Network['constants'][string]): Buffer {
  const raw =
    type === 'float'
      ? Buffer.from(Float32Array.from(values).buffer)
      : Buffer.from(BigInt64Array.from(values, BigInt).buffer);
  const dims = shape.map((size) => number(1, size));
  return message(5, ...dims, number(2, elementType[type]), bytes(8, name), bytes(9, raw));
}

/** The network as the bytes of an .onnx file. */
export function toOnnx({ inputs, outputs, nodes, constants, metadata }: Network): Buffer {
  const graph = message(
    7,
    ...nodes.map(node),
    bytes(2, 'graph'),
    ...Object.entries(constants).map(([name, value]) => tensor(name, value)),
    ...inputs.map((value) => valueInfo(11, value)),
    ...outputs.map((value) => valueInfo(12, value)),
  );
  const irVersion = 8;
  const opset = 13;
  return Buffer.concat([
    number(1, irVersion),
    graph,
    message(8, bytes(1, ''), number(2, opset)),
    ...Object.entries(metadata).map(([key, value]) =>
      message(14, bytes(1, key), bytes(2, String(value))),
    ),
  ]);
}
