// Which pictures of the gallery were made from a recipe: what may answer in a provider's place.
import type { Database } from 'better-sqlite3';
import type { PictureParams } from '../../../shared/domain/models';
import { readParams } from './picture-params';

export type SoughtRecipe = { provider: string; model: string; prompt: string; params: PictureParams };

export type ReusablePicture = { id: string; file: string };

/** So many of a prompt are looked at. Whoever has made more of it gets one of the newest. */
const maxCandidates = 100;

/** As the index in 004-reused-pictures.sql has it, to the letter. */
const promptKey = `replace(replace(replace(replace(prompt, ' ', ''), char(9), ''), char(10), ''), char(13), '')`;

/** Exported for the test that it asks its index. */
export const madeFromSql = `
  SELECT id, file, prompt, params FROM user_images
  WHERE provider = @provider AND model = @model AND ${promptKey} = @key
    AND deleted_at IS NULL AND purged_at IS NULL AND missing_at IS NULL
    AND (@seed IS NULL OR (json_valid(params) AND json_extract(params, '$.seed') = @seed))
  ORDER BY id DESC LIMIT @limit`;

export function createReusablePictures(database: Database) {
  const made = database.prepare<
    { provider: string; model: string; key: string; seed: number | null; limit: number },
    { id: string; file: string; prompt: string; params: string | null }
  >(madeFromSql);

  return {
    /**
     * @param withSeed whether the seed is part of the recipe. Whether chance or a user chose it never is.
     * @returns the pictures made from this recipe that are in the gallery, the newest first.
     */
    find({ provider, model, prompt, params }: SoughtRecipe, withSeed: boolean): ReusablePicture[] {
      const key = prompt.replace(/[ \t\n\r]/g, '');
      const seed = withSeed ? params.seed : null;
      return made
        .all({ provider, model, key, seed, limit: maxCandidates })
        .filter((row) => sameWords(row.prompt, prompt) && sameParams(readParams(row.params), params))
        .map(({ id, file }) => ({ id, file }));
    },
  };
}

function sameWords(a: string, b: string): boolean {
  return wordsOf(a) === wordsOf(b);
}

function wordsOf(prompt: string): string {
  return prompt.replace(/[ \t\n\r]+/g, ' ').trim();
}

/** @returns whether all but the seeds is the same, whatever else parameters come to hold. */
export function sameParams(a: PictureParams | null, b: PictureParams): boolean {
  return a !== null && inOrder(a) === inOrder(b);
}

function inOrder({ seed: _seed, seedChosen: _chosen, ...rest }: PictureParams): string {
  return JSON.stringify(Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
