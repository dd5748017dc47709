// How a picture was made, as names and values, for generated and imported pictures.

import type { RecipeFacts } from '../../../shared/contract/pictures';
import type { MadeChange } from '../../../shared/domain/edits';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { type ImportedParams, importedProvider } from '../../../shared/domain/read-recipe';
import { serviceOf } from '../../../shared/domain/service-directory';
import { serviceIdSchema } from '../../../shared/domain/services';
import { modelLabel, providerLabel } from '../../state/gallery/filters';
import { formatBytes, formatCost, formatDuration, formatTime } from '../../ui/format';

export type RecipeRow = [name: string, value: string];

const sourceLabels = {
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
  c2pa: 'Content credentials',
  none: null,
} as const satisfies Record<ImportedParams['source'], string | null>;

const shortenedText =
  'The file has longer texts. Their first 32,000 characters are shown; the file is unchanged.';

/** Returns a row for each known value. */
export function recipeRows(image: GalleryImage, facts: RecipeFacts | null): RecipeRow[] {
  const { provider, model, width, height, bytes, createdAt, aspectRatio } = image;
  const params = facts?.params ?? null;
  const imported = facts?.imported ?? null;
  const rows: [name: string, value: string | number | null | undefined][] = [
    ['Model', model === importedProvider ? null : modelLabel(model)],
    ['Provider', providerLabel(provider)],
    ['Recipe from', imported && sourceLabels[imported.source]],
    ['Changes', changeText(params?.change ?? imported?.change)],
    ['Seed', imported?.seed ?? (takesSeed(provider) ? params?.seed : null)],
    ['Negative prompt', imported?.negativePrompt ?? params?.negativePrompt],
    ['Steps', imported?.steps ?? params?.steps],
    ['Guidance', imported?.guidance ?? params?.guidance],
    ['Sampler', imported?.sampler ?? params?.sampler],
    ['Scheduler', imported?.scheduler ?? params?.scheduler],
    ['Strength', imported?.strength ?? params?.strength],
    ['Model hash', imported?.modelHash],
    ['LoRAs', imported?.loras?.map(describeLora).join(', ')],
    ['Made from', imported?.parent],
    ['Shape', params?.aspectRatio ?? aspectRatio],
    ['Resolution', params?.resolution],
    ['Quality', params?.quality],
    ['Thinking', params?.thinking],
    ['Background', params?.background],
    ['Shortened', imported?.isShortened && shortenedText],
    ['Size', `${width} × ${height} px`],
    ['File', [facts?.format, formatBytes(bytes)].filter(Boolean).join(', ')],
    ['Made', formatTime(createdAt)],
    ['Took', facts?.durationMs == null ? null : formatDuration(facts.durationMs)],
    ['Cost', facts?.costMicroUsd == null ? null : formatCost(facts.costMicroUsd)],
    ['Chat', facts?.conversation?.title],
  ];
  return rows.flatMap(([name, value]) => (value == null || value === '' ? [] : [[name, String(value)]]));
}

/** Says what this computer has changed, and how the picture was saved. */
export function changeText(change: MadeChange | undefined): string | null {
  if (!change) return null;
  const { quarterTurns, mirrored, straighten, crop, scale, saved } = change;
  const done = [
    quarterTurns > 0 && `turned by ${quarterTurns * 90}°`,
    mirrored && 'mirrored',
    straighten !== 0 && `straightened by ${straighten}°`,
    crop && 'cropped',
    scale > 1 && `enlarged ${scale} times by the Lanczos filter`,
  ].filter((part) => typeof part === 'string');
  const how = saved === 'lossless' ? 'saved without loss' : 'saved again as a JPEG';
  const [first = 'copied', ...others] = [...done, how];
  return `${first.charAt(0).toUpperCase()}${first.slice(1)}${others.map((part) => `, ${part}`).join('')}`;
}

function describeLora({ name, weight }: { name: string; weight?: number | undefined }): string {
  return weight === undefined ? name : `${name} (${weight})`;
}

/**
 * Returns what an imported file says besides, one row per line. The names are the tool's own: "cfg_scale" becomes
 * "Cfg scale".
 */
export function fileRows(imported: ImportedParams | null): RecipeRow[] {
  return [...rowsOf(imported?.rest ?? ''), ...rowsOf(imported?.raw ?? '')];
}

/** A line that begins with a tab, or has no name, continues the value before it. */
function rowsOf(text: string): RecipeRow[] {
  const rows: RecipeRow[] = [];
  for (const line of text.split('\n')) {
    const colon = line.startsWith('\t') ? -1 : line.indexOf(': ');
    const last = rows.at(-1);
    if (colon > 0) {
      const name = line.slice(0, colon).replaceAll('_', ' ');
      rows.push([name.charAt(0).toUpperCase() + name.slice(1), line.slice(colon + 2)]);
    } else if (last) last[1] += `\n${line.replace(/^\t/, '')}`;
  }
  return rows;
}

/** Every recipe contains a seed, which means nothing if the provider does not use one. */
function takesSeed(provider: string): boolean {
  const id = serviceIdSchema.safeParse(provider).data;
  return id === undefined || serviceOf(id).takesSeed;
}
