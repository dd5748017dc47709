// Checks a model file of the user's own: its format, and whether it is a whole checkpoint.

import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import type { ModelFileRole } from '../../../shared/domain/engine-catalogue';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { sentence } from '../../../shared/languages/sentence';

export type ModelFile = { path: string; label: string; bytes: number; role: ModelFileRole };

/** https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
const ggufMagic = 'GGUF';
/** The format's own limit of its header (bytes): https://github.com/huggingface/safetensors#format */
const maxHeaderBytes = 100_000_000;
/** The names of the tensors are at the beginning of both formats (bytes). */
const namesBytes = 8 * 1024 * 1024;
/** Names by which a checkpoint's own decoder is known, which a diffusion model alone does not have. */
const decoderNames = ['first_stage_model.', 'vae.decoder.'];

/** @param file absolute path. */
export async function checkModelFile(file: string): Promise<Result<ModelFile>> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch {
    return failure('not_a_model', sentence('services.engine_file_unreadable'));
  }
  try {
    const found = await handle.stat();
    if (!found.isFile()) return failure('not_a_model');
    const start = Buffer.alloc(Math.min(namesBytes, found.size));
    const { bytesRead } = await handle.read(start, 0, start.length, 0);
    const read = start.subarray(0, bytesRead);
    if (!isGguf(read) && !isSafetensors(read, found.size)) return failure('not_a_model');
    const isWhole = decoderNames.some((name) => read.includes(name));
    const { name } = path.parse(file);
    const role = isWhole ? 'model' : 'diffusion-model';
    return success({ path: file, label: name.slice(0, 200), bytes: found.size, role });
  } finally {
    await handle.close();
  }
}

/** The version after the magic is 2 or 3 in every file that engines of today read. */
function isGguf(start: Buffer): boolean {
  return start.length >= 24 && start.toString('latin1', 0, 4) === ggufMagic && start.readUInt32LE(4) <= 10;
}

/** Eight bytes with the length of the header, then the header, which is JSON. */
function isSafetensors(start: Buffer, size: number): boolean {
  if (start.length < 10) return false;
  const length = start.readBigUInt64LE(0);
  return length >= 2n && length <= BigInt(Math.min(maxHeaderBytes, size - 8)) && start[8] === 0x7b;
}
