// The last statements of a seeded database: favourites, looks and stacks.
import SqliteDatabase from 'better-sqlite3';
import { fingerprintBytes, fingerprintVersion } from '../../shared/domain/fingerprints';

/** The first pictures of each run of this length are a stack. */
const [picturesPerStack, stackSize] = [20, 4];

/**
 * Marks favourites, and gives each picture a look of its own, as if the app had read it: many share a file, and would be
 * one stack. Stacks that are wanted are of pictures that were made one after the other.
 */
export function finish(
  file: string,
  { nativeBinding, stacks }: { nativeBinding: string | undefined; stacks: boolean },
  favourites: readonly string[],
): void {
  const database = new SqliteDatabase(file, nativeBinding === undefined ? {} : { nativeBinding });
  try {
    const mark = database.prepare<[string]>('UPDATE user_images SET favourite = 1 WHERE id = ?');
    database.transaction(() => {
      for (const id of favourites) mark.run(id);
      database.exec(`UPDATE fingerprints
        SET version = ${fingerprintVersion}, bytes = randomblob(${fingerprintBytes}), leads = 1`);
      if (stacks) database.exec(stackSome);
    })();
  } finally {
    database.close();
  }
}

const place = `(fingerprints.id - 1) % ${picturesPerStack}`;
const first = `fingerprints.id - ${place}`;
const stackSome = `UPDATE fingerprints SET stack = ${first}, leads = (${place} = 0),
    bytes = (SELECT leading.bytes FROM fingerprints leading WHERE leading.id = ${first})
  WHERE ${place} < ${stackSize}`;
