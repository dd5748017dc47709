// The protocol of AUTOMATIC1111's Stable Diffusion web UI, which Forge and SD.Next also implement.
import { z } from 'zod';
import { json } from '../loopback';
import { isMaskOf } from './png-facts';
import { many, read } from './schemas';
import { Refusal, type WireProtocol } from './wire-server';

const edge = z.int().min(64).multipleOf(8);

/** Fields of StableDiffusionProcessingImg2Img in modules/processing.py. */
export const inpaintFields = {
  mask: z.base64().optional(),
  mask_blur: z.int().min(0).optional(),
  inpainting_fill: z.int().min(0).max(3).optional(),
  inpaint_full_res: z.boolean().optional(),
  inpainting_mask_invert: z.literal(0).optional(),
};
type InpaintWork = { [Name in keyof typeof inpaintFields]: z.infer<(typeof inpaintFields)[Name]> };

/**
 * See modules/api/models.py. The web UI ignores unknown fields; this server rejects them, because they would be
 * mistakes.
 */
const workSchema = z.strictObject({
  ...{ prompt: z.string(), negative_prompt: z.string().optional(), seed: z.int().min(-1) },
  ...{ width: edge, height: edge, batch_size: z.int(), n_iter: z.int() },
  ...{ send_images: z.boolean(), save_images: z.boolean() },
  steps: z.int().min(1).max(150).optional(),
  sampler_name: z.string().optional(),
  scheduler: z.string().optional(),
  cfg_scale: z.number().optional(),
  denoising_strength: z.number().min(0).max(1).optional(),
  init_images: z.array(z.base64()).min(1).optional(),
  ...inpaintFields,
  override_settings: z.strictObject({ sd_model_checkpoint: z.string() }).optional(),
});
/** @throws Refusal for a mask of another size, which the web UI would silently scale. */
function checkInpaint({
  init_images: [picture] = [],
  ...work
}: Pick<z.infer<typeof workSchema>, 'init_images' | 'width' | 'height'> & Partial<InpaintWork>): void {
  const { mask, inpainting_fill, inpaint_full_res, mask_blur, width, height } = work;
  if (mask === undefined && inpainting_fill === undefined && inpaint_full_res === undefined) return;
  const isComplete =
    inpainting_fill !== undefined && inpaint_full_res !== undefined && mask_blur !== undefined;
  if (
    mask === undefined ||
    picture === undefined ||
    !isComplete ||
    !isMaskOf(mask, picture, { width, height })
  )
    throw new Refusal(422, 'A mask in gray, of the size of its picture, is needed.');
}

const checkpoint = 'модель + “a&b” 画.safetensors [31e35c80fc]';

/** https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/API */
export const webUiProtocol: WireProtocol = {
  base: '/sdapi/v1',
  configured: '',
  auth: null,
  makes: ({ path }) => path === '/txt2img' || path === '/img2img',
  answer({ method, path, body }, state) {
    const route = `${method} ${path}`;
    if (route === 'GET /options') return json(200, { sd_model_checkpoint: checkpoint });
    if (route === 'GET /sd-models')
      return json(200, [{ title: checkpoint, model_name: 'модель + “a&b” 画' }]);
    if (route === 'GET /upscalers') return json(200, [{ name: 'None' }, { name: 'Lanczos' }]);
    if (route === 'GET /progress') {
      const isRunning = state.hold && state.made() > 0;
      return json(200, {
        progress: 0.5,
        state: { job_count: Number(isRunning), job_timestamp: isRunning ? '20261128120000' : '0' },
        current_image: null,
      });
    }
    if (route === 'POST /interrupt') {
      state.stopped();
      return json(200, {});
    }
    if (route !== 'POST /txt2img' && route !== 'POST /img2img') return null;
    const work = read(workSchema, body, 422);
    const { init_images: images } = work;
    checkInpaint(work);
    if ((images !== undefined) !== path.startsWith('/img')) return null;
    return json(200, { images: many(state, () => state.base64), parameters: {}, info: '{}' });
  },
  error: (status, message) =>
    status >= 500 ? { error: 'RuntimeError', errors: message } : { detail: message },
  // The web UI would silently use the loaded checkpoint, so the app reads the list first.
  unknownModel: () => ({ status: 404, body: { detail: 'Not Found' } }),
  shape: ({ body }) => {
    const { width, height } = workSchema.parse(body);
    return `${width}×${height}`;
  },
};
