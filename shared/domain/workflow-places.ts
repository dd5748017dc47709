// Finds the inputs of a ComfyUI workflow for prompt, seed, size and pictures: by placeholders, titles and links.
import {
  linkOf,
  maxPlaces,
  placeholderNames,
  type WorkflowGraph,
  type WorkflowNode,
  type WorkflowPlace,
  type WorkflowPlaces,
  type WorkflowValue,
  workflowValues,
} from './workflows';

/** Inputs with a prompt's text, in nodes for text and in text encoders. */
const textInputs = ['text', 'text_g', 'text_l', 't5xxl', 'clip_l', 'clip_g', 'prompt', 'value', 'string'];

/** Inputs through which samplers and guiders receive the positive prompt. */
const positiveInputs = ['positive', 'conditioning'];

/** Inputs that are recognised by their names alone, if they have a value. */
const inputsOfValue: Partial<Record<WorkflowValue, readonly string[]>> = {
  seed: ['seed', 'noise_seed'],
  steps: ['steps'],
  guidance: ['cfg', 'guidance'],
  sampler: ['sampler_name'],
  scheduler: ['scheduler'],
  strength: ['denoise'],
};

/**
 * Returns where each value goes. A placeholder such as `%prompt%` decides; then a node's title; then what samplers link to.
 * Takes linear time in the number of links.
 */
export function findPlaces(graph: WorkflowGraph): WorkflowPlaces {
  const marked = findMarked(graph);
  const titled = findTitled(graph);
  const linked = findLinked(graph);
  const found: WorkflowPlaces = {};
  for (const value of workflowValues) {
    const places = [marked, titled, linked].find((source) => (source[value]?.length ?? 0) > 0)?.[value];
    if (places) found[value] = places;
  }
  return found;
}

type Found = Partial<Record<WorkflowValue, WorkflowPlace[]>>;

function add(found: Found, value: WorkflowValue, node: string, input: string): void {
  const places = found[value] ?? [];
  found[value] = places;
  const isThere = places.some((place) => place.node === node && place.input === input);
  if (!isThere && places.length < maxPlaces) places.push({ node, input });
}

/** Finds texts with a placeholder. */
function findMarked(graph: WorkflowGraph): Found {
  const found: Found = {};
  for (const [id, { inputs }] of Object.entries(graph)) {
    for (const [input, own] of Object.entries(inputs)) {
      if (typeof own !== 'string' || !own.includes('%')) continue;
      for (const value of workflowValues)
        if (placeholderNames[value].some((name) => own.includes(`%${name}%`))) add(found, value, id, input);
    }
  }
  return found;
}

/** Finds nodes whose author named them after their value, such as “Positive prompt” or “Input picture”. */
function findTitled(graph: WorkflowGraph): Found {
  const found: Found = {};
  for (const [id, node] of Object.entries(graph)) {
    const title = node._meta?.title?.trim().toLowerCase() ?? '';
    // ComfyUI's own title is the name of the node's class, which says nothing.
    if (title === '' || title === node.class_type.toLowerCase()) continue;
    const text = textInputs.find((input) => typeof node.inputs[input] === 'string');
    if (text !== undefined) {
      if (/\bnegative\b/.test(title)) add(found, 'negativePrompt', id, text);
      else if (/\bpositive\b|^(the )?prompt$|\bmain prompt\b/.test(title)) add(found, 'prompt', id, text);
    }
    if (/\bseed\b/.test(title)) {
      const seed = ['seed', 'noise_seed', 'value', 'int'].find(
        (input) => typeof node.inputs[input] === 'number',
      );
      if (seed !== undefined) add(found, 'seed', id, seed);
    }
    if (/^load ?image/i.test(node.class_type) && typeof node.inputs['image'] === 'string')
      if (/\bmask\b/.test(title)) add(found, 'mask', id, 'image');
  }
  return found;
}

