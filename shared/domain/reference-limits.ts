// The number of reference pictures that each kind's models take and need. Lists of services and the catalogue take
// precedence.
import { changeHereModel } from './edits';
import type { ServiceKind } from './service-kinds';

const byKind: Readonly<Record<ServiceKind, (model: string) => number>> = {
  painter: (model) => (model === changeHereModel ? 1 : 0),
  google: () => 14,
  vertex: () => 14,
  imagen: () => 0,
  openai: ofOpenai,
  'openai-compatible': ofOpenai,
  openrouter: () => 14,
  xai: () => 3,
  'black-forest-labs': (model) =>
    /flux-3/.test(model) ? 10 : /flux-2/.test(model) ? 8 : /kontext/.test(model) ? 4 : 1,
  ideogram: () => 0,
  fal: (model) => (/edit|multi/.test(model) ? 8 : 1),
  replicate: (model) => (/flux-2/.test(model) ? 8 : 1),
  together: () => 1,
  fireworks: (model) => (/kontext/.test(model) ? 1 : 0),
  deepinfra: ofOpenai,
  siliconflow: (model) => (/edit/i.test(model) ? 3 : /kontext|kolors/i.test(model) ? 1 : 0),
  volcengine: (model) => (/seedream-3/.test(model) ? 0 : /seededit/.test(model) ? 1 : 14),
  alibaba: (model) => (/edit|i2i/.test(model) ? 3 : 0),
  azure: ofOpenai,
  comfyui: () => 1,
  automatic1111: () => 1,
  'sd-server': () => 4,
  // Ollama has no edits: https://docs.ollama.com/api/openai-compatibility
  ollama: () => 0,
};

/** https://platform.openai.com/docs/api-reference/images/createEdit#images_createedit-image */
function ofOpenai(model: string): number {
  if (/^dall-e-3/.test(model)) return 0;
  return /^dall-e-2/.test(model) ? 1 : 16;
}

/** Returns the maximum number of reference pictures in one request, judged by the model's name. */
export function maxReferencesOfKind(kind: ServiceKind, model: string): number {
  return byKind[kind](model);
}

/** Words in the name of a model that edits pictures. Names are hyphenated, or paths. */
const changes =
  /(^|[^a-z])(edit|editing|edits|i2i|img2img|image-to-image|(in|out)paint(ing|er)?|fill|redux|uncrop|expand|reframe|upscal(e|er|ing)|esrgan|aura-sr|super-resolution|(remove|change|replace)-(bg|background)|(bg|background)-(remov(al|er)|replace)|rembg|birefnet|restor(e|ation)|coloriz(e|er|ation)|relight(ing)?|face-?swap|try-?on|canny|depth|seededit[^/]*|imageedit)([^a-z]|$)/i;
const makes = /(^|[^a-z])(text-to-image|t2i|txt2img)([^a-z]|$)/i;

/** An engine's models serve both purposes: even an inpainting checkpoint makes pictures from a prompt alone. */
const engines: readonly ServiceKind[] = ['painter', 'comfyui', 'automatic1111', 'sd-server', 'ollama'];

/**
 * Returns whether a model needs a reference picture, judged by its name. FLUX.1 Kontext makes pictures from a prompt alone
 * at every service but fal: https://docs.bfl.ai/api-reference and https://fal.ai/models/fal-ai/flux-pro/kontext/api
 */
export function needsReferenceByName(kind: ServiceKind, model: string): boolean {
  if (model === changeHereModel) return true;
  if (engines.includes(kind) || makes.test(model)) return false;
  return changes.test(model) || (kind === 'fal' && /kontext/.test(model));
}
