// Collects a file's metadata that is not in its recipe. It is kept unchanged and shown as "From the file".

import { pngXmpKeyword } from '../../../shared/domain/picture-bytes/metadata';
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import type { PictureTexts } from './picture-texts';

/** Maximum length in UTF-16 units, enough to recognize a text. The file itself keeps all of it. */
const maxTextLength = 4000;
const maxTotalLength = 16_000;

/** The texts that each tool's reader has used. The XMP of a PNG is read separately. */
const usedBy: Readonly<Partial<Record<ReadRecipe['source'], readonly string[]>>> = {
  automatic1111: ['parameters'],
  forge: ['parameters'],
  sdnext: ['parameters'],
  swarmui: ['parameters'],
  fooocus: ['parameters', 'Comment', 'fooocus_scheme'],
  comfyui: ['prompt', 'workflow'],
  invokeai: ['invokeai_metadata', 'invokeai_graph', 'invokeai_workflow', 'sd-metadata', 'Dream', 'dream'],
  novelai: ['Comment', 'Description', 'Source', 'Software', 'Title'],
  midjourney: ['Description', 'Author'],
};

/** @param recipe the recipe that was read; null if none was. */
export function unreadTexts(
  { named, comment, exif }: Pick<PictureTexts, 'named' | 'comment' | 'exif'>,
  recipe: ReadRecipe | null,
): string | undefined {
  // Easy Diffusion writes one text for each value, and all its values are in the recipe.
  if (recipe?.source === 'easydiffusion') return undefined;
  // Keep the graph, because the prompt may be in a node of unknown type.
  const isGraphLeft = recipe?.source === 'comfyui' && recipe.isPromptless;
  const used = new Set([pngXmpKeyword, ...((recipe && !isGraphLeft && usedBy[recipe.source]) || [])]);
  const isCommentUsed = recipe !== null && !named.has('parameters') && !named.has('Comment');
  const texts: [string, string | undefined | null][] = [
    ...[...named].filter(([name]) => !used.has(name)),
    ['Comment', isCommentUsed ? null : comment],
    ['EXIF description', isCommentUsed ? null : exif.description],
    ['EXIF software', exif.software],
    ['Camera', isCommentUsed ? null : [exif.make, exif.model].filter(Boolean).join(' ')],
  ];
  let left = maxTotalLength;
  const kept = texts.flatMap(([name, text]) => {
    const shown = text?.trim().slice(0, Math.min(left, maxTextLength)) ?? '';
    left -= shown.length;
    // A tab marks continuation lines, because a text may itself look like "Name: value".
    return shown === '' ? [] : [`${name}: ${shown.replaceAll('\n', '\n\t')}`];
  });
  return kept.length > 0 ? kept.join('\n').toWellFormed() : undefined;
}
