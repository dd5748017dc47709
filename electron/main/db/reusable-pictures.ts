// Finds gallery pictures made from a recipe, which can be reused instead of requesting a new one.
import type { Database } from 'better-sqlite3';
import type { PictureParams } from '../../../shared/domain/models';
import { columnsOf } from './columns';
import { readParams } from './picture-params';
import { prepareQuery } from './prepare-query';
import type { RowOf } from './tables';

export type SoughtRecipe = { provider: string; model: string; prompt: string; params: PictureParams };

export type ReusablePicture = { id: string; file: string };

/** Only the newest pictures of a prompt are compared. */
const maxCandidates = 100;

/** The indexed expression, exactly as 004-reused-pictures.sql has it. */
const promptKey = `replace(replace(replace(replace(prompt, ' ', ''), char(9), ''), char(10), ''), char(13), '')`;

const columns = columnsOf('user_images', ['id', 'file', 'prompt', 'params']);

/** Exported for the test that it uses its index: without the plus, SQLite would prefer one that has the order. */
export const madeFromSql = (list: string) => `
  SELECT ${list} FROM user_images
  WHERE provider = @provider AND model = @model AND ${promptKey} = @key
    AND deleted_at IS NULL AND purged_at IS NULL AND missing_at IS NULL
    AND (@seed IS NULL OR (json_valid(params) AND json_extract(params, '$.seed') = @seed))
  ORDER BY +order_key DESC LIMIT @limit`;

export function createReusablePictureReads(database: Database) {
  const madeFrom = prepareQuery<
    [{ provider: string; model: string; key: string; seed: number | null; limit: number }],
    RowOf<'user_images', keyof typeof columns>
  >(database, columns, madeFromSql);

  return {
    /**
     * @param withSeed whether the seed is part of the recipe. Whether the seed was random or chosen never matters.
     * @returns the pictures made from this recipe that are in the gallery, newest first.
     */
    find({ provider, model, prompt, params }: SoughtRecipe, withSeed: boolean): ReusablePicture[] {
      const key = prompt.replace(/[ \t\n\r]/g, '');
      const seed = withSeed ? params.seed : null;
      return madeFrom
        .all({ provider, model, key, seed, limit: maxCandidates })
        .filter((row) => hasSameWords(row.prompt, prompt) && sameParams(readParams(row.params), params))
        .map(({ id, file }) => ({ id, file }));
    },
  };
}

function hasSameWords(a: string, b: string): boolean {
  return normalizeSpace(a) === normalizeSpace(b);
}

function normalizeSpace(prompt: string): string {
  return prompt.replace(/[ \t\n\r]+/g, ' ').trim();
}

/** Returns whether all parameters except the seeds are equal, including any added later. */
export function sameParams(a: PictureParams | null, b: PictureParams): boolean {
  return a !== null && serializeInOrder(a) === serializeInOrder(b);
}

function serializeInOrder({ seed: _seed, seedChosen: _chosen, ...rest }: PictureParams): string {
  return JSON.stringify(Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
