// How a picture was made, as names and values, for generated and imported pictures.

import type { RecipeFacts } from '../../../shared/contract/pictures';
import type { MadeChange } from '../../../shared/domain/edits';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { importedProvider } from '../../../shared/domain/read-recipe';
import { serviceOf } from '../../../shared/domain/service-directory';
import { serviceIdSchema } from '../../../shared/domain/services';
import { modelLabel, providerLabel } from '../../state/gallery/filters';
import { formatBytes, formatCost, formatDuration, formatTime } from '../../ui/format';

export type RecipeRow = [name: string, value: string];

const sourceLabels = {
  afterimage: 'Afterimage',
  automatic1111: 'Stable Diffusion web UI',
  comfyui: 'ComfyUI',
  invokeai: 'InvokeAI',
  none: null,
} as const;

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
    ['Steps', params?.steps],
    ['Guidance', params?.guidance],
    ['Sampler', params?.sampler],
    ['Scheduler', params?.scheduler],
    ['Strength', params?.strength],
    ['Shape', params?.aspectRatio ?? aspectRatio],
    ['Resolution', params?.resolution],
    ['Quality', params?.quality],
    ['Thinking', params?.thinking],
    ['Background', params?.background],
    ...foreignRows(imported?.rest ?? ''),
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

/** Returns another tool's settings, one per line. The names are the tool's own: "cfg_scale" becomes "Cfg scale". */
function foreignRows(rest: string): RecipeRow[] {
  return rest.split('\n').flatMap((line) => {
    const colon = line.indexOf(': ');
    if (colon <= 0) return [];
    const name = line.slice(0, colon).replaceAll('_', ' ');
    return [[name.charAt(0).toUpperCase() + name.slice(1), line.slice(colon + 2)]];
  });
}

/** Every recipe contains a seed, which means nothing if the provider does not use one. */
function takesSeed(provider: string): boolean {
  const id = serviceIdSchema.safeParse(provider).data;
  return id === undefined || serviceOf(id).takesSeed;
}
