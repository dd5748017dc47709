// The names of the tools whose recipes are read from pictures.
// Not shown: product names are the same in every language.
import type { ImportedParams } from '../../../shared/domain/read-recipe';

export const toolNames = {
  afterimage: 'Afterimage',
  automatic1111: 'Stable Diffusion web UI',
  forge: 'Stable Diffusion web UI Forge',
  sdnext: 'SD.Next',
  comfyui: 'ComfyUI',
  invokeai: 'InvokeAI',
  swarmui: 'SwarmUI',
  novelai: 'NovelAI',
  fooocus: 'Fooocus',
  drawthings: 'Draw Things',
  easydiffusion: 'Easy Diffusion',
  midjourney: 'Midjourney',
  openai: 'OpenAI',
  google: 'Google',
  adobe: 'Adobe Firefly',
  microsoft: 'Microsoft',
} as const satisfies Partial<Record<ImportedParams['source'], string>>;
