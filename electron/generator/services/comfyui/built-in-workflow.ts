// The built-in ComfyUI workflow: a checkpoint, a prompt and a size, or a picture to start from.
import type { PictureParams } from '../../../../shared/domain/models';
import type { PixelSize } from '../picture-size';

export type WorkflowInputs = {
  checkpoint: string;
  prompt: string;
  params: PictureParams;
  size: PixelSize;
  /** The name of an uploaded picture; null to start from noise. */
  image: string | null;
  /**
   * The name of an uploaded mask for that picture, in which white changes; null or absent to change the whole
   * picture.
   */
  mask?: string | null;
  /** Whether the mask covers an added area, which is generated almost from noise. */
  isExtended?: boolean;
};

type Node = { class_type: string; inputs: Record<string, unknown>; _meta: { title: string } };

/** In the API format, as `File > Export (API)` writes it: https://docs.comfy.org/development/api-development/workflow-api-format */
export function buildWorkflow({
  checkpoint,
  prompt,
  params,
  size,
  image,
  mask = null,
  isExtended = false,
}: WorkflowInputs): Record<string, Node> {
  const node = (title: string, class_type: string, inputs: Record<string, unknown>): Node => ({
    class_type,
    inputs,
    _meta: { title },
  });
  return {
    '3': node('Sampler', 'KSampler', {
      seed: params.seed,
      steps: params.steps ?? 20,
      cfg: params.guidance ?? 7,
      sampler_name: params.sampler ?? 'euler',
      scheduler: params.scheduler ?? 'normal',
      denoise: image === null ? 1 : (params.strength ?? (isExtended ? 0.95 : 0.75)),
      model: ['4', 0],
      positive: ['6', 0],
      negative: ['7', 0],
      latent_image: [image === null ? '5' : mask === null ? '11' : '13', 0],
    }),
    '4': node('Checkpoint', 'CheckpointLoaderSimple', { ckpt_name: checkpoint }),
    ...(image === null
      ? { '5': node('Size', 'EmptyLatentImage', { ...size, batch_size: 1 }) }
      : {
          // Not shown: the title of a node in ComfyUI.
          '10': node('Input picture', 'LoadImage', { image }),
          '11': node('Encode', 'VAEEncode', { pixels: ['10', 0], vae: ['4', 2] }),
        }),
    ...(mask !== null && {
      '12': node('Mask', 'LoadImageMask', { image: mask, channel: 'red' }),
      // Not shown: the title of a node in ComfyUI.
      '13': node('Part to change', 'SetLatentNoiseMask', { samples: ['11', 0], mask: ['12', 0] }),
    }),
    '6': node('Prompt', 'CLIPTextEncode', { text: prompt, clip: ['4', 1] }),
    // Not shown: the title of a node in ComfyUI.
    '7': node('Negative prompt', 'CLIPTextEncode', { text: params.negativePrompt ?? '', clip: ['4', 1] }),
    '8': node('Decode', 'VAEDecode', { samples: ['3', 0], vae: ['4', 2] }),
    '9': node('Picture', 'SaveImage', { filename_prefix: 'afterimage', images: ['8', 0] }),
  };
}
