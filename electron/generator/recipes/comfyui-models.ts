// The model and the LoRAs that a sampler of ComfyUI used.
import type { Graph, Node } from './comfyui-graph';
import { upstream } from './comfyui-walk';
import { type Lora, loraOf } from './recipe-of';
import { asObject, asText } from './safe-json';

const modelInputs = ['ckpt_name', 'unet_name', 'model_name', 'base_ckpt_name'];

/** @param links to the model, in the order in which they are tried. */
export function modelIn(graph: Graph, links: readonly unknown[]): { model?: string; loras: Lora[] } {
  const loras: Lora[] = [];
  for (const node of upstream(graph, links, wayOf)) {
    loras.push(...lorasOf(node));
    const model = modelInputs.map((name) => asText(node.inputs[name])).find(Boolean);
    if (model !== undefined) return { model, loras };
  }
  return { loras };
}

function wayOf({ inputs }: Node): readonly unknown[] {
  return 'model' in inputs ? [inputs['model']] : Object.values(inputs);
}

/** `LoraLoader`, and rgthree's "Power Lora Loader" with several in one node. */
function lorasOf({ inputs }: Node): Lora[] {
  const name = asText(inputs['lora_name']);
  if (name !== undefined && name !== 'None')
    return [loraOf(name, inputs['strength_model'] ?? inputs['lora_model_strength'])];
  return Object.values(inputs).flatMap((input) => {
    const entry = asObject(input);
    const lora = asText(entry?.['lora']);
    return entry && lora !== undefined && lora !== 'None' && entry['on'] !== false
      ? [loraOf(lora, entry['strength'])]
      : [];
  });
}
