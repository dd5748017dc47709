// ComfyUI nodes that request the picture from a hosted service, such as those of Gemini and OpenAI.
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import type { Graph, Node } from './comfyui-graph';
import { inputValue, upstream } from './comfyui-walk';
import { recipeOf, sizeIn } from './recipe-of';
import { asText, linesOf } from './safe-json';

/**
 * Models of nodes whose type is the only hint at the model:
 * https://github.com/comfyanonymous/ComfyUI/tree/master/comfy_api_nodes
 */
const modelsByType: Readonly<Record<string, string>> = {
  OpenAIGPTImage1: 'gpt-image-1',
  OpenAIDalle3: 'dall-e-3',
  OpenAIDalle2: 'dall-e-2',
};

/**
 * Returns whether a node calls a hosted service. Such nodes differ in much, but each has a prompt and is not a text
 * encoder.
 */
export function isApiNode({ type, inputs }: Node): boolean {
  return 'prompt' in inputs && !/Encode|Sampler|Save|Preview/.test(type);
}

const makesPictures =
  /Gemini\w*Image|GPTImage|Dalle|Ideogram|Recraft|Seedream|Flux\w*(?:Pro|Kontext|Max|Ultra)\w*Node|(?:Stability|Luma|Runway|Kling|ByteDance|Grok|Wan|Reve|Bria|Vidu|MiniMax)\w*Image/i;

/** Returns whether a node certainly makes pictures. Other nodes with a prompt may only hold it, or write texts. */
export function isPictureService(node: Node): boolean {
  return isApiNode(node) && makesPictures.test(node.type);
}

/** Returns the recipe of a node that asks an online service for a picture. Its prompt may be empty. */
export function apiRecipe(graph: Graph, { type, inputs }: Node): ReadRecipe {
  const read = (name: string) => inputValue(graph, inputs[name]);
  const parent = [...upstream(graph, [inputs['image'], inputs['images']])].find(({ type }) =>
    /^LoadImage/.test(type),
  );
  return recipeOf('comfyui', {
    prompt: asText(read('prompt')) ?? '',
    negativePrompt: read('negative_prompt'),
    seed: read('seed'),
    steps: read('steps'),
    guidance: read('guidance') ?? read('guidance_scale'),
    model: read('model') ?? read('model_name') ?? modelsByType[type],
    parent: parent?.inputs['image'],
    ...('width' in inputs ? { width: read('width'), height: read('height') } : sizeIn(read('size'))),
    rest: linesOf(inputs, ['prompt', 'negative_prompt', 'seed', 'steps', 'model', 'width', 'height']),
  });
}
