// Puts a picture into the stack of its near duplicates, once its fingerprint is known.
import type { Database } from 'better-sqlite3';
import { areNearDuplicates, fingerprintVersion, hashDistance } from '../../../shared/domain/fingerprints';
import { importedProvider, promptlessSources } from '../../../shared/domain/read-recipe';
import { prepareQuery } from './prepare-query';

type Leading = { id: number; bytes: Buffer; stack: number | null; hasPrompt: number };

/** Maximum candidates with the same quarter of a hash; with more, the match is a coincidence. */
const maxCompared = 500;
/** Maximum difference of aspect ratios between sizes of one picture, due to rounding. */
const maxRatioDifference = 0.02;

/**
 * SQL: whether one picture was made from the other. A model's edit may look nearly the same, but it is intended; a
 * mere change of size is a duplicate.
 */
function isMadeFrom(made: string, from: string): string {
  return `${made}.parent_id IS NOT NULL AND ${made}.parent_id IN (${from}.id, ${from}.parent_id)
          AND instr(coalesce(${made}.params, ''), '"change":') = 0`;
}

/**
 * SQL: whether a picture has a prompt. An import without one has its file name instead, which differs between copies.
 */
function hasPrompt(picture: string): string {
  const signs = [...promptlessSources.map((source) => `"source":"${source}"`), '"isPromptless":true'];
  const named = signs.map((sign) => `instr(coalesce(${picture}.params, ''), '${sign}') > 0`);
  return `NOT (${picture}.provider = '${importedProvider}' AND (${named.join(' OR ')}))`;
}

/** Other programs may add white space around a prompt. */
const words = (picture: string) => `trim(${picture}.prompt, char(9, 10, 13, 32))`;

/**
 * SQL: whether two pictures have different prompts. However similar they look, the user searches for them by prompt.
 */
function haveOtherPrompts(one: string, other: string): string {
  return `${hasPrompt(one)} AND ${hasPrompt(other)} AND ${words(one)} <> ${words(other)}`;
}

/**
 * Returns a function that compares a picture with those that lead, which are the first one of each stack and those in none,
 * and puts it into the nearest one's stack. So each picture of a stack is a near duplicate of the first, and no chain of
 * small differences joins pictures that differ. The order in which pictures were read decides, and is kept. All prompts in a
 * stack are the same.
 *
 * Hashes of near duplicates differ in so few bits that nearly always one of their quarters is the same, which an index finds.
 */
export function createJoinStack(database: Database): (imageId: string, bytes: Buffer) => boolean {
  const quarters = [1, 3, 5, 7].map((from) =>
    prepareQuery<[{ imageId: string; bytes: Buffer }], Leading>(
      database,
      { id: 'f.id', bytes: 'f.bytes', stack: 'f.stack', hasPrompt: hasPrompt('u') },
      (list) => `SELECT ${list} FROM fingerprints f
         JOIN user_images u ON u.id = f.image_id
         JOIN user_images own ON own.id = @imageId
         WHERE f.leads = 1 AND f.version = ${fingerprintVersion}
           AND substr(f.bytes, ${from}, 2) = substr(@bytes, ${from}, 2)
           AND abs(u.width * own.height - u.height * own.width) <= ${maxRatioDifference} * u.height * own.width
           AND NOT (${isMadeFrom('own', 'u')}) AND NOT (${isMadeFrom('u', 'own')})
           AND NOT (${haveOtherPrompts('own', 'u')})
         LIMIT ${maxCompared}`,
    ),
  );
  const isSeparate = database
    .prepare<[string], number>('SELECT 1 FROM not_duplicates WHERE image_id = ?')
    .pluck();
  const hasOtherPrompt = database
    .prepare<{ imageId: string; stack: number }, number>(
      `SELECT 1 FROM user_images own, fingerprints f JOIN user_images u ON u.id = f.image_id
       WHERE own.id = @imageId AND f.stack = @stack AND ${haveOtherPrompts('own', 'u')} LIMIT 1`,
    )
    .pluck();
  const lead = database.prepare<[string]>('UPDATE fingerprints SET leads = 1 WHERE image_id = ?');
  const begin = database.prepare<[number]>(
    'UPDATE fingerprints SET stack = id WHERE id = ? AND stack IS NULL',
  );
  const join = database.prepare<{ imageId: string; stack: number }>(
    'UPDATE fingerprints SET stack = @stack WHERE image_id = @imageId',
  );

  function nearest(imageId: string, bytes: Buffer): Leading | undefined {
    const all = quarters.flatMap((quarter) => quarter.all({ imageId, bytes }));
    const near = all.filter((other) => areNearDuplicates(bytes, other.bytes));
    const distance = (other: Leading) => hashDistance(bytes, other.bytes);
    return near
      .toSorted((a, b) => distance(a) - distance(b) || a.id - b.id)
      .find(({ stack, hasPrompt }) => stack === null || hasPrompt === 1 || !isOfOtherPrompt(imageId, stack));
  }

  /** Used if the stack's first picture has no prompt. */
  function isOfOtherPrompt(imageId: string, stack: number): boolean {
    return hasOtherPrompt.get({ imageId, stack }) !== undefined;
  }

  return (imageId, bytes) => {
    if (isSeparate.get(imageId) !== undefined) return false;
    const first = nearest(imageId, bytes);
    if (!first) {
      lead.run(imageId);
      return false;
    }
    begin.run(first.id);
    join.run({ imageId, stack: first.stack ?? first.id });
    return true;
  };
}
