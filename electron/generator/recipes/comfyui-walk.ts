// Follows the links of a ComfyUI graph, back from a node and to the value of an input.
import { type Graph, idIn, type Node, outputIn } from './comfyui-graph';
import { asText, type JsonObject } from './safe-json';

/** Maximum number of nodes that one search visits. */
const maxSteps = 500;
/** Maximum number of nodes visited for a number or a selector, which is usually near. */
const maxNearSteps = 20;
/** Maximum number of nested links that lead to one value. */
const maxValueDepth = 30;

/** The state of a search. Searches that share one visit each node once, however many links lead to it. */
export type Search = { seen: Set<string>; stepsLeft: number };

/** @param stepsLeft maximum number of nodes that the search visits. */
export function createSearch(stepsLeft = maxSteps): Search {
  return { seen: new Set(), stepsLeft };
}

/**
 * Yields the nodes upstream of the links, nearest first, each once.
 *
 * @param inputsOf returns the inputs of a node to follow; null ends the search at this node.
 */
export function* upstream(
  graph: Graph,
  links: readonly unknown[],
  inputsOf: (node: Node) => readonly unknown[] | null = ({ inputs }) => Object.values(inputs),
): Generator<Node> {
  const search = createSearch();
  const queue = [...links];
  for (const link of queue) {
    const id = idIn(link);
    const node = id === undefined || search.seen.has(id) ? undefined : graph.get(id);
    if (id === undefined || !node) continue;
    if (search.stepsLeft === 0) return;
    search.stepsLeft -= 1;
    search.seen.add(id);
    yield node;
    queue.push(...(inputsOf(node) ?? []).filter((input) => idIn(input) !== undefined));
  }
}

/** Names of inputs in which nodes pass on or hold a value. */
const valueInputs = [
  // Impact Pack's wildcards: the expanded text before the typed one.
  'populated_text',
  'value',
  'text',
  'string',
  'Text',
  'prompt',
  'seed',
  'int',
  'number',
  'any',
  '',
  'input',
  'anything',
];

/**
 * Returns the value of an input, through reroutes, switches and nodes that hold or join texts.
 *
 * @param search limits the work: searches that share it visit each node once.
 */
export function inputValue(
  graph: Graph,
  input: unknown,
  search: Search = createSearch(),
  depth = 0,
): unknown {
  const id = idIn(input);
  if (id === undefined) return input;
  const node = graph.get(id);
  if (!node || search.seen.has(id) || search.stepsLeft === 0 || depth > maxValueDepth) return undefined;
  search.stepsLeft -= 1;
  search.seen.add(id);
  const { type, inputs } = node;
  const follow = (next: unknown) => inputValue(graph, next, search, depth + 1);
  const chosen = switched(node, follow);
  if (chosen.isSwitch) return follow(chosen.input);
  if (/concat|join|StringFunction/i.test(type)) return joined(inputs, follow);
  const text = /replace/i.test(type) ? replaced(inputs, follow) : undefined;
  if (text !== undefined) return text;
  for (const name of valueInputs) {
    if (!Object.hasOwn(inputs, name)) continue;
    const value = follow(inputs[name]);
    if (typeof value === 'number' || typeof value === 'boolean') return value;
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  const held = ownText(inputs, outputIn(input), follow);
  if (held !== undefined) return held;
  // Reroutes and "first of several" nodes name their inputs in many ways.
  for (const next of Object.values(inputs)) {
    const value = idIn(next) === undefined ? undefined : follow(next);
    if (value !== undefined) return value;
  }
  return undefined;
}

/**
 * Returns the text of a node that uses its own name for the text's input. If the node has two texts, the second
 * output is the negative one.
 */
function ownText(
  inputs: JsonObject,
  output: number,
  follow: (input: unknown) => unknown,
): string | undefined {
  const texts = Object.entries(inputs).filter(([name]) => /text|prompt|string|positive|negative/i.test(name));
  const isNegative = (name: string) => /neg/i.test(name);
  const wanted = output === 1 && texts.some(([name]) => isNegative(name));
  for (const [name, input] of texts) {
    const value = isNegative(name) === wanted ? follow(input) : undefined;
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return undefined;
}

/** Returns the value of an input, through a few nodes that hold or pass it on. */
export function nearInputValue(graph: Graph, input: unknown): unknown {
  return inputValue(graph, input, createSearch(maxNearSteps));
}

/**
 * Returns the input that a switch passes on. Supports the switches of ComfyUI itself, Impact Pack, Comfyroll and
 * easy-use.
 */
export function switched(
  { type, inputs }: Node,
  read: (input: unknown) => unknown,
): { isSwitch: boolean; input: unknown } {
  if (!/switch/i.test(type)) return { isSwitch: false, input: undefined };
  const selector = ['switch', 'boolean', 'select', 'Input', 'index'].find((name) =>
    Object.hasOwn(inputs, name),
  );
  const value = selector === undefined ? undefined : read(inputs[selector]);
  const pick = (pattern: RegExp) => Object.entries(inputs).find(([name]) => pattern.test(name))?.[1];
  if (typeof value === 'boolean') return { isSwitch: true, input: pick(value ? /true/i : /false/i) };
  if (typeof value === 'number') {
    const numbered = new RegExp(`[a-z_]0*${Math.trunc(Math.abs(value))}$`, 'i');
    return { isSwitch: true, input: pick(numbered) };
  }
  // Without a selector, the first connected input is used, as in rgthree's "Any Switch".
  return { isSwitch: true, input: Object.values(inputs).find((input) => idIn(input) !== undefined) };
}

/**
 * Maximum length in UTF-16 units. A chain of nodes that replace letters by texts could otherwise exhaust the
 * memory.
 */
const maxReplacedLength = 100_000;

/**
 * Returns the text of a node that replaces a part of it, such as the placeholder in a template: `StringReplace` in
 * https://github.com/comfyanonymous/ComfyUI/blob/master/comfy_extras/nodes_string.py, and `Text Find and Replace`
 * of the WAS suite. Leaves the text unchanged if the replacement is unknown.
 */
function replaced(inputs: JsonObject, follow: (input: unknown) => unknown): string | undefined {
  const text = asText(follow(inputs['string'] ?? inputs['text']));
  const find = asText(follow(inputs['find']));
  const replacement = asText(follow(inputs['replace']));
  if (text === undefined || !find || replacement === undefined) return text;
  const parts = text.split(find);
  const length = text.length + (parts.length - 1) * replacement.length;
  return length > maxReplacedLength ? text : parts.join(replacement);
}

/** Joins the texts of a node in the order of its inputs. */
function joined(inputs: JsonObject, follow: (input: unknown) => unknown): string | undefined {
  const delimiter = asText(inputs['delimiter'] ?? inputs['separator']) ?? ' ';
  const texts = Object.entries(inputs).flatMap(([name, input]) => {
    if (/^(?:delimiter|separator|clean_whitespace|linebreak_addition|action|tidy_tags)$/.test(name))
      return [];
    const value = follow(input);
    return typeof value === 'string' && value.trim() !== '' ? [value] : [];
  });
  return texts.length > 0 ? texts.join(delimiter) : undefined;
}
