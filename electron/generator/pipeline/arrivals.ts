// Stores the bytes that providers send, unchanged and with their facts, before anything decodes them.

import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { type Result, success } from '../../../shared/domain/errors';
import { parseJson } from '../../../shared/domain/parse-json';
import {
  arrivalFile,
  arrivalsFolder,
  factsOf,
  keptFile,
  recipeFile,
} from '../../../shared/domain/picture-files';
import { serviceOf } from '../../../shared/domain/service-directory';
import { type Arrival, arrivalSchema } from '../../../shared/generator/arrivals';
import type { PictureJob, RecoverJob } from '../../../shared/generator/jobs';
import { renameReplacing } from '../../files/rename-replacing';
import {
  flushFile,
  flushWithFolders,
  writeInOrderWithoutFlush,
  writeWithoutFlush,
} from '../../files/write-atomically';
import { faultPoint } from '../codec/fault-point';
import { notStored } from './not-stored';

/**
 * Writes bytes from a provider. The facts are written first, so that bytes never exist without them; facts without
 * bytes mean that a crash interrupted the write. Never overwrites existing bytes: those of another answer get their
 * own id.
 * Does not flush, because a killed process loses nothing, and `flushArrival` can run beside other work.
 *
 * @returns the facts as written, or `disk_full` or `picture_not_stored`.
 */
export async function writeArrival(
  dataFolder: string,
  facts: Arrival,
  bytes: Uint8Array,
): Promise<Result<Arrival>> {
  const isTaken = existsSync(path.join(dataFolder, arrivalFile(facts.requestId)));
  const written = { ...facts, bytes: bytes.length, ...(isTaken && { requestId: newId() }) };
  const file = path.join(dataFolder, arrivalFile(written.requestId));
  try {
    const facts = { file: factsOf(file), bytes: encode(written) };
    await writeInOrderWithoutFlush([facts, { file, bytes }], (index) => {
      if (index === 0) faultPoint('arrive: the facts are written');
    });
  } catch (error) {
    await rm(factsOf(file), { force: true }).catch(() => {});
    return notStored(error);
  }
  faultPoint('store: the bytes have arrived');
  return success(written);
}

/** Flushes an arrival, so that it survives a power failure. */
export async function flushArrival(dataFolder: string, requestId: string): Promise<void> {
  const file = path.join(dataFolder, arrivalFile(requestId));
  await Promise.all([flushWithFolders(file), flushFile(factsOf(file))]);
}

/**
 * Returns the arrival that a job can use: that of its own request, or one that an earlier attempt at the same
 * picture left and that may have been paid for. A picture of another model is not the same picture.
 */
export async function findArrival(dataFolder: string, job: PictureJob | RecoverJob): Promise<Arrival | null> {
  const own = await readArrival(dataFolder, job.requestId);
  if (own) return own;
  for (const requestId of await arrivedIds(dataFolder)) {
    const arrival = await readArrival(dataFolder, requestId);
    if (arrival && arrival.jobId === job.jobId && isSamePicture(arrival, job)) return arrival;
  }
  return null;
}

function isSamePicture(arrival: Arrival, { provider, model, prompt }: PictureJob | RecoverJob): boolean {
  return arrival.provider === provider && arrival.model === model && arrival.prompt === prompt;
}

/** Returns null if the bytes are missing, or the facts are missing or of an unknown version. */
async function readArrival(dataFolder: string, requestId: string): Promise<Arrival | null> {
  const file = path.join(dataFolder, arrivalFile(requestId));
  if (!existsSync(file)) return null;
  const facts = await readFile(factsOf(file), 'utf8').catch(() => '');
  const arrival = parseFacts(facts);
  return arrival?.requestId === requestId ? arrival : null;
}

/** Returns the facts of a request's arrival, wherever its bytes are; null if there are none. */
export async function readFacts(dataFolder: string, requestId: string): Promise<Arrival | null> {
  for (const file of [arrivalFile(requestId), keptFile(requestId)]) {
    const facts = parseFacts(await readFile(path.join(dataFolder, factsOf(file)), 'utf8').catch(() => ''));
    if (facts?.requestId === requestId) return facts;
  }
  return null;
}

