// Reads ComfyUI's graph of nodes, which a picture contains: prompts, sampler settings and model.
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import type { PictureTexts } from './picture-texts';
import { asObject, asText, asWholeNumber, type JsonObject, linesOf, parseObject } from './safe-json';

type Node = { type: string; inputs: JsonObject };
type Graph = ReadonlyMap<string, Node>;

/** Maximum number of nodes to follow for one value, and for the texts that feed the nodes of one prompt. */
const maxSteps = 200;
const maxTextSteps = 1000;
/** Inputs of one node. The rest is ignored. */
const maxInputs = 64;

export function readComfyUi({ named }: Pick<PictureTexts, 'named'>): ReadRecipe | null {
  return parseComfyUi(named.get('prompt'), named.get('workflow'));
}

/**
 * @param prompt the graph that ran: id -> { class_type, inputs }, where an input is a value or a link [id, output].
 * Written by `SaveImage` in https://github.com/comfyanonymous/ComfyUI/blob/master/nodes.py; the layout is at
 * https://docs.comfy.org/specs/workflow_json and in the API's examples, `script_examples/basic_api_example.py`.
 * @param workflow the same graph as the editor shows it, which is read when `prompt` is missing.
 */
export function parseComfyUi(prompt: string | undefined, workflow: string | undefined): ReadRecipe | null {
  const graph = graphOf(parseObject(prompt)) ?? graphOfWorkflow(parseObject(workflow));
  if (!graph) return null;
  const sampler = samplerOf(graph);
  if (!sampler) return null;
  const { inputs } = sampler;
  const positive = follow(graph, inputs['positive'] ?? inputs['guider'], 'positive', createTextReader());
  const negative = follow(graph, inputs['negative'], 'negative', createTextReader());
  const seed =
    asWholeNumber(inputs['seed'] ?? inputs['noise_seed']) ?? follow(graph, inputs['noise'], '', seedOf);
  const model = follow(graph, inputs['model'] ?? inputs['guider'], 'model', modelOf);
  const size = follow(graph, inputs['latent_image'], '', sizeOf);
  const rest = linesOf(inputs, ['seed', 'noise_seed']);
  return {
    source: 'comfyui',
    prompt: positive ?? '',
    ...(negative && { negativePrompt: negative }),
    ...(seed !== undefined && { seed }),
    ...(model && { model }),
    ...size,
    ...(rest && { rest }),
  };
}

/** Returns the last sampler, which made the picture, and prefers a KSampler to other kinds. */
function samplerOf(graph: Graph): Node | undefined {
  const samplers = [...graph.values()].filter(({ type }) => type.includes('Sampler'));
  const complete = samplers.filter(({ inputs }) => 'positive' in inputs || 'guider' in inputs);
  return complete.findLast(({ type }) => /^KSampler/.test(type)) ?? complete.at(-1);
}

/** What a search has visited. Searches that share one visit each node once, however many links lead to it. */
type Search = { seen: Set<string>; stepsLeft: number };

/**
 * Follows links until a node has the value.
 *
 * @param preferredInput the input to follow when a node has several.
 */
function follow<Value>(
  graph: Graph,
  link: unknown,
  preferredInput: string,
  read: (node: Node, graph: Graph) => Value | undefined,
  search: Search = { seen: new Set(), stepsLeft: maxSteps },
): Value | undefined {
  const queue: unknown[] = [link];
  for (const next of queue) {
    if (search.stepsLeft === 0) return undefined;
    search.stepsLeft -= 1;
    const id = idIn(next);
    const node = id === undefined || search.seen.has(id) ? undefined : graph.get(id);
    if (id === undefined || !node) continue;
    search.seen.add(id);
    const value = read(node, graph);
    if (value !== undefined) return value;
    const preferred = node.inputs[preferredInput];
    const links = idIn(preferred) === undefined ? Object.values(node.inputs) : [preferred];
    queue.push(...links.filter((input) => idIn(input) !== undefined));
  }
  return undefined;
}

function idIn(link: unknown): string | undefined {
  const id: unknown = Array.isArray(link) ? link[0] : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

/**
 * Returns a function that returns a text encoder's own text, or that of a node that feeds it. Its searches share what
 * they visited: a node from which one of them reached no text leads the next one to none either.
 */
function createTextReader(): (node: Node, graph: Graph) => string | undefined {
  const search: Search = { seen: new Set(), stepsLeft: maxTextSteps };
  return ({ type, inputs }, graph) => {
    const isEncoder = type.includes('TextEncode') || type.includes('Prompt');
    if (!isEncoder) return undefined;
    for (const name of ['text', 'text_g', 't5xxl', 'clip_l', 'text_l', 'prompt', 'positive']) {
      const value = asText(inputs[name]) ?? follow(graph, inputs[name], '', plainTextOf, search);
      if (value !== undefined && value.trim() !== '') return value;
    }
    return undefined;
  };
}

function plainTextOf({ inputs }: Node): string | undefined {
  return ['text', 'value', 'string', 'text_b', 'wildcard_text']
    .map((name) => asText(inputs[name]))
    .find((value) => value !== undefined && value.trim() !== '');
}

function seedOf({ inputs }: Node): number | undefined {
  return asWholeNumber(inputs['noise_seed'] ?? inputs['seed']);
}

function modelOf({ inputs }: Node): string | undefined {
  return asText(inputs['ckpt_name']) ?? asText(inputs['unet_name']);
}

function sizeOf({ inputs }: Node): { width: number; height: number } | undefined {
  const width = asWholeNumber(inputs['width']);
  const height = asWholeNumber(inputs['height']);
  return width && height ? { width, height } : undefined;
}

function graphOf(json: JsonObject | null): Graph | null {
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

/** Names of the values that the editor stores by position, for the nodes that most graphs contain. */
const valueNames: Readonly<Record<string, readonly string[]>> = {
  KSampler: ['seed', '', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'],
  CLIPTextEncode: ['text'],
  CheckpointLoaderSimple: ['ckpt_name'],
  EmptyLatentImage: ['width', 'height'],
};

/** Nodes have values and inputs; an input has the number of a link: [number, from id, from output, to id, to input, type]. */
function graphOfWorkflow(json: JsonObject | null): Graph | null {
  const sources = new Map<unknown, unknown>();
  for (const link of arrayOf(json?.['links'])) if (Array.isArray(link)) sources.set(link[0], link[1]);
  const nodes = arrayOf(json?.['nodes']).flatMap((value): [string, Node][] => {
    const node = asObject(value);
    const type = asText(node?.['type']);
    const id = node?.['id'];
    if (!node || type === undefined || (typeof id !== 'number' && typeof id !== 'string')) return [];
    const values = arrayOf(node['widgets_values']);
    const names = Object.hasOwn(valueNames, type) ? (valueNames[type] ?? []) : [];
    const inputs = new Map<string, unknown>(names.map((name, index) => [name, values[index]]));
    for (const input of arrayOf(node['inputs']).slice(0, maxInputs)) {
      const name = asText(asObject(input)?.['name']);
      const source = sources.get(asObject(input)?.['link']);
      if (name !== undefined && source !== undefined) inputs.set(name, [source, 0]);
    }
    inputs.delete('');
    return [[String(id), { type, inputs: Object.fromEntries(inputs) }]];
  });
  return nodes.length > 0 ? new Map(nodes) : null;
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
