// The user's ComfyUI workflows: how a file is read, and how a request's values are inserted.

import { z } from 'zod';
import { parseJson } from './parse-json';

/** Larger files are not workflows made by hand. UTF-16 units. */
export const maxWorkflowLength = 4_000_000;
const maxNodes = 2000;
/** Maximum number of inputs that take one value. */
export const maxPlaces = 64;
export const maxWorkflowNameLength = 80;
/** Maximum number of workflows of one service. */
export const maxWorkflows = 100;

const nodeSchema = z.object({
  class_type: z.string().min(1).max(300),
  inputs: z.record(z.string().max(300), z.unknown()),
  _meta: z.looseObject({ title: z.string().max(1000).optional() }).optional(),
});
export type WorkflowNode = z.infer<typeof nodeSchema>;

/**
 * A workflow in the API format, by the nodes' ids. An input is a value, or a link to another node's output:
 * https://docs.comfy.org/development/api-development/workflow-api-format
 */
const workflowGraphSchema = z
  .record(z.string().min(1).max(100), nodeSchema)
  .refine((graph) => Object.keys(graph).length > 0 && Object.keys(graph).length <= maxNodes);
export type WorkflowGraph = z.infer<typeof workflowGraphSchema>;

/** The values that a request can insert into a workflow, in the order of display. */
export const workflowValues = [
  'prompt',
  'negativePrompt',
  'seed',
  'width',
  'height',
  'steps',
  'guidance',
  'sampler',
  'scheduler',
  'strength',
  'picture',
  'mask',
] as const;
export type WorkflowValue = (typeof workflowValues)[number];

/** An input of a node. */
const placeSchema = z.strictObject({ node: z.string().max(100), input: z.string().max(300) });
export type WorkflowPlace = z.infer<typeof placeSchema>;

/** The inputs that take each value. A value without inputs stays as the workflow has it. */
const workflowPlacesSchema = z.partialRecord(z.enum(workflowValues), z.array(placeSchema).max(maxPlaces));
export type WorkflowPlaces = z.infer<typeof workflowPlacesSchema>;

export const workflowNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(maxWorkflowNameLength)
  .refine((name) => !/\p{Cc}/u.test(name));

/** A workflow is identified by its name, which its pictures keep as the name of their model. */
export const workflowSchema = z.strictObject({
  name: workflowNameSchema,
  graph: workflowGraphSchema,
  places: workflowPlacesSchema,
});
export type Workflow = z.infer<typeof workflowSchema>;

/** The files that nodes can load, by `class/input`, such as `VAELoader/vae_name`. */
export type WorkflowFiles = Record<string, string[]>;

const modelPrefix = 'workflow:';

/** Returns the model id of a workflow. */
export function modelOfWorkflow(name: string): string {
  return modelPrefix + name;
}

/** Returns the name of the workflow with this model id; null if the model is not a workflow. */
export function workflowOfModel(modelId: string): string | null {
  return modelId.startsWith(modelPrefix) ? modelId.slice(modelPrefix.length) : null;
}

export type ReadWorkflow = { ok: true; graph: WorkflowGraph } | { ok: false; code: WorkflowProblem };
export type WorkflowProblem = 'workflow_unreadable' | 'workflow_of_editor' | 'workflow_without_picture';

/** Reads the content of a file. Rejects a workflow that saves no picture, because a request would never get one. */
export function readWorkflow(text: string): ReadWorkflow {
  if (text.length > maxWorkflowLength) return { ok: false, code: 'workflow_unreadable' };
  const json = parseJson(text);
  if (json === undefined) return { ok: false, code: 'workflow_unreadable' };
  // ComfyUI's editor saves another format, with its nodes in a list: https://docs.comfy.org/specs/workflow_json
  if (z.object({ nodes: z.array(z.unknown()), links: z.unknown() }).safeParse(json).success)
    return { ok: false, code: 'workflow_of_editor' };
  // The body of a request to ComfyUI has the graph inside.
  const wrapped = z.object({ prompt: workflowGraphSchema }).safeParse(json);
  const graph = wrapped.data?.prompt ?? workflowGraphSchema.safeParse(json).data;
  if (!graph) return { ok: false, code: 'workflow_unreadable' };
  return Object.values(graph).some(savesPictures)
    ? { ok: true, graph }
    : { ok: false, code: 'workflow_without_picture' };
}

