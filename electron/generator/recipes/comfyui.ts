// Reads ComfyUI's graph of nodes, which a picture contains: prompts, sampler settings and model.
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import { apiRecipe, isApiNode } from './comfyui-api-nodes';
import { promptOf } from './comfyui-conditioning';
import { type Graph, graphOf, type Node, nodeAt } from './comfyui-graph';
import { modelIn } from './comfyui-models';
import { inputValue, nearInputValue, switched, upstream } from './comfyui-walk';
import { graphOfWorkflow } from './comfyui-workflow';
import type { PictureTexts } from './picture-texts';
import { recipeOf } from './recipe-of';
import { asText, type JsonObject, linesOf, parseObject } from './safe-json';

/**
 * In a PNG the graphs are text chunks. In a WebP they are EXIF's Make and Model, in a JPEG its description or comment, each
 * behind its name: `SaveAnimatedWEBP` in https://github.com/comfyanonymous/ComfyUI/blob/master/comfy_extras/nodes_images.py
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
  return parseComfyUi(text('prompt'), text('workflow')) ?? parseComfyUi(comment ?? undefined, undefined);
}

/**
 * @param prompt the graph that ran. Written by `SaveImage` in
 * https://github.com/comfyanonymous/ComfyUI/blob/master/nodes.py; the layout is at https://docs.comfy.org/specs/workflow_json
 * and in the API's examples, `script_examples/basic_api_example.py`.
 * @param workflow the same graph as the editor shows it, which is read when `prompt` is missing.
 */
export function parseComfyUi(prompt: string | undefined, workflow: string | undefined): ReadRecipe | null {
  const graph = graphOf(parseObject(prompt)) ?? graphOfWorkflow(parseObject(workflow));
  const maker = graph && makerOf(graph);
  if (!graph || !maker) return null;
  return isApiNode(maker) ? apiRecipe(graph, maker) : samplerRecipe(graph, maker);
}

/**
 * Returns the node that made the picture: the nearest one on the way back from an output. Samplers come first, since
 * other nodes that sample, such as those that improve faces, change only a part of the picture.
 */
function makerOf(graph: Graph): Node | undefined {
  const outputs = [...graph.values()].filter(({ type }) => /save|preview/i.test(type));
  const links = outputs.flatMap(({ inputs }) => Object.values(inputs));
  const reached = [...upstream(graph, links, (node) => (isSampler(node) ? null : wayOf(graph, node)))];
  // A graph may end in nodes that are unknown here.
  const all = [...graph.values()].reverse();
  return (
    [...reached, ...all].find(isSampler) ??
    [...reached, ...all].find(isSampling) ??
    [...reached, ...all].find(isApiNode)
  );
}

const isSampler = (node: Node) => node.type.includes('Sampler') && isSampling(node);
const isSampling = ({ inputs }: Node) => 'positive' in inputs || 'guider' in inputs;

/** Follows only the input that a switch passes on. */
function wayOf(graph: Graph, node: Node): readonly unknown[] {
  const { isSwitch, input } = switched(node, (selector) => nearInputValue(graph, selector));
  return isSwitch ? [input] : Object.values(node.inputs);
}

/** Inputs of a sampler that become values of their own, or that say nothing about the picture. */
const knownInputs = [
  ...['seed', 'noise_seed', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'],
  ...['control_after_generate', 'preview_method', 'vae_decode'],
];

function samplerRecipe(graph: Graph, sampler: Node): ReadRecipe {
  const { inputs } = sampler;
  const guider = nodeAt(graph, inputs['guider'])?.inputs ?? {};
  const positive =
    inputs['positive'] ?? guider['positive'] ?? guider['conditioning'] ?? guider['cond1'] ?? inputs['guider'];
  const negative = inputs['negative'] ?? guider['negative'];
  const prompt = promptOf(graph, positive, 'positive');
  const sigmas = nodeAt(graph, inputs['sigmas'])?.inputs ?? {};
  const read = (...candidates: unknown[]) =>
    candidates.map((candidate) => inputValue(graph, candidate)).find((value) => value !== undefined);
  const model = modelIn(graph, [inputs['model'], guider['model'], guider['model1'], inputs['guider']]);
  return recipeOf('comfyui', {
    prompt: prompt.text,
    negativePrompt: promptOf(graph, negative, 'negative').text,
    seed: read(inputs['seed'], inputs['noise_seed'], seedIn(nodeAt(graph, inputs['noise'])?.inputs)),
    steps: read(inputs['steps'], sigmas['steps']),
    sampler: read(inputs['sampler_name'], samplerNameIn(graph, inputs['sampler'])),
    scheduler: read(inputs['scheduler'], sigmas['scheduler']),
    guidance: prompt.guidance ?? read(inputs['cfg'], guider['cfg'], guider['cfg_conds']),
    ...model,
    strength: partly(read(inputs['denoise'], sigmas['denoise'])),
    ...originOf(graph, inputs['latent_image']),
    rest: linesOf(inputs, knownInputs),
  });
}

/** A strength of 1 is a picture made from noise alone. */
function partly(denoise: unknown): unknown {
  return typeof denoise === 'number' && denoise < 1 ? denoise : undefined;
}

function seedIn(inputs: JsonObject | undefined): unknown {
  return inputs?.['noise_seed'] ?? inputs?.['seed'];
}

function samplerNameIn(graph: Graph, link: unknown): unknown {
  for (const { inputs } of upstream(graph, [link]))
    if ('sampler_name' in inputs) return inputs['sampler_name'];
  return undefined;
}

/** Returns the size of the first latent, and the picture that was its origin if there is one. */
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
