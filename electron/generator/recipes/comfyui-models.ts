// Finds the model and the LoRAs that a ComfyUI sampler used.
import type { Graph, Node } from './comfyui-graph';
import { upstream } from './comfyui-walk';
import { type Lora, loraOf } from './recipe-of';
import { asObject, asText, type JsonObject } from './safe-json';

/** Inputs with the weight of a node that has one LoRA. */
const weightInputs = ['strength_model', 'lora_model_strength', 'lora_strength', 'strength'];
const modelInputs = ['ckpt_name', 'unet_name', 'model_name', 'base_ckpt_name', 'model_path'];

/** Finds the model and the LoRAs behind links. @param links to the model, in the order in which they are tried. */
export function modelIn(graph: Graph, links: readonly unknown[]): { model?: string; loras: Lora[] } {
  const loras: Lora[] = [];
  for (const node of upstream(graph, links, inputsToFollow)) {
    loras.push(...lorasOf(node));
    for (const stacked of upstream(graph, [node.inputs['lora_stack']])) loras.push(...lorasOf(stacked));
    const model = modelInputs.map((name) => nameIn(node.inputs[name])).find(Boolean);
    if (model !== undefined) return { model, loras };
  }
  return { loras };
}

function inputsToFollow({ inputs }: Node): readonly unknown[] {
  return 'model' in inputs ? [inputs['model']] : Object.values(inputs);
}

/** Lists with previews store a name as `{ content, image }`. */
function nameIn(value: unknown): string | undefined {
  return asText(value) ?? asText(asObject(value)?.['content']);
}

/**
 * Reads the LoRAs of `LoraLoader`, of rgthree's "Power Lora Loader" with several in one node, and of stacks, which
 * number them.
 */
function lorasOf({ inputs }: Node): Lora[] {
  const name = nameIn(inputs['lora_name']);
  if (name !== undefined && name !== 'None')
    return [
      loraOf(
        name,
        weightInputs.map((input) => inputs[input]).find((weight) => weight !== undefined),
      ),
    ];
  const stacked = numberedLoras(inputs);
  if (stacked.length > 0) return stacked;
  return Object.values(inputs).flatMap((input) => {
    const entry = asObject(input);
    const lora = asText(entry?.['lora']);
    return entry && lora !== undefined && lora !== 'None' && entry['on'] !== false
      ? [loraOf(lora, entry['strength'])]
      : [];
  });
}

/** Reads Efficiency Nodes' "LoRA Stacker", Comfyroll's "CR LoRA Stack" and rgthree's "Lora Loader Stack". */
function numberedLoras(inputs: JsonObject): Lora[] {
  const count = inputs['lora_count'];
  return Object.entries(inputs).flatMap(([key, value]) => {
    const [, digits] = /^lora(?:_name)?_(\d{1,3})$/.exec(key) ?? [];
    const name = nameIn(value);
    if (digits === undefined || name === undefined || name === 'None' || name === '') return [];
    if (inputs[`switch_${digits}`] === 'Off' || (typeof count === 'number' && Number(digits) > count))
      return [];
    const weight = ['lora_wt', 'model_str', 'model_weight', 'strength'].map(
      (start) => inputs[`${start}_${digits}`],
    );
    return [
      loraOf(
        name,
        weight.find((each) => each !== undefined),
      ),
    ];
  });
}
