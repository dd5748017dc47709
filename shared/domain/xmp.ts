// A picture's recipe as XMP, the metadata that image programs read: https://www.iso.org/standard/75163.html
import { z } from 'zod';
import { changeHereModel } from './edits';
import { pictureParamsSchema } from './models';

/** The recipe that an exported copy carries. */
const exportedRecipeSchema = z.object({
  prompt: z.string(),
  provider: z.string(),
  model: z.string(),
  params: pictureParamsSchema,
  /** UTC milliseconds. */
  createdAt: z.int(),
});
export type ExportedRecipe = z.infer<typeof exportedRecipeSchema>;

/** In UTF-16 units. A longer one, together with the recipe, may exceed a JPEG segment (picture-bytes/embed-xmp.ts). */
const maxDescriptionLength = 4000;

const namespace = 'https://afterimage.app/recipe/1/';

/**
 * Returns an XMP packet with the prompt, or its beginning, as the description that every program shows, and the whole
 * recipe as JSON in a property of our own. An IPTC term says that a model (or, for the painter, a program) made it:
 * https://cv.iptc.org/newscodes/digitalsourcetype/
 */
export function writeXmp(recipe: ExportedRecipe): string {
  const source = sourceTypeOf(recipe);
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about=""',
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"',
    ` xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:afterimage="${namespace}"`,
    ` xmp:CreatorTool="Afterimage" xmp:CreateDate="${new Date(recipe.createdAt).toISOString()}"`,
    ` Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/${source}"`,
    ` afterimage:recipe="${escapeXml(JSON.stringify(recipe))}">`,
    `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(recipe.prompt.slice(0, maxDescriptionLength))}</rdf:li></rdf:Alt></dc:description>`,
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
    '<?xpacket end="w"?>',
  ].join('');
}

function sourceTypeOf({ provider, model }: ExportedRecipe): string {
  if (provider !== 'painter') return 'trainedAlgorithmicMedia';
  // A local edit adds no new content, whichever model made the picture.
  return model === changeHereModel ? 'algorithmicallyEnhanced' : 'algorithmicMedia';
}

/** Returns the recipe in an XMP packet of ours, or null when there is none that this version can read. */
export function readXmp(packet: string): ExportedRecipe | null {
  const [, escaped] = /\bafterimage:recipe="([^"]*)"/.exec(packet) ?? [];
  if (escaped === undefined || !packet.includes(namespace)) return null;
  try {
    return exportedRecipeSchema.parse(JSON.parse(unescapeXml(escaped)));
  } catch {
    return null;
  }
}

/** Characters that XML 1.0 cannot contain. They become the replacement character: https://www.w3.org/TR/xml/#charsets */
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 excludes exactly these control characters.
const invalidCharacters = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

const entities: readonly [string, string][] = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\t', '&#9;'],
  ['\n', '&#10;'],
  ['\r', '&#13;'],
];

function escapeXml(text: string): string {
  const valid = text.toWellFormed().replace(invalidCharacters, '\uFFFD');
  return entities.reduce((escaped, [character, entity]) => escaped.replaceAll(character, entity), valid);
}

/** Returns the text that XML has written with entities. */
export function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi,
    (entity, decimal, hex, name) => {
      if (name) return namedEntities[String(name).toLowerCase()] ?? entity;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
    },
  );
}

const namedEntities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
