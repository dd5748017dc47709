// Finds the prompt that reaches a ComfyUI sampler, through text encoders and the nodes between them and the
// sampler.
import type { Graph, Node } from './comfyui-graph';
import { createSearch, inputValue, nearInputValue, type Search, switched, upstream } from './comfyui-walk';
import type { JsonObject } from './safe-json';

export type Role = 'positive' | 'negative';
type Prompt = { text: string; guidance: number | undefined };

/**
 * Inputs with a text encoder's text, the most significant first: models with several encoders take several texts.
 * `CLIPTextEncodeSDXL`, `CLIPTextEncodeFlux`, `CLIPTextEncodeSD3`, `CLIPTextEncodeHiDream`, `CLIPTextEncodeLumina2`
 * and `TextEncodeQwenImageEdit` in https://github.com/comfyanonymous/ComfyUI/tree/master/comfy_extras
 */
const textInputs = [
  'populated_text',
  'text',
  'prompt',
  't5xxl',
  'text_g',
  'user_prompt',
  'llama',
  'clip_l',
  'text_l',
  'clip_g',
  'wildcard_text',
];
/** More texts than any prompt combines. */
const maxTexts = 16;

/** Returns the text that reaches this link, or the value in place of the link; empty if there is none. */
export function promptOf(graph: Graph, link: unknown, role: Role): Prompt {
  if (typeof link === 'string') return { text: link.trim(), guidance: undefined };
  const texts: string[] = [];
  let guidance: number | undefined;
  // One search for all values, because a node from which one encoder reached no text leads no other encoder to one.
  const values = createSearch();
  for (const node of upstream(graph, [link], (node) => inputsToFollow(graph, node, role))) {
    const scale = /Guidance|TextEncode/.test(node.type)
      ? nearInputValue(graph, node.inputs['guidance'])
      : undefined;
    if (typeof scale === 'number') guidance ??= scale;
    const text = isEncoder(node) ? textOf(graph, node, role, values) : undefined;
    if (text !== undefined && !texts.includes(text) && texts.length < maxTexts) texts.push(text);
  }
  return { text: texts.join('\n'), guidance };
}

/** A loader may also encode texts, for example "Efficient Loader". */
function isEncoder({ type }: Node): boolean {
  return /TextEncode|WildcardEncode|Prompt|Loader/.test(type);
}

function textOf(graph: Graph, { inputs }: Node, role: Role, search: Search): string | undefined {
  for (const name of [role, ...textInputs]) {
    const value = Object.hasOwn(inputs, name) ? inputValue(graph, inputs[name], search) : undefined;
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return undefined;
}

/**
 * Returns the inputs through which a prompt enters a node, or null if the search ends there. `ConditioningZeroOut`
 * discards its prompt, so its inputs do not count.
 */
function inputsToFollow(graph: Graph, node: Node, role: Role): readonly unknown[] | null {
  const { type, inputs } = node;
  if (type.includes('ZeroOut')) return null;
  if (isEncoder(node) && textInputs.some((name) => name in inputs)) return null;
  const { isSwitch, input } = switched(node, (selector) => nearInputValue(graph, selector));
  if (isSwitch) return [input];
  if (role in inputs) return [inputs[role]];
  const conditioning = namedLike(inputs, /^cond/i);
  return conditioning.length > 0 ? conditioning : Object.values(inputs);
}

function namedLike(inputs: JsonObject, pattern: RegExp): unknown[] {
  return Object.entries(inputs).flatMap(([name, input]) => (pattern.test(name) ? [input] : []));
}
