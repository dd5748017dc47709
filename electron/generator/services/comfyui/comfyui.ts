// ComfyUI through its own server: the user's workflows, or the built-in one with a checkpoint. Jobs are stopped by
// prompt id.

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { maxEngineEditPixels } from '../../../../shared/domain/edits';
import type { PictureParams } from '../../../../shared/domain/models';
import {
  fillWorkflow,
  modelOfWorkflow,
  optionsOfWorkflow,
  type Workflow,
  type WorkflowFiles,
  type WorkflowGraph,
  workflowOfModel,
} from '../../../../shared/domain/workflows';
import type { ServiceConfiguration } from '../../../../shared/generator/jobs';
import { t } from '../../../../shared/languages/translate';
import { createHostedService } from '../hosted/hosted-service';
import {
  type HostedProfile,
  JobFailedError,
  type MadeByService,
  type PictureRequest,
  type Wire,
} from '../hosted/profile';
import { engineTiming } from '../hosted/timing';
import type { PixelSize } from '../picture-size';
import { sizeWithin } from '../sizes';
import type { PictureSource } from '../take-pictures';
import { entries, optional, optionalList } from '../tolerant';
import { buildWorkflow } from './built-in-workflow';
import { createProgressReader } from './progress';

const listPath = 'object_info/CheckpointLoaderSimple';
const listSchema = z.object({
  CheckpointLoaderSimple: z.object({
    input: z.object({ required: z.object({ ckpt_name: z.tuple([entries(z.string())], z.unknown()) }) }),
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
  // The type is open, because a node of an extension may report anything.
  outputs: z.record(z.string(), optional(z.object({ images: optionalList(fileSchema) }))),
});
const historySchema = z.record(z.string(), entrySchema);
const uploadedSchema = z.object({ name: z.string().min(1), subfolder: z.string().default('') });

/** `current` stands for the first checkpoint of the list. */
const currentModelId = 'current';

/** https://docs.comfy.org/development/comfyui-server/comms_routes */
export const comfyuiProfile: HostedProfile = {
  // Not shown: the name of a product.
  name: 'ComfyUI',
  free: true,
  keyHeaders: (apiKey) => ({ Authorization: `Bearer ${apiKey}` }),
  references: (model, service) => (takesPicture(workflowOf(model, service)) ? 1 : 0),
  takes: { negativePrompt: true, seed: true },
  async makePicture(request, wire) {
    const graph = await graphFor(request, wire);
    // ComfyUI reports progress to a client with an id:
    // https://docs.comfy.org/development/comfyui-server/comms_messages
    const client = randomUUID();
    let id: string | null = null;
    const readProgress = createProgressReader(graph, () => id);
    const stopListening = await wire.listen(`ws?clientId=${client}`, (message) => {
      const report = readProgress(message);
      if (report) wire.progress(report.fraction, report.preview);
    });
    try {
      const queued = await wire.submit({
        namesJob: true,
        path: 'prompt',
        body: { prompt: graph, client_id: client },
      });
      id = queuedSchema.parse(queued).prompt_id;
      return await picturesOf(id, wire);
    } finally {
      stopListening();
    }
  },
  listFiles,
  models: {
    path: listPath,
    read: (answer, { workflows }) => [
      ...workflows.map(({ name, places }) => ({
        id: modelOfWorkflow(name),
        label: name,
        makes: 'pictures' as const,
        references: (places.picture?.length ?? 0) > 0 ? 1 : 0,
        // Without an input for the prompt, only a picture can change the result.
        needsReference: (places.picture?.length ?? 0) > 0 && (places.prompt?.length ?? 0) === 0,
        masks: (places.mask?.length ?? 0) > 0,
        options: optionsOfWorkflow(places),
      })),
      { id: currentModelId, label: t('services.comfyui_first_checkpoint'), makes: 'pictures' },
      ...readCheckpoints(answer).map((name) => ({
        id: name,
        label: name.slice(0, 80),
        makes: 'pictures' as const,
      })),
    ],
  },
};

const nodeSchema = z.object({ input: z.looseObject({ required: z.record(z.string(), z.unknown()) }) });

/** A combo input has a list of texts: https://docs.comfy.org/custom-nodes/backend/datatypes#combo */
const choiceSchema = z.union([
  z.tuple([z.array(z.string())]).rest(z.unknown()),
  z
    .tuple([z.literal('COMBO'), z.looseObject({ options: z.array(z.string()) })])
    .rest(z.unknown())
    .transform(([, { options }]) => [options] as const),
]);

async function listFiles(classes: readonly string[], wire: Wire): Promise<WorkflowFiles> {
  const files: WorkflowFiles = {};
  for (const name of classes) {
    const answer = await wire.read(`object_info/${encodeURIComponent(name)}`);
    // ComfyUI returns an empty object for an unknown class.
    const node = z.record(z.string(), z.unknown()).parse(answer)[name];
    for (const [input, declared] of Object.entries(nodeSchema.safeParse(node).data?.input.required ?? {})) {
      const choice = choiceSchema.safeParse(declared);
      if (choice.success) files[`${name}/${input}`] = choice.data[0];
    }
  }
  return files;
}

/** Returns the workflow that a model id names; undefined for a checkpoint, which the built-in workflow uses. */
function workflowOf(model: string, { workflows }: ServiceConfiguration): Workflow | undefined {
  const name = workflowOfModel(model);
  return name === null ? undefined : workflows.find((workflow) => workflow.name === name);
}

function takesPicture(workflow: Workflow | undefined): boolean {
  return workflow === undefined || (workflow.places.picture?.length ?? 0) > 0;
}

/** Returns the workflow filled with the request's values. */
async function graphFor(request: PictureRequest, wire: Wire): Promise<WorkflowGraph> {
  const { job, service, references, prepareEdit } = request;
  const { model, prompt, params } = job;
  const [reference] = references;
  const workflow = workflowOf(model, service);
  if (workflow) return workflowFor(workflow, request, wire);
  if (workflowOfModel(model) !== null) throw new JobFailedError('gone');
  const checkpoints = readCheckpoints(await wire.read(listPath));
  const checkpoint = model === currentModelId ? checkpoints[0] : checkpoints.find((name) => name === model);
  if (checkpoint === undefined) throw new JobFailedError('gone');
  const edit = await prepareEdit(editLimits);
  const start = edit?.picture ?? reference;
  const image = start === undefined ? null : await upload(start, wire);
  const mask = edit ? await upload(edit.mask, wire) : null;
  const isExtended = edit?.isExtended ?? false;
  return buildWorkflow({ checkpoint, prompt, params, size: sizeFor(params, null), image, mask, isExtended });
}

const editLimits = { step: 8, maxEdge: 4096, maxPixels: maxEngineEditPixels };

/** Returns a user's workflow filled with the request's values, and with a mask if the workflow takes one. */
async function workflowFor(
  workflow: Workflow,
  { job: { prompt, params }, references: [reference], prepareEdit }: PictureRequest,
  wire: Wire,
): Promise<WorkflowGraph> {
  const maskNodes = (workflow.places.mask ?? []).map(({ node }) => workflow.graph[node]?.class_type);
  // LoadImageMask reads a colour channel; other nodes that load a mask read the alpha channel.
  const form = maskNodes.every((name) => name === 'LoadImageMask') ? 'gray' : 'alpha';
  const edit = maskNodes.length > 0 ? await prepareEdit(editLimits, form) : null;
  const start = edit?.picture ?? reference;
  const picture = start === undefined ? undefined : await upload(start, wire);
  const mask = edit ? await upload(edit.mask, wire) : undefined;
  const { seed, negativePrompt, steps, guidance, sampler, scheduler, strength } = params;
  const { width, height } = edit ?? sizeFor(params, workflow);
  const options = { negativePrompt, steps, guidance, sampler, scheduler, strength };
  const graph = fillWorkflow(workflow, { prompt, seed, picture, mask, width, height, ...options });
  if (mask === undefined || form === 'alpha') return graph;
  for (const { node } of workflow.places.mask ?? []) {
    const inputs = graph[node]?.inputs;
    if (inputs) inputs['channel'] = 'red';
  }
  return graph;
}

/**
 * Returns the size of a picture. The size in a workflow determines the number of pixels, because it suits its
 * model.
 */
function sizeFor(params: PictureParams, workflow: Workflow | null): PixelSize {
  const own = (['width', 'height'] as const).map((side) => {
    const place = workflow?.places[side]?.[0];
    return z
      .int()
      .min(256)
      .max(4096)
      .safeParse(place && workflow?.graph[place.node]?.inputs[place.input]).data;
  });
  const [width = 1024, height = width] = own;
  return sizeWithin(params, { side: Math.round(Math.sqrt(width * height)), step: 8, maxEdge: 4096 });
}

async function picturesOf(id: string, wire: Wire): Promise<MadeByService> {
  wire.stopBy('POST', 'queue', { delete: [id] });
  // With the id, only this prompt is interrupted; without it, older versions would interrupt whichever prompt runs.
  wire.stopBy('POST', 'interrupt', { prompt_id: id });
  const pictures: PictureSource[] = [];
  for (const file of await waitFor(id, wire)) {
    const picture = await wire.readWithRetries(`view?${new URLSearchParams(file).toString()}`);
    if (picture instanceof Uint8Array) pictures.push({ picture });
  }
  return { pictures, costMicroUsd: 0 };
}

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

/** The history gets an entry when the prompt has ended, whatever its outcome. */
async function waitFor(id: string, wire: Wire): Promise<z.infer<typeof fileSchema>[]> {
  for (;;) {
    const entry = historySchema.parse(await wire.readWithRetries(`history/${encodeURIComponent(id)}`))[id];
    if (entry) {
      if (entry.status?.status_str === 'error')
        throw new JobFailedError('failed', sayingOf(entry.status.messages));
      const files = Object.values(entry.outputs).flatMap((output) => output?.images ?? []);
      // Previews have the type `temp`, saved files `output`.
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
