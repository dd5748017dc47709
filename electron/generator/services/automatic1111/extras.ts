// The upscalers of a Stable Diffusion web UI, which its Extras tab shows.
import { z } from 'zod';
import type { Upscale } from '../../../../shared/domain/edits';
import { webUiUpscalerName } from '../../../../shared/domain/upscalers';
import type { RequestTools } from '../http/with-retries';
import { entries } from '../tolerant';
import { callWebUi } from './call-web-ui';

const upscalersSchema = entries(z.object({ name: z.string().min(1) }));

/** Upscalers that do nothing that the app cannot do itself. */
const plain = ['None', 'Lanczos', 'Nearest'];

/** Returns the names of the upscalers. See `get_upscalers` in modules/api/api.py of the web UI. */
export async function listUpscalers(baseUrl: string, tools: RequestTools): Promise<string[]> {
  const answer = await callWebUi({ baseUrl, path: '/sdapi/v1/upscalers', ...tools });
  return upscalersSchema.parse(answer).flatMap(({ name }) => (plain.includes(name) ? [] : [name]));
}

/**
 * Returns the name of an upscaler if the web UI has it; null otherwise, because the web UI would report only an
 * internal error.
 */
export async function findUpscaler(
  baseUrl: string,
  model: string,
  tools: RequestTools,
): Promise<string | null> {
  const wanted = webUiUpscalerName(model);
  return wanted !== null && (await listUpscalers(baseUrl, tools)).includes(wanted) ? wanted : null;
}

export const extrasPath = '/sdapi/v1/extra-single-image';

/** See `ExtrasSingleImageRequest` in modules/api/models.py of the web UI. `resize_mode` 0 enlarges by a factor. */
export function extrasRequest(upscaler: string, { factor }: Upscale, image: string | null): object {
  return { image, upscaler_1: upscaler, resize_mode: 0, upscaling_resize: factor };
}

const enlargedSchema = z.object({ image: z.string() });

/** Returns the answer in the form of other answers with pictures. */
export function picturesOfExtras(answer: unknown): { images: string[] } {
  return { images: [enlargedSchema.parse(answer).image] };
}
