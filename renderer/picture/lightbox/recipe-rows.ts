// The recipe of a generated or imported picture, as names and values.

import type { RecipeFacts } from '../../../shared/contract/pictures';
import { changeHereModel, type MadeChange, type Upscale } from '../../../shared/domain/edits';
import { pictureSizes } from '../../../shared/domain/models';
import { nearestAspectRatio } from '../../../shared/domain/nearest-aspect-ratio';
import { hasRatio } from '../../../shared/domain/picture-notes';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { type ImportedParams, importedProvider } from '../../../shared/domain/read-recipe';
import { serviceOf } from '../../../shared/domain/service-directory';
import { serviceIdSchema } from '../../../shared/domain/services';
import { t } from '../../../shared/languages/translate';
import { providerLabel } from '../../state/gallery/filters';
import {
  formatBytes,
  formatCost,
  formatDuration,
  formatNumber,
  formatTime,
  withCapital,
} from '../../ui/format';
import { changesMade } from '../change-text';
import { joinFacts } from '../join-facts';
import { modelNameOf } from '../model-name';
import { toolNames } from './tool-names';

export type RecipeRow = [name: string, value: string];

/** The listed facts of a recipe, in order. */
const listed = [
  'model',
  'provider',
  'recipe_from',
  'changes',
  'seed',
  'negative_prompt',
  'steps',
  'guidance',
  'sampler',
  'scheduler',
  'strength',
  'model_hash',
  'loras',
  'made_from',
  'shape',
  'resolution',
  'quality',
  'thinking',
  'background',
  'shortened',
  'size',
  'file',
  'made',
  'took',
  'cost',
  'chat',
] as const;

export type RecipeFact = (typeof listed)[number];

/** Returns a row for each known value. */
export function recipeRows(image: GalleryImage, facts: RecipeFacts | null): RecipeRow[] {
  const known = recipeFacts(image, facts);
  return listed.flatMap((fact): RecipeRow[] => {
    const value = known[fact];
    return value === undefined ? [] : [[t(`picture.recipe_${fact}`), value]];
  });
}

/** Returns the shape of a picture, with the requested one if they differ; null if neither is known. */
function shapeText(image: GalleryImage, params: RecipeFacts['params']): string | null {
  const asked = params?.aspectRatio ?? image.aspectRatio;
  if (asked === null) return null;
  const { width, height } = pictureSizes[asked];
  const shape = hasRatio(image, width / height) ? asked : nearestAspectRatio(image);
  // A crop has the parameters of its original.
  const keepsRequestedRatio = shape === asked || params?.change !== undefined;
  return keepsRequestedRatio ? shape : t('picture.shape_instead', { shape, wanted: asked });
}

/** Returns the known values as display texts. */
export function recipeFacts(
  image: GalleryImage,
  facts: RecipeFacts | null,
): Partial<Record<RecipeFact, string>> {
  const { provider, model, width, height, bytes, createdAt } = image;
  const params = facts?.params ?? null;
  const imported = facts?.imported ?? null;
  const isWordless = model === changeHereModel || params?.upscale !== undefined;
  const values: Record<RecipeFact, string | number | false | null | undefined> = {
    model: model === importedProvider ? null : modelNameOf(image),
    // Local edits belong to the painter's service, but were not painted by it.
    provider: model === changeHereModel ? null : providerLabel(provider),
    recipe_from: imported && sourceName(imported.source),
    changes: withCapital(
      changeText(params?.change ?? imported?.change) ?? upscaleText(params?.upscale, image) ?? '',
    ),
    // The seed has no effect on a picture that was changed without a prompt.
    seed: imported?.seed ?? (takesSeed(provider) && !isWordless ? params?.seed : null),
    negative_prompt: imported?.negativePrompt ?? params?.negativePrompt,
    steps: imported?.steps ?? params?.steps,
    guidance: decimal(imported?.guidance ?? params?.guidance),
    sampler: imported?.sampler ?? params?.sampler,
    scheduler: imported?.scheduler ?? params?.scheduler,
    strength: decimal(imported?.strength ?? params?.strength),
    model_hash: imported?.modelHash,
    loras: imported?.loras && joinFacts(imported.loras.map(describeLora)),
    made_from: imported?.parent,
    shape: shapeText(image, params),
    resolution: params?.resolution,
    quality: params?.quality && t(`picture.quality_${params.quality}`),
    thinking: params?.thinking && t(`picture.thinking_${params.thinking}`),
    background: params?.background && t(`picture.background_${params.background}`),
    shortened: imported?.isShortened && t('picture.shortened'),
    size: t('picture.size', { width, height }),
    file: joinFacts([facts?.format ?? '', formatBytes(bytes)].filter(Boolean)),
    made: formatTime(createdAt),
    took: facts?.durationMs == null ? null : formatDuration(facts.durationMs),
    cost: facts?.costMicroUsd == null ? null : formatCost(facts.costMicroUsd),
    chat: facts?.conversation?.title,
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([fact, value]) =>
      value == null || value === '' || value === false ? [] : [[fact, String(value)]],
    ),
  );
}

function sourceName(source: ImportedParams['source']): string | null {
  if (source === 'none') return null;
  return source === 'c2pa' ? t('picture.content_credentials') : toolNames[source];
}

function decimal(value: number | undefined): string | undefined {
  return value === undefined ? undefined : formatNumber(value);
}

function upscaleText(upscale: Upscale | undefined, image: GalleryImage): string | null {
  if (!upscale) return null;
  return t('picture.change_upscaled', { times: upscale.factor, model: modelNameOf(image) });
}

/** Describes the changes of a local edit, and how the picture was saved. */
function changeText(change: MadeChange | undefined): string | null {
  if (!change) return null;
  return joinFacts([...changesMade(change), t(`picture.change_saved_${change.saved}`)]);
}

function describeLora({ name, weight }: { name: string; weight?: number | undefined }): string {
  return weight === undefined ? name : t('picture.lora', { name, weight: formatNumber(weight) });
}

/**
 * Returns the other values of an imported file, one row per line. The names are those of the tool: "cfg_scale" becomes
 * "Cfg scale".
 */
export function fileRows(imported: ImportedParams | null): RecipeRow[] {
  return [...rowsOf(imported?.rest ?? ''), ...rowsOf(imported?.raw ?? '')];
}

/** Parses lines of names and values. A line that begins with a tab, or has no name, continues the previous value. */
function rowsOf(text: string): RecipeRow[] {
  const rows: RecipeRow[] = [];
  for (const line of text.split('\n')) {
    const colon = line.startsWith('\t') ? -1 : line.indexOf(': ');
    const last = rows.at(-1);
    if (colon > 0) {
      const name = line.slice(0, colon).replaceAll('_', ' ');
      rows.push([withCapital(name), line.slice(colon + 2)]);
    } else if (last) last[1] += `\n${line.replace(/^\t/, '')}`;
  }
  return rows;
}

/** Returns whether the provider uses seeds, because every recipe contains one. */
function takesSeed(provider: string): boolean {
  const id = serviceIdSchema.safeParse(provider).data;
  return id === undefined || serviceOf(id).takesSeed;
}
