// Writes the pictures of an answer with several: each is a separate arrival, and the first one lists the others.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { type Answer, type AnswerPart, maxAnswerPictures, sharesOf } from '../../../shared/domain/answers';
import { maxTextLength } from '../../../shared/domain/conversations';
import type { Result } from '../../../shared/domain/errors';
import { arrivalFile, keptFile, recipeFile } from '../../../shared/domain/picture-files';
import type { Arrival } from '../../../shared/generator/arrivals';
import type { FurtherPicture } from '../services/service';
import { flushArrival } from './arrivals';
import { displayInfoOf } from './display-info';

export type ReceivedAnswer = {
  /** The pictures that get their own rows. */
  further: readonly FurtherPicture[];
  lost: number;
  words: string;
  costMicroUsd: number | null;
};

/** `share`: the cost of the part that has a row already, which is the first picture, or the text of a reply. */
export type PlannedAnswer = {
  answer: Answer | undefined;
  share: number | null;
  further: readonly FurtherPicture[];
};

/**
 * Assigns ids and shares of the cost to an answer's parts. The answer is undefined for a single picture, which
 * needs neither.
 */
export function planAnswer({ further, lost, words, costMicroUsd }: ReceivedAnswer): PlannedAnswer {
  const kept = further.slice(0, maxAnswerPictures);
  const text = words.trim().slice(0, maxTextLength).toWellFormed();
  const allLost = lost + further.length - kept.length;
  if (kept.length === 0 && allLost === 0 && text === '') {
    return { answer: undefined, share: costMicroUsd, further: [] };
  }
  const [share = null, ...shares] = sharesOf(costMicroUsd, 1 + kept.length);
  const parts = kept.map(({ bytes }, index): AnswerPart => {
    const displayInfo = displayInfoOf(bytes);
    return {
      id: newId(),
      costMicroUsd: shares[index] ?? null,
      ...(displayInfo && { size: { width: displayInfo.width, height: displayInfo.height } }),
    };
  });
  const answer: Answer = { costMicroUsd, parts, lost: allLost, ...(text !== '' && { words: text }) };
  return { answer, share, further: kept };
}

/** The facts that all pictures of an answer share. `jobId` and `requestId` are those of the answer. */
export type SharedFacts = Omit<Arrival, 'answer' | 'warnings' | 'signature' | 'partOf' | 'bytes'>;

/**
 * Writes each further picture as an arrival, in the answer's order. A picture that cannot be written is missing
 * afterwards, which `presentParts` reports.
 *
 * @param write waits for free space on a full disk.
 */
export async function writeParts(
  dataFolder: string,
  { answer, further }: PlannedAnswer,
  { requestId, jobId, ...shared }: SharedFacts,
  write: (facts: Arrival, bytes: Uint8Array) => Promise<Result<Arrival>>,
): Promise<void> {
  for (const [index, { id, costMicroUsd }] of (answer?.parts ?? []).entries()) {
    const picture = further[index];
    if (!picture) continue;
    const { bytes, mimeType = null, signature } = picture;
    const partOf = { requestId, jobId };
    const facts: Arrival = { ...shared, requestId: id, jobId: id, costMicroUsd, mimeType, partOf };
    const written = await write({ ...facts, ...(signature !== undefined && { signature }) }, bytes);
    if (!written.ok) console.error('A further picture of an answer could not be kept:', written.code);
    // Not awaited, because storing the picture flushes it, too, and the first picture need not wait for the disk.
    else void flushArrival(dataFolder, id).catch(() => {});
  }
}

/** Returns the answer with the parts that are on disk. Parts that are missing after a crash count as lost. */
export function presentParts(dataFolder: string, answer: Answer): Answer {
  const isThere = ({ id }: AnswerPart) =>
    [arrivalFile(id), keptFile(id), recipeFile(id)].some((file) => existsSync(path.join(dataFolder, file)));
  const parts = answer.parts.filter(isThere);
  return { ...answer, parts, lost: answer.lost + answer.parts.length - parts.length };
}
