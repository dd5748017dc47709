// Reads the graph that ComfyUI's editor stores, with subgraphs: https://docs.comfy.org/specs/workflow_json
import { type Graph, maxInputs, type Node } from './comfyui-graph';
import { asList, asObject, asText, type JsonObject } from './safe-json';

/** Names of the values that older editors store by position, for the most common nodes. */
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

/** Modes of nodes that the editor does not run: 2 is muted, 4 bypassed. */
const [muted, bypassed] = [2, 4];
/**
 * Ids of a subgraph's boundary nodes: the links of its inputs start at the first one, those of its outputs end at
 * the second one.
 */
const [inputNode, outputNode] = ['-10', '-20'];
/**
 * Maximum depth of nested subgraphs, and maximum number of nodes in all of them, because a file may nest a graph in
 * itself.
 */
const [maxDepth, maxNodes] = [8, 5000];
/** Maximum number of steps through boundary nodes from a link to its node. */
const maxHops = 64;

/** One graph: the whole workflow, or a subgraph. */
type Level = {
  /** Prefix of its nodes' ids, which are unique only within a graph. */
  prefix: string;
  /** Links by their numbers. */
  links: ReadonlyMap<string, Link>;
  /** The numbers of the links that lead to its outputs, by output. */
  outputs: ReadonlyMap<number, string>;
  /** Subgraphs by the ids of their nodes. */
  inner: Map<string, Level>;
  /** Returns the source of an input of the subgraph, or the value set there. Absent for the whole workflow. */
  inputAt?: (slot: number, hops: number) => unknown;
  /** Values that are set on a subgraph's node and belong to inner nodes, by their ids and names. */
  proxies: ReadonlyMap<string, unknown>;
};
type Link = { from: string; fromSlot: number };

/**
 * Returns the graph with the nodes of its subgraphs among the others. An input has the number of a link, and a link
 * is [number, from id, from output, to id, to input, type], or an object with these fields in a subgraph.
 */
export function graphOfWorkflow(json: JsonObject | null): Graph | null {
  const definitions = asList(asObject(json?.['definitions'])?.['subgraphs']).map(asObject);
  const subgraphs = new Map(
    definitions.flatMap((graph): [string, JsonObject][] => {
      const id = asText(graph?.['id']);
      return graph && id !== undefined ? [[id, graph]] : [];
    }),
  );
  const whole: Level = {
    ...{ prefix: '', ...linksOf(json), inner: new Map(), proxies: new Map() },
  };
  const found: Found[] = [];
  collect(json, whole, { subgraphs, found, left: maxNodes }, 0);
  const nodes = found.map(({ id, type, slots, values, level }): [string, Node] => {
    const inputs = new Map(values);
    for (const slot of slots) {
      const name = asText(slot?.['name']);
      const source = sourceOf(level, slot?.['link'], 0);
      if (name !== undefined && source !== undefined) inputs.set(name, source);
    }
    inputs.delete('');
    return [id, { type, inputs: Object.fromEntries(inputs) }];
  });
  return nodes.length > 0 ? new Map(nodes) : null;
}

type Found = {
  id: string;
  type: string;
  slots: readonly (JsonObject | null)[];
  values: [string, unknown][];
  level: Level;
};

/** `left`: number of nodes that may still be read. */
type Collection = { subgraphs: ReadonlyMap<string, JsonObject>; found: Found[]; left: number };

/** Adds the nodes of a graph and of its subgraphs. */
function collect(json: JsonObject | null, level: Level, collection: Collection, depth: number): void {
  for (const value of asList(json?.['nodes'])) {
    if (collection.left === 0) return;
    collection.left -= 1;
    const node = asObject(value);
    const type = asText(node?.['type']);
    const id = idOf(node?.['id']);
    if (!node || type === undefined || id === undefined || node['mode'] === muted) continue;
    const slots = asList(node['inputs']).slice(0, maxInputs).map(asObject);
    const subgraph = collection.subgraphs.get(type);
    if (subgraph && depth < maxDepth) {
      const inner = levelOf(node, subgraph, slots, level, id);
      level.inner.set(id, inner);
      collect(subgraph, inner, collection, depth + 1);
      continue;
    }
    const values = node['mode'] === bypassed ? [] : valuesOf(node, type, slots);
    const all = withProxies(values, level, id);
    collection.found.push({ id: level.prefix + id, type, slots, level, values: all });
  }
}

function levelOf(
  node: JsonObject,
  subgraph: JsonObject,
  slots: readonly (JsonObject | null)[],
  outer: Level,
  id: string,
): Level {
  const names = asList(subgraph['inputs']).map((input) => asText(asObject(input)?.['name']));
  const proxied = asList(asObject(node['properties'])?.['proxyWidgets']).slice(0, maxInputs);
  const values = asList(node['widgets_values']);
  const proxies = new Map(
    proxied.flatMap((pair, index): [string, unknown][] => {
      const [inner, name] = asList(pair);
      const value = values[index];
      return idOf(inner) !== undefined && value !== undefined && value !== null
        ? [[`${idOf(inner)} ${asText(name) ?? ''}`, value]]
        : [];
    }),
  );
  // Without a list that assigns them to inner nodes, the values belong to the node's own inputs.
  const own = new Map(proxied.length > 0 ? [] : valuesOf(node, '', slots));
  return {
    prefix: `${outer.prefix}${id}:`,
    ...linksOf(subgraph),
    inner: new Map(),
    proxies,
    inputAt(slot, hops) {
      const name = names[slot];
      const input = slots.find((each) => asText(each?.['name']) === name) ?? slots[slot];
      return sourceOf(outer, input?.['link'], hops) ?? (name === undefined ? undefined : own.get(name));
    },
  };
}

function withProxies(values: [string, unknown][], { proxies }: Level, id: string): [string, unknown][] {
  const prefix = `${id} `;
  const proxied = [...proxies].flatMap(([key, value]): [string, unknown][] =>
    key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
  );
  return [...values, ...proxied];
}

/** Returns the node and output from which a link comes, a value, or undefined. */
function sourceOf(level: Level, number: unknown, hops: number): unknown {
  const link = level.links.get(String(number));
  if (!link || hops > maxHops) return undefined;
  if (link.from === inputNode) return level.inputAt?.(link.fromSlot, hops + 1);
  const inner = level.inner.get(link.from);
  if (!inner) return [level.prefix + link.from, link.fromSlot];
  return sourceOf(inner, inner.outputs.get(link.fromSlot), hops + 1);
}

function linksOf(json: JsonObject | null): Pick<Level, 'links' | 'outputs'> {
  const links = new Map<string, Link>();
  const outputs = new Map<number, string>();
  for (const value of asList(json?.['links'])) {
    const named = asObject(value);
    const [number, from, fromSlot, to, toSlot] = named
      ? ['id', 'origin_id', 'origin_slot', 'target_id', 'target_slot'].map((name) => named[name])
      : asList(value);
    links.set(String(number), { from: idOf(from) ?? '', fromSlot: Number(fromSlot) });
    if (idOf(to) === outputNode) outputs.set(Number(toSlot), String(number));
  }
  return { links, outputs };
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/**
 * Returns the named values of a node. Newer editors list the names among its inputs; a seed is followed by an
 * additional value, which says how the seed changes.
 */
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
  // A node of unknown type with a text is most often one that only holds this text.
  const text = values.find((value) => typeof value === 'string');
  return text === undefined ? [] : [['text', text]];
}