/** Nodes of extensions have other names, but nearly all of them contain one of these words. */
function savesPictures({ class_type }: WorkflowNode): boolean {
  return /save|preview|output/i.test(class_type);
}

/** Returns the id of the node that an input links to; null if it has a value. */
export function linkOf(input: unknown): string | null {
  if (!Array.isArray(input) || input.length !== 2) return null;
  const [node, output]: unknown[] = input;
  const isNode = typeof node === 'string' || typeof node === 'number';
  return isNode && typeof output === 'number' ? String(node) : null;
}

/** The values of a request. Absent ones stay as in the workflow. */
export type WorkflowRequest = { [Value in WorkflowValue]?: string | number | undefined };

/**
 * Returns the workflow with the request's values. Where the workflow's own value is a text with a placeholder such as
 * `%prompt%`, only the placeholder is replaced.
 */
export function fillWorkflow(
  { graph, places }: Pick<Workflow, 'graph' | 'places'>,
  request: WorkflowRequest,
): WorkflowGraph {
  const filled: WorkflowGraph = Object.fromEntries(
    Object.entries(graph).map(([id, node]) => [id, { ...node, inputs: { ...node.inputs } }]),
  );
  for (const value of workflowValues) {
    const wanted = request[value];
    if (wanted === undefined) continue;
    for (const { node, input } of places[value] ?? []) {
      const inputs = filled[node]?.inputs;
      if (inputs && Object.hasOwn(inputs, input)) inputs[input] = replaced(inputs[input], value, wanted);
    }
  }
  return filled;
}

/** The placeholder names that other programs use, by our own. */
export const placeholderNames: Readonly<Record<WorkflowValue, readonly string[]>> = {
  prompt: ['prompt', 'positive_prompt', 'positive'],
  negativePrompt: ['negative_prompt', 'negative'],
  seed: ['seed'],
  width: ['width'],
  height: ['height'],
  steps: ['steps'],
  guidance: ['scale', 'cfg', 'cfg_scale', 'guidance'],
  sampler: ['sampler', 'sampler_name'],
  scheduler: ['scheduler'],
  strength: ['denoise', 'denoising_strength', 'strength'],
  picture: ['image', 'input_image', 'picture'],
  mask: ['mask', 'mask_image'],
};

function replaced(before: unknown, value: WorkflowValue, wanted: string | number): unknown {
  if (typeof before !== 'string') return wanted;
  const marks = placeholderNames[value].map((name) => `%${name}%`);
  if (marks.includes(before.trim())) return wanted;
  if (!marks.some((mark) => before.includes(mark))) return wanted;
  return marks.reduce((text, mark) => text.replaceAll(mark, () => String(wanted)), before);
}

const optionValues = ['negativePrompt', 'steps', 'guidance', 'sampler', 'scheduler', 'strength'] as const;

/** Returns the options that the workflow takes from the composer. */
export function optionsOfWorkflow(places: WorkflowPlaces): (typeof optionValues)[number][] {
  return optionValues.filter((option) => (places[option]?.length ?? 0) > 0);
}

/** An input with the name of a model file, which may be called differently in the user's ComfyUI. */
export type FileInput = WorkflowPlace & { class: string; file: string };

/** Returns the inputs that name files, such as checkpoints, in the order of the nodes. */
export function fileInputsOf(graph: WorkflowGraph): FileInput[] {
  return Object.entries(graph).flatMap(([node, { class_type, inputs }]) =>
    Object.entries(inputs).flatMap(([input, file]) => {
      const isFile = /load/i.test(class_type) && /_name\d*$/.test(input) && typeof file === 'string';
      return isFile ? [{ node, input, class: class_type, file }] : [];
    }),
  );
}

/** Returns what a node is called: its title, or the name of its class. */
export function nameOfNode({ class_type, _meta }: WorkflowNode): string {
  return _meta?.title?.trim() || class_type;
}
