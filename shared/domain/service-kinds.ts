// The kinds of services: their protocol, and the properties that follow from it.
// Not shown: a label is a product's name, or is shown by `shownServiceName`.
import { z } from 'zod';
import { withoutTrailing } from './without-trailing';

export const serviceKindIds = [
  'painter',
  'google',
  'vertex',
  'imagen',
  'openai',
  'openai-compatible',
  'openrouter',
  'xai',
  'black-forest-labs',
  'ideogram',
  'fal',
  'replicate',
  'together',
  'fireworks',
  'deepinfra',
  'siliconflow',
  'volcengine',
  'alibaba',
  'azure',
  'comfyui',
  'automatic1111',
  'sd-server',
  'ollama',
] as const;
export const serviceKindSchema = z.enum(serviceKindIds);
export type ServiceKind = z.infer<typeof serviceKindSchema>;

export type KindProfile = {
  /** The name of a service of this kind in its row, in English, unless its user names it otherwise. */
  label: string;
  /** Whether it is the user's own engine, whose requests are free and may be repeated without asking. */
  local: boolean;
  /** Whether its address may be any server. At a private address it counts as the user's own engine, and is free. */
  anyServer: boolean;
  /** Maximum number of simultaneous jobs. */
  concurrency: number;
  /** Maximum time for one picture (ms). */
  timeLimitMs: number;
  needsKey: boolean;
  /** Whether the same prompt, aspect ratio and seed give the same picture, with any model. */
  takesSeed: boolean;
  /** How it uses a mask: see part-support.ts. Null if it does not accept masks. */
  mask: 'exact' | 'guided' | null;
  /** Null if the user has to enter one. */
  address: string | null;
  defaultModel: string;
  /** Null if it has no text model; it then replies with a fixed text. */
  defaultTextModel: string | null;
};

const minuteMs = 60_000;

const hosted = {
  local: false,
  anyServer: false,
  concurrency: 4,
  timeLimitMs: 4 * minuteMs,
  needsKey: true,
  takesSeed: false,
  mask: null,
  defaultTextModel: null,
} as const;

/** An engine without a graphics card takes many minutes, and handles one request at a time. */
const engine = {
  local: true,
  anyServer: false,
  concurrency: 1,
  timeLimitMs: 60 * minuteMs,
  needsKey: false,
  takesSeed: true,
  mask: null,
  defaultTextModel: null,
} as const;

/** `current`: whichever model the engine has loaded. */
export const currentModel = 'current';
const nanoBanana = 'gemini-nano-banana-2.1';
const geminiFlash = 'gemini-3.8-flash';

