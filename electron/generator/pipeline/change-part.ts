// Changes a part of a picture: builds the prompt for a model without mask support, and restores the rest of the
// original. Not shown: the texts are sent to a model.

import path from 'node:path';
import { type Edit, type Frame, maskFile } from '../../../shared/domain/edits';
import { type Failure, failureLike, type Result } from '../../../shared/domain/errors';
import { maxReferencesOf, type PartSupport, partSupportOf } from '../../../shared/domain/part-support';
import { type Workflow, workflowOfModel } from '../../../shared/domain/workflows';
import type { PreparedEdit } from '../../../shared/generator/codec-messages';
import type { PictureJob, PictureReference } from '../../../shared/generator/jobs';
import { sentence } from '../../../shared/languages/sentence';
import type { Codec } from '../codec/codec';
import type { MadePicture, PictureContext, ServiceFailure } from '../services/service';

/** Maximum number of pixels of a marked picture, because models would scale down a larger one. */
const maxMarkedPixels = 4_200_000;

export type PartContext = {
  dataFolder: string;
  codec: Codec;
  /** The workflows of the service, because not all of them accept a mask. */
  workflows?: readonly Workflow[];
};

function supportOf({ provider, model }: PictureJob, { workflows = [] }: PartContext): PartSupport {
  const name = workflowOfModel(model);
  const workflow = name === null ? undefined : workflows.find((known) => known.name === name);
  return partSupportOf(provider, model, workflow && (workflow.places.mask?.length ?? 0) > 0);
}

/** Returns the files of a job that changes a part of its first reference picture; null for any other job. */
function editFiles(
  dataFolder: string,
  { params: { edit }, references: [first] = [] }: Pick<PictureJob, 'params' | 'references'>,
) {
  if (!edit || !first) return null;
  const mask = edit.mask === undefined ? null : path.join(dataFolder, maskFile(edit.mask));
  return { picture: path.resolve(dataFolder, first.file), mask, frame: edit.frame ?? null };
}

/** Returns the function with which a service requests the picture and the mask of a job in the form that it takes. */
export function prepareWith({ dataFolder, codec }: PartContext): PictureContext['prepareEdit'] {
  return async (job, form, limits) => {
    const files = editFiles(dataFolder, job);
    return files && codec.prepareEdit({ ...files, form, limits });
  };
}

/**
 * Makes the picture of a job. If it changes a part of another picture, adapts the request to what the model
 * supports, and restores the rest of the original where that is guaranteed.
 *
 * @param make sends the request to the service.
 */
export async function makeWithPart(
  job: PictureJob,
  part: PartContext,
  readReference: PictureContext['readReference'],
  make: (
    job: PictureJob,
    readReference: PictureContext['readReference'],
  ) => Promise<MadePicture | ServiceFailure>,
): Promise<MadePicture | ServiceFailure> {
  const asked = await askInWords(job, part, readReference);
  if (!asked.ok) return { ...failureLike(asked), costMicroUsd: null };
  const made = await make(asked.job, asked.readReference);
  return made.ok ? withRestKept(made, job, part) : made;
}

type Asked = { ok: true; job: PictureJob; readReference: PictureContext['readReference'] };

/**
 * Returns the job for a model. Unchanged if the model takes a mask; otherwise with a prompt that describes the
 * change and, if the model takes another reference picture, with a copy of the picture in which the part is marked.
 */
async function askInWords(
  job: PictureJob,
  part: PartContext,
  readReference: PictureContext['readReference'],
): Promise<Asked | Failure> {
  const { dataFolder, codec } = part;
  const unchanged: Asked = { ok: true, job, readReference };
  const support = supportOf(job, part);
  const { references: [first, ...others] = [] } = job;
  const { edit } = job.params;
  const files = editFiles(dataFolder, job);
  if (!first || !edit || !files || (support !== 'marked' && support !== 'described')) return unchanged;
  const isMarked = support === 'marked' && edit.mask !== undefined;
  const limits = { maxPixels: maxMarkedPixels };
  const prepared = await codec.prepareEdit({ ...files, form: 'marked', limits });
  if (!prepared.ok) return prepared;
  const prompt = promptFor(job.prompt, edit, isMarked, prepared.value);
  if (!isMarked) return { ok: true, job: { ...job, prompt }, readReference };
  const marked: PictureReference = { imageId: first.imageId, file: first.file, prompt: '', signature: null };
  const max = maxReferencesOf(job.provider, job.model);
  return {
    ok: true,
    job: { ...job, prompt, references: [first, marked, ...others].slice(0, max) },
    readReference: async (reference) =>
      reference === marked ? prepared.value.mask : readReference(reference),
  };
}

function promptFor(prompt: string, edit: Edit, isMarked: boolean, prepared: PreparedEdit): string {
  const lines: string[] = [];
  if (edit.frame) lines.push(frameSentence(edit.frame, prepared.framed));
  if (edit.mask !== undefined && isMarked) {
    lines.push(
      'Change only the part of the first picture that is marked in magenta in the second picture. The second picture is ' +
        'the first one with that marking, which must not appear in the result.',
    );
  } else if (edit.mask !== undefined) {
    lines.push(`Change only this part of the picture: ${placeOf(prepared.bounds)}.`);
  }
  const areas = [edit.frame && 'the new area', edit.mask !== undefined && 'that part'].filter(Boolean);
  const kept = edit.mask === undefined ? 'the picture itself' : 'everything else';
  const words = `What ${areas.join(' and ')} should show: ${prompt}`;
  return [...lines, words, `Keep ${kept} exactly as it is.`].join('\n');
}

function frameSentence(frame: Frame, framed: { width: number; height: number }): string {
  const own = {
    width: framed.width - frame.left - frame.right,
    height: framed.height - frame.top - frame.bottom,
  };
  const sides = (['left', 'top', 'right', 'bottom'] as const).flatMap((side) => {
    if (frame[side] === 0) return [];
    const isSideways = side === 'left' || side === 'right';
    const share = Math.max(1, Math.round((100 * frame[side]) / (isSideways ? own.width : own.height)));
    return `${share}% of its ${isSideways ? 'width' : 'height'} at the ${side}`;
  });
  return `Extend the first picture beyond its edges, by ${sides.join(' and ')}, so that the new area continues it.`;
}

/** Describes the position of a rectangle, in percent from the left and from the top. */
function placeOf(bounds: PreparedEdit['bounds']): string {
  const { left, top, right, bottom } = bounds ?? { left: 0, top: 0, right: 1, bottom: 1 };
  const percent = (share: number) => Math.round(share * 100);
  return (
    `from ${percent(left)}% to ${percent(right)}% of the width, counted from the left, and ` +
    `from ${percent(top)}% to ${percent(bottom)}% of the height, counted from the top`
  );
}

/**
 * Restores the rest of the original around an engine's result, because engines encode the whole picture anew, which
 * changes every pixel slightly. See docs/decisions/051.
 */
async function withRestKept(made: MadePicture, job: PictureJob, part: PartContext): Promise<MadePicture> {
  const { dataFolder, codec } = part;
  const files = editFiles(dataFolder, job);
  if (!files || supportOf(job, part) !== 'exact') return made;
  const kept: Result<Uint8Array> = await codec.keepRest({ ...files, made: made.bytes });
  if (kept.ok) return { ...made, bytes: kept.value, mimeType: 'image/png' };
  const warnings = [...(made.warnings ?? []), sentence('services.rest_not_put_back')];
  return { ...made, warnings };
}
