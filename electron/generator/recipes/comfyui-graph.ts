// The executed ComfyUI graph. The editor's format is read in comfyui-workflow.ts.
import { asObject, asText, type JsonObject } from './safe-json';

export type Node = { type: string; inputs: JsonObject };
export type Graph = ReadonlyMap<string, Node>;

/** Maximum number of inputs of a node. Further ones are ignored. */
export const maxInputs = 64;

/** Parses the executed graph: id -> { class_type, inputs }, where an input is a value or a link [id, output]. */
export function graphOf(json: JsonObject | null): Graph | null {
  const nodes = Object.entries(json ?? {}).flatMap(([id, value]): [string, Node][] => {
    const node = asObject(value);
    const type = asText(node?.['class_type']);
    const inputs = asObject(node?.['inputs']);
    return type !== undefined && inputs ? [[id, { type, inputs: limitInputs(inputs) }]] : [];
  });
  return nodes.length > 0 ? new Map(nodes) : null;
}

function limitInputs(inputs: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(inputs).slice(0, maxInputs));
}

/** Returns the id of the node from which a link comes; undefined for a value. */
export function idIn(link: unknown): string | undefined {
  const id: unknown = Array.isArray(link) && link.length === 2 ? link[0] : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

/** Returns the number of the output from which a link comes. */
export function outputIn(link: unknown): number {
  const output: unknown = Array.isArray(link) ? link[1] : undefined;
  return typeof output === 'number' ? output : 0;
}
