// Reads the catalogue of engines and models: the built-in one, or that of AFTERIMAGE_ENGINE_CATALOGUE.
import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { type EngineCatalogue, engineCatalogueSchema } from '../../../shared/domain/engine-catalogue';
import { failure, type Result, success } from '../../../shared/domain/errors';
import builtIn from './built-in-catalogue.json';

/** Larger than any catalogue that the schema accepts. */
const maxCatalogueBytes = 1_000_000;

export type CatalogueSource = {
  /** Path or URL of another catalogue for this run; null for the built-in one. */
  given: string | null;
  /** Returns the text at an http(s) address, of at most `maxBytes`. */
  fetchText: (url: string, maxBytes: number) => Promise<string>;
};

/**
 * Returns the catalogue of this run. A given one that cannot be read is an error and never replaced by the built-in one,
 * because the user wanted exactly that one.
 */
export async function readCatalogue({ given, fetchText }: CatalogueSource): Promise<Result<EngineCatalogue>> {
  if (given === null) return success(engineCatalogueSchema.parse(builtIn));
  try {
    const text = /^https?:/i.test(given) ? await fetchText(given, maxCatalogueBytes) : await readText(given);
    const parsed = engineCatalogueSchema.safeParse(JSON.parse(text.replace(/^\uFEFF/, '')));
    if (parsed.success) return success(parsed.data);
    return unusable(z.prettifyError(parsed.error).slice(0, 300));
  } catch (error) {
    // Not shown: only in the log.
    if (error instanceof SyntaxError) return unusable('It is not JSON.');
    // Not shown: only in the log.
    return unusable(error instanceof Error ? error.message : 'It cannot be read.');
  }
}

async function readText(file: string): Promise<string> {
  const found = await stat(file);
  if (!found.isFile()) throw new Error('It is not a file.');
  if (found.size > maxCatalogueBytes) throw new Error('It is larger than 1 MB.');
  return readFile(file, 'utf8');
}

function unusable(reason: string) {
  console.error(`The catalogue of AFTERIMAGE_ENGINE_CATALOGUE cannot be used: ${reason}`);
  return failure('engine_catalogue_unusable');
}
