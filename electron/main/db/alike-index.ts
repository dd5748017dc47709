// An in-memory, columnar index of all fingerprints. Finds the similar ones among 100,000 in a few milliseconds.
import {
  type ComparedParts,
  coarseDistance,
  colourDistance,
  coloursEnd,
  comparedParts,
  fineDistance,
  hashEnd,
  orientationsOf,
} from '../../../shared/domain/fingerprints';

/**
 * Maximum differing bits of the coarse hash for a mirrored or rotated match. For unrelated pictures, half of the bits
 * differ.
 */
const maxTurnedCoarse = 14;
/** Added to the distance of mirrored or rotated matches, so that unchanged ones come first. */
const turnedPenalty = 4;
/** Maximum distance of similar pictures; see docs/decisions/068. */
const maxDistance = 56;
/** Maximum results, as many as a user would look through. */
export const maxAlike = 500;

const hashWords = hashEnd / 4;
const colourLength = coloursEnd - hashEnd;

export function createAlikeIndex() {
  let ids = new Float64Array(0);
  let hashes = new Uint32Array(0);
  let colours = new Int8Array(0);
  let length = 0;

  function grow(room: number): void {
    if (room <= ids.length) return;
    const capacity = Math.max(room, ids.length * 2);
    ids = filled(new Float64Array(capacity), ids);
    hashes = filled(new Uint32Array(capacity * hashWords), hashes);
    colours = filled(new Int8Array(capacity * colourLength), colours);
  }

  return {
    /** Adds fingerprints. @param parts the compared bytes of each fingerprint, one after the other */
    add(added: readonly number[], parts: Uint8Array): void {
      grow(length + added.length);
      const hashBytes = new Uint8Array(hashes.buffer);
      // Byte by byte: objects for each of 100,000 rows would take most of the time.
      for (const [at, id] of added.entries()) {
        const from = at * coloursEnd;
        ids[length] = id;
        for (let part = 0; part < hashEnd; part += 1)
          hashBytes[length * hashEnd + part] = parts[from + part] ?? 0;
        for (let part = 0; part < colourLength; part += 1)
          colours[length * colourLength + part] = parts[from + hashEnd + part] ?? 0;
        length += 1;
      }
    },
    /** Returns the ids of similar fingerprints, the most similar first, then the latest. */
    alikeTo(fingerprint: Uint8Array): number[] {
      const [parts, ...turned] = orientationsOf(comparedParts(fingerprint));
      if (!parts) return [];
      const found: { id: number; distance: number }[] = [];
      for (let at = 0; at < length; at += 1) {
        const distance = distanceTo(parts, turned, hashes, colours, at);
        if (distance <= maxDistance) found.push({ id: ids[at] ?? 0, distance });
      }
      return found
        .toSorted((a, b) => a.distance - b.distance || b.id - a.id)
        .slice(0, maxAlike)
        .map(({ id }) => id);
    },
  };
}

function distanceTo(
  parts: ComparedParts,
  turned: readonly ComparedParts[],
  hashes: Uint32Array,
  colours: Int8Array,
  at: number,
): number {
  let least = distanceOf(parts, hashes, colours, at, coarseDistance(parts.hash, hashes, at * hashWords));
  for (const other of turned) {
    const coarse = coarseDistance(other.hash, hashes, at * hashWords);
    if (coarse > maxTurnedCoarse) continue;
    least = Math.min(least, distanceOf(other, hashes, colours, at, coarse) + turnedPenalty);
  }
  return least;
}

/** For unrelated pictures, coarse hashes differ by 31 on average, and colours by 60. */
function distanceOf(
  parts: ComparedParts,
  hashes: Uint32Array,
  colours: Int8Array,
  at: number,
  coarse: number,
): number {
  const near = coarse + colourDistance(parts.colours, colours, at * colourLength) / 2;
  // The fine hash distinguishes near duplicates from merely similar pictures; it is not needed for distant ones.
  return near > maxDistance ? near : near + fineDistance(parts.hash, hashes, at * hashWords) / 16;
}

function filled<Column extends Float64Array | Uint32Array | Int8Array>(column: Column, from: Column): Column {
  column.set(from);
  return column;
}