/** Default addresses and models as each service documents them; known-services.ts says where. */
export const serviceKinds: Readonly<Record<ServiceKind, KindProfile>> = {
  painter: {
    ...engine,
    label: 'Offline painter',
    concurrency: 2,
    address: null,
    defaultModel: 'painter-1',
  },
  google: {
    ...hosted,
    label: 'Google',
    address: 'https://generativelanguage.googleapis.com',
    defaultModel: nanoBanana,
    defaultTextModel: geminiFlash,
  },
  vertex: {
    ...hosted,
    label: 'Gemini on Vertex AI',
    address: 'https://aiplatform.googleapis.com',
    defaultModel: nanoBanana,
    defaultTextModel: geminiFlash,
  },
  imagen: {
    ...hosted,
    label: 'Imagen on Vertex AI',
    address: 'https://aiplatform.googleapis.com',
    defaultModel: 'imagen-4.0-generate-001',
  },
  openai: {
    ...hosted,
    label: 'OpenAI',
    mask: 'guided',
    anyServer: true,
    address: 'https://api.openai.com/v1',
    defaultModel: 'gpt-image-2',
    defaultTextModel: 'gpt-5.4-mini',
  },
  'openai-compatible': {
    ...hosted,
    label: 'OpenAI-compatible',
    mask: 'guided',
    anyServer: true,
    // The user's own server may take as long as an engine.
    timeLimitMs: 60 * minuteMs,
    address: null,
    defaultModel: 'gpt-image-2',
    defaultTextModel: 'gpt-5.4-mini',
  },
  openrouter: {
    ...hosted,
    label: 'OpenRouter',
    address: 'https://openrouter.ai/api/v1',
    defaultModel: `google/${nanoBanana}`,
    defaultTextModel: `google/${geminiFlash}`,
  },
  xai: {
    ...hosted,
    label: 'xAI',
    address: 'https://api.x.ai/v1',
    defaultModel: 'grok-imagine-image',
    defaultTextModel: 'grok-4',
  },
  'black-forest-labs': {
    ...hosted,
    label: 'Black Forest Labs',
    takesSeed: true,
    // FLUX 3 takes several minutes for 4K: https://docs.bfl.ai/flux_3/flux3_image_generate
    timeLimitMs: 10 * minuteMs,
    address: 'https://api.bfl.ai/v1',
    defaultModel: 'flux-pro-1.1',
  },
  ideogram: {
    ...hosted,
    label: 'Ideogram',
    takesSeed: true,
    address: 'https://api.ideogram.ai',
    defaultModel: 'ideogram-v3',
  },
  fal: {
    ...hosted,
    label: 'fal',
    takesSeed: true,
    address: 'https://fal.run',
    defaultModel: 'fal-ai/flux/schnell',
  },
  replicate: {
    ...hosted,
    label: 'Replicate',
    takesSeed: true,
    address: 'https://api.replicate.com/v1',
    defaultModel: 'black-forest-labs/flux-schnell',
  },
  together: {
    ...hosted,
    label: 'Together AI',
    takesSeed: true,
    address: 'https://api.together.xyz/v1',
    defaultModel: 'black-forest-labs/FLUX.1-schnell',
    defaultTextModel: 'meta-llama/Llama-3.3-70B-Instruct-Turbo',
  },
  fireworks: {
    ...hosted,
    label: 'Fireworks AI',
    takesSeed: true,
    address: 'https://api.fireworks.ai/inference/v1',
    defaultModel: 'accounts/fireworks/models/flux-1-schnell-fp8',
  },
  deepinfra: {
    ...hosted,
    label: 'DeepInfra',
    address: 'https://api.deepinfra.com/v1/openai',
    defaultModel: 'black-forest-labs/FLUX-1-schnell',
    defaultTextModel: 'meta-llama/Llama-3.3-70B-Instruct',
  },
  siliconflow: {
    ...hosted,
    label: 'SiliconFlow',
    takesSeed: true,
    address: 'https://api.siliconflow.com/v1',
    defaultModel: 'Qwen/Qwen-Image',
    defaultTextModel: 'Qwen/Qwen3-8B',
  },
  volcengine: {
    ...hosted,
    label: 'BytePlus (Seedream)',
    address: 'https://ark.ap-southeast.bytepluses.com/api/v3',
    defaultModel: 'seedream-4-5-251128',
  },
  alibaba: {
    ...hosted,
    label: 'Alibaba Cloud (Qwen-Image)',
    address: 'https://dashscope-intl.aliyuncs.com/api/v1',
    defaultModel: 'qwen-image-plus',
  },
  azure: {
    ...hosted,
    label: 'Azure OpenAI',
    mask: 'guided',
    address: null,
    defaultModel: 'gpt-image-2',
    defaultTextModel: 'gpt-5.4-mini',
  },
  comfyui: {
    ...engine,
    label: 'ComfyUI',
    mask: 'exact',
    address: 'http://127.0.0.1:8188',
    defaultModel: currentModel,
  },
  automatic1111: {
    ...engine,
    label: 'Stable Diffusion web UI',
    mask: 'exact',
    address: 'http://127.0.0.1:7860',
    defaultModel: currentModel,
  },
  'sd-server': {
    ...engine,
    label: 'sd-server',
    mask: 'exact',
    address: 'http://127.0.0.1:1234/v1',
    defaultModel: currentModel,
  },
  ollama: {
    ...engine,
    label: 'Ollama',
    // Its API for pictures has no seed: https://docs.ollama.com/api/openai-compatibility
    takesSeed: false,
    address: 'http://127.0.0.1:11434/v1',
    defaultModel: 'x/z-image-turbo',
    defaultTextModel: 'qwen3:4b',
  },
};

/** Returns whether the user has to enter the address of a service of this kind. Others have a public default. */
export function takesAddress(kind: ServiceKind): boolean {
  const { local, anyServer, address } = serviceKinds[kind];
  return local || anyServer || address === null;
}

/**
 * Returns whether a service uses the user's own server instead of the default one of its kind. Unlike `takesAddress`, this
 * is about one address: any kind can have another one in Settings.
 */
export function isAtOwnServer(kind: ServiceKind, address: string | null): boolean {
  const { local, address: usual } = serviceKinds[kind];
  const own = withoutTrailing(address ?? '', '/');
  return local || (own !== '' && own !== usual);
}
