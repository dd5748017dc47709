// Workflows for ComfyUI that come with the app. Their files are those of ComfyUI's own examples, and can be changed.
// Not shown: titles of nodes belong to the file, as ComfyUI's own do; names of models are the same in every language.
import type { MessageId } from '../languages/en';
import { t } from '../languages/translate';
import { findPlaces } from './workflow-places';
import type { Workflow, WorkflowGraph, WorkflowNode } from './workflows';

/** A link to another node's output. */
type Link = [node: string, output: number];
type Inputs = Record<string, string | number | Link>;

const node = (title: string, class_type: string, inputs: Inputs): WorkflowNode => ({
  class_type,
  inputs,
  _meta: { title },
});

const decodeAndSave = (samples: Link, vae: Link): WorkflowGraph => ({
  decode: node('Decode', 'VAEDecode', { samples, vae }),
  save: node('Picture', 'SaveImage', { filename_prefix: 'afterimage', images: ['decode', 0] }),
});

const sampler = (inputs: Inputs): WorkflowNode =>
  node('Sampler', 'KSampler', { seed: 0, denoise: 1, latent_image: ['size', 0], ...inputs });

const textEncoder = (title: string, clip: Link): WorkflowNode =>
  node(title, 'CLIPTextEncode', { text: '', clip });

const separateFiles = (model: string, clip: WorkflowNode): WorkflowGraph => ({
  model: node('Model', 'UNETLoader', { unet_name: model, weight_dtype: 'default' }),
  clip,
  vae: node('VAE', 'VAELoader', { vae_name: 'ae.safetensors' }),
});

/** FLUX and Z-Image do not support a negative prompt, so this node empties it. */
const withoutNegative: WorkflowGraph = {
  positive: textEncoder('Positive prompt', ['clip', 0]),
  negative: node('No negative prompt', 'ConditioningZeroOut', { conditioning: ['positive', 0] }),
};

const square = (class_type: string): WorkflowNode =>
  node('Size', class_type, { width: 1024, height: 1024, batch_size: 1 });

/** https://comfyanonymous.github.io/ComfyUI_examples/sdxl */
const sdxl: WorkflowGraph = {
  model: node('Checkpoint', 'CheckpointLoaderSimple', { ckpt_name: 'sd_xl_base_1.0.safetensors' }),
  positive: textEncoder('Positive prompt', ['model', 1]),
  negative: textEncoder('Negative prompt', ['model', 1]),
  size: square('EmptyLatentImage'),
  sampler: sampler({
    ...{ steps: 25, cfg: 7, sampler_name: 'dpmpp_2m', scheduler: 'karras' },
    ...{ model: ['model', 0], positive: ['positive', 0], negative: ['negative', 0] },
  }),
  ...decodeAndSave(['sampler', 0], ['model', 2]),
};

/** https://comfyanonymous.github.io/ComfyUI_examples/flux */
const flux: WorkflowGraph = {
  ...separateFiles(
    'flux1-schnell.safetensors',
    node('Text encoders', 'DualCLIPLoader', {
      ...{ clip_name1: 't5xxl_fp16.safetensors', clip_name2: 'clip_l.safetensors', type: 'flux' },
    }),
  ),
  ...withoutNegative,
  size: square('EmptySD3LatentImage'),
  sampler: sampler({
    ...{ steps: 4, cfg: 1, sampler_name: 'euler', scheduler: 'simple' },
    ...{ model: ['model', 0], positive: ['positive', 0], negative: ['negative', 0] },
  }),
  ...decodeAndSave(['sampler', 0], ['vae', 0]),
};

/** https://comfyanonymous.github.io/ComfyUI_examples/z_image */
const zImage: WorkflowGraph = {
  ...separateFiles(
    'z_image_turbo_bf16.safetensors',
    node('Text encoder', 'CLIPLoader', { clip_name: 'qwen_3_4b.safetensors', type: 'lumina2' }),
  ),
  ...withoutNegative,
  size: square('EmptySD3LatentImage'),
  shift: node('Sampling', 'ModelSamplingAuraFlow', { shift: 3, model: ['model', 0] }),
  sampler: sampler({
    ...{ steps: 8, cfg: 1, sampler_name: 'res_multistep', scheduler: 'simple' },
    ...{ model: ['shift', 0], positive: ['positive', 0], negative: ['negative', 0] },
  }),
  ...decodeAndSave(['sampler', 0], ['vae', 0]),
};

/** https://comfyanonymous.github.io/ComfyUI_examples/upscale_models */
const upscaler: WorkflowGraph = {
  picture: node('Picture to enlarge', 'LoadImage', { image: 'example.png' }),
  model: node('Upscale model', 'UpscaleModelLoader', { model_name: 'RealESRGAN_x4plus.pth' }),
  enlarge: node('Enlarge', 'ImageUpscaleWithModel', { upscale_model: ['model', 0], image: ['picture', 0] }),
  save: node('Picture', 'SaveImage', { filename_prefix: 'afterimage', images: ['enlarge', 0] }),
};

export type WorkflowTemplate = Omit<Workflow, 'name'> & {
  /** The name of its model; null if the name is translated. */
  model: string | null;
  about: MessageId;
};

const template = (model: string | null, about: MessageId, graph: WorkflowGraph): WorkflowTemplate => ({
  ...{ model, about, graph },
  places: findPlaces(graph),
});

/** Returns the name of a template in the language of the interface. */
export function nameOfTemplate({ model }: WorkflowTemplate): string {
  return model ?? t('settings.template_enlarge_name');
}

/** In the order in which they are offered. */
export const workflowTemplates: readonly WorkflowTemplate[] = [
  template('SDXL', 'settings.template_sdxl', sdxl),
  template('FLUX.1 schnell', 'settings.template_flux', flux),
  template('Z-Image Turbo', 'settings.template_z_image', zImage),
  template(null, 'settings.template_enlarge', upscaler),
];
