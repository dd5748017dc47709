// AVIF: walks its boxes without trusting any length, and reads what they say. ISO/IEC 14496-12, ISO/IEC 23008-12 and
// https://aomediacodec.github.io/av1-avif/
import { avifOrientation } from './avif-orientation';
import { type ContainerFacts, largestOf, type Orientation, type Size } from './facts';
import { isoBoxes } from './iso-boxes';
import { isoProperties, primaryProperties } from './iso-properties';
import { pictureTrack } from './iso-tracks';
import { type Chunk, hasTextAt, nameAt, viewOf } from './span';

/** https://spec.c2pa.org/specifications/specifications/2.1/specs/C2PA_Specification.html#_embedding_manifests_into_bmff_based_assets */
export const contentCredentialsUuid = '\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81';
/** Code points of ITU-T H.273 that mean sRGB's primaries, or say nothing. */
const [bt709, unspecified] = [1, 2];

/** Reads the facts from the bytes of an AVIF. Never throws. */
export function inspectAvif(bytes: Uint8Array): ContainerFacts & { orientation: Orientation } {
  const boxes = [...isoBoxes(bytes)];
  const names = new Set(boxes.map(({ name }) => name));
  const metas = boxes.filter(({ name }) => name === 'meta');
  const [meta] = metas;
  const track = meta ? null : pictureTrack(bytes);
  const shown = meta ? primaryProperties(bytes, meta) : (track?.properties ?? []);
  const colour = colourIn(bytes, shown);
  return {
    // The largest of all pictures, since each of them may be decoded.
    size: largestOf([
      ...metas.flatMap((each) => isoProperties(bytes, each)).flatMap((property) => sizeOf(bytes, property)),
      ...(track ? [track] : []),
    ]),
    isComplete: names.has('mdat') && (names.has('meta') || names.has('moov')),
    hasContentCredentials: boxes.some(
      ({ name, contentStart }) => name === 'uuid' && hasTextAt(bytes, contentStart, contentCredentialsUuid),
    ),
    isAnimated: hasTextAt(bytes, 8, 'avis') || track !== null,
    hasColourProfile:
      colour !== null && (colour.icc !== null || ![bt709, unspecified].includes(colour.primaries)),
    // Chromium ignores how a track is turned.
    orientation: avifOrientation(bytes, shown),
  };
}

/** ISO/IEC 23008-12, 6.5.3. */
function sizeOf(bytes: Uint8Array, { name, contentStart, contentEnd }: Chunk): Size[] {
  if (name !== 'ispe' || contentEnd - contentStart < 12) return [];
  const view = viewOf(bytes);
  return [{ width: view.getUint32(contentStart + 4), height: view.getUint32(contentStart + 8) }];
}

/** How an AVIF or HEIC names its colours: an ICC profile, or code points of ITU-T H.273. */
export type AvifColour = { icc: Uint8Array | null; primaries: number; curve: number };

/** Returns the colours of the picture that is shown; null when the file names none. */
export function avifColour(bytes: Uint8Array): AvifColour | null {
  for (const meta of isoBoxes(bytes))
    if (meta.name === 'meta') return colourIn(bytes, primaryProperties(bytes, meta));
  return colourIn(bytes, pictureTrack(bytes)?.properties ?? []);
}

/**
 * A picture may have one of each: then the profile says what its colours are, and the code points only how they were
 * compressed (ISO/IEC 23000-22, 7.3.6.4). Chromium does the same.
 *
 * @param properties of the picture. ISO/IEC 14496-12, 12.1.5.
 */
function colourIn(bytes: Uint8Array, properties: readonly Chunk[]): AvifColour | null {
  const view = viewOf(bytes);
  let found: AvifColour | null = null;
  for (const { name, contentStart, contentEnd } of properties) {
    if (name !== 'colr' || contentEnd - contentStart < 8) continue;
    const kind = nameAt(view, contentStart);
    if (kind === 'prof' || kind === 'rICC')
      return {
        icc: bytes.subarray(contentStart + 4, contentEnd),
        primaries: unspecified,
        curve: unspecified,
      };
    if (kind !== 'nclx') continue;
    found ??= {
      icc: null,
      primaries: view.getUint16(contentStart + 4),
      curve: view.getUint16(contentStart + 6),
    };
  }
  return found;
}
