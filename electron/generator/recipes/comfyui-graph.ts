// ComfyUI's graph of nodes, in both forms that its pictures carry.
import { asList, asObject, asText, type JsonObject } from './safe-json';

export type Node = { type: string; inputs: JsonObject };
export type Graph = ReadonlyMap<string, Node>;

/** Inputs of one node. The rest is ignored. */
const maxInputs = 64;

/** The graph that ran: id -> { class_type, inputs }, where an input is a value or a link [id, output]. */
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

/** Names of the values that older editors store by position, for the nodes that most graphs contain. */
const valueNames: Readonly<Record<string, readonly string[]>> = {
  KSampler: ['seed', '', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'],
  KSamplerAdvanced: ['', 'noise_seed', '', 'steps', 'cfg', 'sampler_name', 'scheduler'],
  CLIPTextEncode: ['text'],
  CheckpointLoaderSimple: ['ckpt_name'],
  UNETLoader: ['unet_name'],
  LoraLoader: ['lora_name', 'strength_model'],
  LoraLoaderModelOnly: ['lora_name', 'strength_model'],
  EmptyLatentImage: ['width', 'height'],
  EmptySD3LatentImage: ['width', 'height'],
  RandomNoise: ['noise_seed'],
  KSamplerSelect: ['sampler_name'],
  BasicScheduler: ['scheduler', 'steps', 'denoise'],
  FluxGuidance: ['guidance'],
  CFGGuider: ['cfg'],
  PrimitiveString: ['value'],
  PrimitiveStringMultiline: ['value'],
};

/** Nodes that the editor has switched off: 2 is muted, 4 bypassed. */
const [muted, bypassed] = [2, 4];

/**
 * The same graph as the editor shows it. Nodes have values and inputs; an input has the number of a link:
 * [number, from id, from output, to id, to input, type].
 */
export function graphOfWorkflow(json: JsonObject | null): Graph | null {
  const sources = new Map<unknown, readonly unknown[]>();
  for (const link of asList(json?.['links'])) {
    if (Array.isArray(link)) sources.set(link[0], [link[1], link[2]]);
  }
  const nodes = asList(json?.['nodes']).flatMap((value): [string, Node][] => {
    const node = asObject(value);
    const type = asText(node?.['type']);
    const id = node?.['id'];
    if (!node || type === undefined || (typeof id !== 'number' && typeof id !== 'string')) return [];
    if (node['mode'] === muted) return [];
    const slots = asList(node['inputs']).slice(0, maxInputs).map(asObject);
    const inputs = new Map<string, unknown>(node['mode'] === bypassed ? [] : valuesOf(node, type, slots));
    for (const slot of slots) {
      const name = asText(slot?.['name']);
      const source = sources.get(slot?.['link']);
      if (name !== undefined && source !== undefined) inputs.set(name, source);
    }
    inputs.delete('');
    return [[String(id), { type, inputs: Object.fromEntries(inputs) }]];
  });
  return nodes.length > 0 ? new Map(nodes) : null;
}

/** Newer editors list a node's values among its inputs; a seed has one more value, which says how it changes. */
function valuesOf(
  node: JsonObject,
  type: string,
  slots: readonly (JsonObject | null)[],
): [string, unknown][] {
  const listed = asObject(node['widgets_values']);
  if (listed) return Object.entries(listed).slice(0, maxInputs);
  const values = asList(node['widgets_values']).slice(0, maxInputs);
  const widgets = slots.flatMap((slot) => asText(asObject(slot?.['widget'])?.['name']) ?? []);
  const named = widgets.flatMap((name) => (/seed$/.test(name) ? [name, ''] : [name]));
  const known = Object.hasOwn(valueNames, type) ? (valueNames[type] ?? []) : [];
  const names = known.length > 0 ? known : named.length === values.length ? named : widgets;
  if (names.length > 0) return names.map((name, index): [string, unknown] => [name, values[index]]);
  // A node of unknown kind that holds a text is most often one that does nothing else.
  const text = values.find((value) => typeof value === 'string');
  return text === undefined ? [] : [['text', text]];
}

export function idIn(link: unknown): string | undefined {
  const id: unknown = Array.isArray(link) && link.length === 2 ? link[0] : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

export function nodeAt(graph: Graph, link: unknown): Node | undefined {
  const id = idIn(link);
  return id === undefined ? undefined : graph.get(id);
}