/** Returns whether the bytes of a request are in `kept/` because they cannot be opened. */
export function isKept(dataFolder: string, requestId: string): boolean {
  return existsSync(path.join(dataFolder, keptFile(requestId)));
}

async function arrivedIds(dataFolder: string): Promise<string[]> {
  const names = await readdir(path.join(dataFolder, arrivalsFolder)).catch(() => []);
  return names.filter((name) => !name.includes('.')).toSorted();
}

/**
 * Turns a file into an arrival, for example one that an older version stored elsewhere.
 *
 * @param source relative to the data folder
 */
export async function moveToArrivals(dataFolder: string, source: string, facts: Arrival): Promise<Arrival> {
  const target = arrivalFile(facts.requestId);
  const isTaken = source !== target && existsSync(path.join(dataFolder, target));
  const moved = isTaken ? { ...facts, requestId: newId() } : facts;
  const file = path.join(dataFolder, arrivalFile(moved.requestId));
  await writeWithoutFlush(factsOf(file), encode(moved));
  await renameReplacing(path.join(dataFolder, source), file);
  return moved;
}

/** Moves an arrival that cannot be opened to `kept/`, where only the user deletes it. */
export async function keepArrival(dataFolder: string, arrival: Arrival): Promise<void> {
  const from = path.join(dataFolder, arrivalFile(arrival.requestId));
  const to = path.join(dataFolder, keptFile(arrival.requestId));
  await mkdir(path.dirname(to), { recursive: true });
  await writeWithoutFlush(factsOf(to), encode(arrival));
  await renameReplacing(from, to);
  await rm(factsOf(from), { force: true });
  await flushWithFolders(to);
}

/** Removes the facts of an arrival whose bytes have become a picture's file. */
export async function forgetFacts(dataFolder: string, requestId: string): Promise<void> {
  const file = path.join(dataFolder, arrivalFile(requestId));
  if (!existsSync(file)) await rm(factsOf(file), { force: true });
}

/** Removes an arrival that cost nothing and that belongs to no message. */
export async function discardFreeArrival(dataFolder: string, arrival: Arrival): Promise<void> {
  if (!isFree(arrival)) return;
  for (const id of [arrival.requestId, ...(arrival.answer?.parts ?? []).map((part) => part.id)]) {
    const file = path.join(dataFolder, arrivalFile(id));
    await rm(file, { force: true });
    await rm(factsOf(file), { force: true });
  }
}

function isFree({ provider }: Arrival): boolean {
  return serviceOf(provider).local;
}

/**
 * Removes leftovers of an earlier process: unfinished writes, free facts without bytes, and free prefetches. Facts
 * of a billed request without bytes stay until recovery has reported their cost.
 */
export function tidyArrivals(dataFolder: string): void {
  const folder = path.join(dataFolder, arrivalsFolder);
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const names = entries.flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  const remove = (name: string) => rmSync(path.join(folder, name), { force: true });
  for (const name of names) {
    if (name.endsWith('.part')) remove(name);
    if (!name.endsWith('.json')) continue;
    const id = name.slice(0, -'.json'.length);
    const arrival = parseFacts(readFileSync(path.join(folder, name), 'utf8'));
    const isPaid = arrival !== null && !isFree(arrival);
    if (!existsSync(path.join(folder, id))) {
      // If a picture was stored under its request's id, its row may not have been written yet.
      if (!isPaid && !existsSync(path.join(dataFolder, recipeFile(id)))) remove(name);
      continue;
    }
    if (!arrival || isPaid || (arrival.partOf ?? arrival).jobId !== null) continue;
    remove(id);
    remove(name);
  }
}

function parseFacts(text: string): Arrival | null {
  return arrivalSchema.safeParse(parseJson(text)).data ?? null;
}

function encode(facts: Arrival): Uint8Array {
  return Buffer.from(JSON.stringify(facts));
}
