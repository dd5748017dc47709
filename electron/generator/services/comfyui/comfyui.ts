// ComfyUI by its own server: the built-in workflow with one of its checkpoints, stopped by prompt id.
import { z } from 'zod';
import { createHostedService } from '../hosted/hosted-service';
import { type HostedProfile, JobFailedError, type Wire } from '../hosted/profile';
import { engineTiming } from '../hosted/timing';
import { sizeWithin } from '../sizes';
import type { PictureSource } from '../take-pictures';
import { buildWorkflow } from './workflow';

const listPath = 'object_info/CheckpointLoaderSimple';
const listSchema = z.object({
  CheckpointLoaderSimple: z.object({
    input: z.object({ required: z.object({ ckpt_name: z.tuple([z.array(z.string())], z.unknown()) }) }),
  }),
});
const queuedSchema = z.object({ prompt_id: z.string().min(1) });
const fileSchema = z.object({
  filename: z.string().min(1),
  subfolder: z.string().default(''),
  type: z.string().default('output'),
});
const entrySchema = z.object({
  status: z
    .object({ status_str: z.string().nullish(), completed: z.boolean().nullish(), messages: z.unknown() })
    .nullish()
    .catch(null),
  outputs: z.record(z.string(), z.object({ images: z.array(fileSchema).nullish().catch(null) })),
});
const historySchema = z.record(z.string(), entrySchema);
const uploadedSchema = z.object({ name: z.string().min(1), subfolder: z.string().default('') });

/** `current`: the first checkpoint of its list. */
const currentModelId = 'current';

/** Checkpoints of about a megapixel repeat their subjects in much larger pictures. */
const maxEditPixels = 1_600_000;

/** https://docs.comfy.org/development/comfyui-server/comms_routes */
export const comfyuiProfile: HostedProfile = {
  name: 'ComfyUI',
  free: true,
  keyHeaders: (apiKey) => ({ Authorization: `Bearer ${apiKey}` }),
  takes: { negativePrompt: true, seed: true },
  async makePicture({ job: { model, prompt, params }, references: [reference], prepareEdit }, wire) {
    const checkpoints = readCheckpoints(await wire.read(listPath));
    const checkpoint = model === currentModelId ? checkpoints[0] : checkpoints.find((name) => name === model);
    if (checkpoint === undefined) throw new JobFailedError('gone');
    const edit = await prepareEdit({ step: 8, maxEdge: 4096, maxPixels: maxEditPixels });
    const start = edit?.picture ?? reference;
    const image = start === undefined ? null : await upload(start, wire);
    const mask = edit ? await upload(edit.mask, wire) : null;
    const size = sizeWithin(params, { side: 1024, step: 8, maxEdge: 4096 });
    const workflow = buildWorkflow({
      ...{ checkpoint, prompt, params, size, image, mask },
      isExtended: edit?.isExtended ?? false,
    });
    const { prompt_id: id } = queuedSchema.parse(
      await wire.submit({ path: 'prompt', body: { prompt: workflow } }),
    );
    wire.stopBy('POST', 'queue', { delete: [id] });
    // With the id, only this prompt is interrupted; without it, older versions would stop whatever is running.
    wire.stopBy('POST', 'interrupt', { prompt_id: id });
    const pictures: PictureSource[] = [];
    for (const file of await waitFor(id, wire)) {
      const picture = await wire.look(`view?${new URLSearchParams(file).toString()}`);
      if (picture instanceof Uint8Array) pictures.push({ picture });
    }
    return { pictures, costMicroUsd: 0 };
  },
  models: {
    path: listPath,
    read: (answer) => [
      { id: currentModelId, label: 'First checkpoint of ComfyUI', makes: 'pictures' },
      ...readCheckpoints(answer).map((name) => ({
        id: name,
        label: name.slice(0, 80),
        makes: 'pictures' as const,
      })),
    ],
  },
};

function readCheckpoints(answer: unknown): string[] {
  return listSchema.parse(answer).CheckpointLoaderSimple.input.required.ckpt_name[0];
}

async function upload(url: string, wire: Wire): Promise<string> {
  const [, type = 'image/png'] = /^data:([^;]+)/.exec(url) ?? [];
  const bytes = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
  const form = new FormData();
  form.set('image', new File([bytes], `afterimage.${type.slice('image/'.length)}`, { type }));
  form.set('overwrite', 'false');
  const { name, subfolder } = uploadedSchema.parse(await wire.upload('upload/image', form));
  return subfolder === '' ? name : `${subfolder}/${name}`;
}

/** The history has an entry when the prompt has ended, however it ended. */
async function waitFor(id: string, wire: Wire): Promise<z.infer<typeof fileSchema>[]> {
  for (;;) {
    const entry = historySchema.parse(await wire.look(`history/${encodeURIComponent(id)}`))[id];
    if (entry) {
      if (entry.status?.status_str === 'error')
        throw new JobFailedError('failed', sayingOf(entry.status.messages));
      const files = Object.values(entry.outputs).flatMap(({ images }) => images ?? []);
      // Previews are `temp`; what was saved is `output`.
      const saved = files.filter(({ type }) => type === 'output');
      if (files.length === 0) throw new JobFailedError('empty');
      return saved.length > 0 ? saved : files;
    }
    await wire.pollPause();
  }
}

const messagesSchema = z.array(
  z.tuple([z.string(), z.looseObject({ exception_message: z.string().nullish() })]),
);

function sayingOf(messages: unknown): string {
  const read = messagesSchema.safeParse(messages).data ?? [];
  return read.find(([kind]) => kind === 'execution_error')?.[1].exception_message ?? '';
}

export const comfyui = createHostedService(comfyuiProfile, engineTiming);
