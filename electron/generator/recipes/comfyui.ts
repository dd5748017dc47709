// Reads the graph that ComfyUI stores in a picture: prompts, sampler settings and model.
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import { apiRecipe, isApiNode, isPictureService } from './comfyui-api-nodes';
import { promptOf } from './comfyui-conditioning';
import { type Graph, graphOf, type Node } from './comfyui-graph';
import { modelIn } from './comfyui-models';
import { inputValue, nearInputValue, switched, upstream } from './comfyui-walk';
import { graphOfWorkflow } from './comfyui-workflow';
import type { PictureTexts } from './picture-texts';
import { recipeOf } from './recipe-of';
import { asText, type JsonObject, linesOf, parseObject } from './safe-json';

/**
 * The graphs are text chunks in a PNG, EXIF Make and Model in a WebP, and the description or comment in a JPEG,
 * each behind its name: `SaveAnimatedWEBP` in
 * https://github.com/comfyanonymous/ComfyUI/blob/master/comfy_extras/nodes_images.py
 */
export function readComfyUi({
  named,
  comment,
  exif,
}: Pick<PictureTexts, 'named' | 'comment' | 'exif'>): ReadRecipe | null {
  const inExif = new Map<string, string>();
  for (const text of [exif.model, exif.make, exif.description, comment ?? undefined]) {
    const [, name, graph] = /^\s*(prompt|workflow)\s*:\s*(\{.*)$/is.exec(text ?? '') ?? [];
    if (name && graph) inExif.set(name.toLowerCase(), graph);
  }
  const text = (name: string) => named.get(name) ?? inExif.get(name);
  return parseComfyUi(text('prompt'), text('workflow')) ?? readComment(comment ?? undefined);
}

/** Extensions that save JPEGs write only one graph, or both graphs as one object. */
function readComment(comment: string | undefined): ReadRecipe | null {
  const both = parseObject(comment);
  const graph = (name: string) => {
    const value = both?.[name];
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : asText(value);
  };
  return parseComfyUi(comment, undefined) ?? parseComfyUi(graph('prompt'), graph('workflow'));
}

/**
 * Reads the recipe of a graph.
 *
 * @param prompt the executed graph. Written by `SaveImage` in
 *   https://github.com/comfyanonymous/ComfyUI/blob/master/nodes.py; the format is documented at
 *   https://docs.comfy.org/specs/workflow_json and by the API's examples, `script_examples/basic_api_example.py`.
 * @param workflow the same graph in the editor's format, which is read if `prompt` is missing.
 */
export function parseComfyUi(prompt: string | undefined, workflow: string | undefined): ReadRecipe | null {
  const graph = graphOf(parseObject(prompt)) ?? graphOfWorkflow(parseObject(workflow));
  const maker = graph && makerOf(graph);
  if (!graph || !maker) return null;
  return isApiNode(maker) ? apiRecipe(graph, maker) : samplerRecipe(graph, maker);
}

/**
 * Returns the node that made the picture: the nearest one upstream of an output. Samplers and services come first,
 * because other nodes that sample, for example to improve faces, change only a part of the picture. A sampler that
 * adds no noise continues the work of another one, whose seed and model are returned instead.
 */
function makerOf(graph: Graph): Node | undefined {
  const outputs = [...graph.values()].filter(({ type }) => /save|preview/i.test(type));
  const links = outputs.flatMap(({ inputs }) => Object.values(inputs));
  const reached = [
    ...upstream(graph, links, (node) => {
      if (isSampler(node)) return addsNoise(graph, node) ? null : [node.inputs['latent_image']];
      return isPictureService(node) ? null : inputsToFollow(graph, node);
    }),
  ];
  // Search all nodes as well, because a graph may end in nodes of unknown types.
  const all = [...graph.values()].reverse();
  const isMaker = (node: Node) => isSampler(node) || isPictureService(node);
  return (
    reached.find((node) => isMaker(node) && addsNoise(graph, node)) ??
    [...reached, ...all].find(isMaker) ??
    [...reached, ...all].find(isSampling) ??
    [...reached, ...all].find(isApiNode)
  );
}

/** Returns whether a node is a sampler. A pipe carries all its inputs, including the prompts. */
const isSampler = ({ type, inputs }: Node) =>
  /Sampler/i.test(type) && ['positive', 'guider', 'pipe'].some((name) => name in inputs);
const isSampling = ({ inputs }: Node) => 'positive' in inputs || 'guider' in inputs;

/**
 * Returns whether a sampler adds noise. `KSamplerAdvanced` and `SamplerCustom` have an input for it;
 * `SamplerCustomAdvanced` has a noise node.
 */
function addsNoise(graph: Graph, { inputs }: Node): boolean {
  const said = nearInputValue(graph, inputs['add_noise']);
  if (said === 'disable' || said === false) return false;
  for (const { type } of upstream(graph, [inputs['noise']], (node) => inputsToFollow(graph, node)))
    if (/Noise/.test(type)) return type !== 'DisableNoise';
  return true;
}

/** Returns the inputs of the nearest node upstream of a link that has one of the names. */
function inputsBehind(graph: Graph, link: unknown, names: readonly string[]): JsonObject {
  for (const { inputs } of upstream(graph, [link], (node) => inputsToFollow(graph, node)))
    if (names.some((name) => name in inputs)) return inputs;
  return {};
}

/** Follows only the selected input of a switch. */
function inputsToFollow(graph: Graph, node: Node): readonly unknown[] {
  const { isSwitch, input } = switched(node, (selector) => nearInputValue(graph, selector));
  return isSwitch ? [input] : Object.values(node.inputs);
}

/** Inputs of a sampler with a property of their own, or without a meaning for the picture. */
const knownInputs = [
  ...['seed', 'noise_seed', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'],
  ...['control_after_generate', 'preview_method', 'vae_decode'],
];

function samplerRecipe(graph: Graph, sampler: Node): ReadRecipe {
  const { inputs } = sampler;
  const guider = inputsBehind(graph, inputs['guider'], ['positive', 'conditioning', 'cond1', 'model']);
  const positive =
    inputs['positive'] ??
    guider['positive'] ??
    guider['conditioning'] ??
    guider['cond1'] ??
    inputs['guider'] ??
    inputs['pipe'];
  const negative = inputs['negative'] ?? guider['negative'] ?? inputs['pipe'];
  const prompt = promptOf(graph, positive, 'positive');
  const sigmas = inputsBehind(graph, inputs['sigmas'], ['steps']);
  const noise = inputsBehind(graph, inputs['noise'], ['noise_seed', 'seed']);
  const piped = inputsBehind(graph, inputs['pipe'], ['seed', 'steps']);
  const read = (...candidates: unknown[]) =>
    candidates.map((candidate) => inputValue(graph, candidate)).find((value) => value !== undefined);
  const model = modelIn(graph, [
    ...[inputs['model'], guider['model'], guider['model1'], inputs['guider'], inputs['pipe']],
  ]);
  const either = (name: string) => [inputs[name], sigmas[name], piped[name]];
  return recipeOf('comfyui', {
    prompt: prompt.text,
    negativePrompt: promptOf(graph, negative, 'negative').text,
    seed: read(inputs['seed'], inputs['noise_seed'], noise['noise_seed'], noise['seed'], piped['seed']),
    steps: read(...either('steps')),
    sampler: read(inputs['sampler_name'], samplerNameIn(graph, inputs['sampler']), piped['sampler_name']),
    scheduler: read(...either('scheduler')),
    guidance: prompt.guidance ?? read(inputs['cfg'], guider['cfg'], guider['cfg_conds'], piped['cfg']),
    ...model,
    strength: partly(read(...either('denoise'))),
    ...originOf(graph, inputs['latent_image']),
    rest: linesOf(inputs, knownInputs),
  });
}

/** A strength of 1 means that the picture was made from noise alone, so it is omitted. */
function partly(denoise: unknown): unknown {
  return typeof denoise === 'number' && denoise < 1 ? denoise : undefined;
}

function samplerNameIn(graph: Graph, link: unknown): unknown {
  for (const { inputs } of upstream(graph, [link]))
    if ('sampler_name' in inputs) return inputs['sampler_name'];
  return undefined;
}

/** Returns the size of the first latent, or the name of the picture from which it was encoded. */
function originOf(graph: Graph, latent: unknown): { width?: unknown; height?: unknown; parent?: string } {
  for (const { type, inputs } of upstream(graph, [latent], ({ inputs }) => latentWay(inputs))) {
    const file = asText(inputs['image']);
    if (/^LoadImage/.test(type) && file !== undefined) return { parent: file };
    const width = nearInputValue(graph, inputs['width']);
    const height = nearInputValue(graph, inputs['height']);
    if (/Latent/.test(type) && typeof width === 'number' && typeof height === 'number')
      return { width, height };
  }
  return {};
}

const latentWay = (inputs: JsonObject) =>
  Object.entries(inputs).flatMap(([name, input]) =>
    /latent|samples|pixels|image|^value$|^any|^$/i.test(name) ? [input] : [],
  );