/** Finds values by the nodes' classes and links. */
function findLinked(graph: WorkflowGraph): Found {
  const found: Found = {};
  const entries = Object.entries(graph);
  for (const [id, node] of entries) {
    for (const [value, inputs] of Object.entries(inputsOfValue)) {
      const input = inputs?.find((name) => isValue(node.inputs[name]));
      if (input !== undefined && isWorkflowValue(value)) add(found, value, id, input);
    }
    if (/latent/i.test(node.class_type) && /^empty/i.test(node.class_type.replace(/^\W*/, ''))) {
      for (const side of ['width', 'height'] as const)
        if (isValue(node.inputs[side])) add(found, side, id, side);
    }
    if (/^loadimagemask$/i.test(node.class_type) && isValue(node.inputs['image']))
      add(found, 'mask', id, 'image');
  }
  const picture = entries.find(
    ([, node]) =>
      /^loadimage$/i.test(node.class_type) &&
      isValue(node.inputs['image']) &&
      !/\bmask\b/i.test(node._meta?.title ?? ''),
  );
  if (picture) add(found, 'picture', picture[0], 'image');
  findPrompts(graph, found);
  return found;
}

function isValue(input: unknown): boolean {
  return typeof input === 'number' || typeof input === 'string';
}

function isWorkflowValue(value: string): value is WorkflowValue {
  return workflowValues.some((known) => known === value);
}

function findPrompts(graph: WorkflowGraph, found: Found): void {
  const consumers = Object.values(graph).filter((node) => takesPrompts(node));
  // Nodes that an earlier walk visited need no second visit.
  const seen = { positive: new Set<string>(), negative: new Set<string>() };
  for (const { inputs } of consumers) {
    const positive = positiveInputs.map((input) => linkOf(inputs[input])).find((id) => id !== null) ?? null;
    for (const place of textPlacesBefore(graph, positive, 'positive', seen.positive))
      add(found, 'prompt', place.node, place.input);
    for (const place of textPlacesBefore(graph, linkOf(inputs['negative']), 'negative', seen.negative))
      add(found, 'negativePrompt', place.node, place.input);
  }
  // A text that is connected to both, as for a model without a negative prompt, is the positive prompt.
  const prompts = found.prompt ?? [];
  const own = (found.negativePrompt ?? []).filter(
    ({ node, input }) => !prompts.some((place) => place.node === node && place.input === input),
  );
  if (own.length > 0) found.negativePrompt = own;
  else delete found.negativePrompt;
  if (prompts.length > 0) return;
  // Nodes that ask a service take the prompt themselves: https://docs.comfy.org/tutorials/partner-nodes/overview
  for (const [id, node] of Object.entries(graph))
    if (typeof node.inputs['prompt'] === 'string') add(found, 'prompt', id, 'prompt');
}

function takesPrompts({ inputs }: WorkflowNode): boolean {
  const isGuider = linkOf(inputs['conditioning']) !== null && linkOf(inputs['model']) !== null;
  return linkOf(inputs['positive']) !== null || isGuider;
}

/** Walks back from a prompt's input to the nodes that hold its text. A node that empties a prompt ends the walk. */
function textPlacesBefore(
  graph: WorkflowGraph,
  from: string | null,
  side: 'positive' | 'negative',
  seen: Set<string>,
): WorkflowPlace[] {
  const places: WorkflowPlace[] = [];
  const queue = from === null ? [] : [from];
  for (const id of queue) {
    const node = graph[id];
    if (seen.has(id) || !node || /zeroout/i.test(node.class_type)) continue;
    seen.add(id);
    const own = textInputs.filter((input) => typeof node.inputs[input] === 'string');
    if (own.length > 0) {
      places.push(...own.map((input) => ({ node: id, input })));
      continue;
    }
    // A node that passes both prompts on, such as a ControlNet, has both as inputs.
    const through = linkOf(node.inputs[side]);
    const links = through === null ? Object.entries(node.inputs) : [[side, node.inputs[side]] as const];
    for (const [input, value] of links) {
      const next = linkOf(value);
      if (next !== null && !/^(clip|model|vae|image|pixels|mask|latent)/i.test(input)) queue.push(next);
    }
  }
  return places;
}
