// The styles table: the user's styles.
import type { Database } from 'better-sqlite3';
import type { ListedStyle } from '../../../shared/contract/styles';
import { type Style, styleSchema } from '../../../shared/domain/styles';
import { columnsOf } from './columns';
import { prepareQuery } from './prepare-query';
import type { TableRow } from './tables';

type StyleRow = TableRow<'styles'>;
type ListedRow = StyleRow & { has_picture: 0 | 1 };

const columns = {
  ...columnsOf('styles', ['id', 'name', 'prompt', 'negative_prompt', 'picture_id']),
  has_picture: `EXISTS (SELECT 1 FROM user_images u
                        WHERE u.id = styles.picture_id AND u.deleted_at IS NULL AND u.purged_at IS NULL)`,
};

export function createStyleReads(database: Database) {
  const all = prepareQuery<[], ListedRow>(
    database,
    columns,
    (list) => `SELECT ${list} FROM styles ORDER BY id`,
  );
  const count = database.prepare<[], number>('SELECT count(*) FROM styles').pluck();
  const has = database.prepare<[string], number>('SELECT 1 FROM styles WHERE id = ?').pluck();
  return {
    /** Returns every style, in no order that users would know. Rows that no version of this app writes are left out. */
    list: (): ListedStyle[] => all.all().flatMap((row) => toStyle(row) ?? []),
    count: (): number => count.get() ?? 0,
    has: (id: string): boolean => has.get(id) !== undefined,
  };
}

export function createStyleWrites(database: Database) {
  const save = database.prepare<StyleRow>(
    `INSERT INTO styles (id, name, prompt, negative_prompt, picture_id)
     VALUES (@id, @name, @prompt, @negative_prompt, @picture_id)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, prompt = excluded.prompt,
       negative_prompt = excluded.negative_prompt, picture_id = excluded.picture_id`,
  );
  const remove = database.prepare<[string]>('DELETE FROM styles WHERE id = ?');
  return {
    /** Adds a style, or replaces the one with this id. */
    save({ id, name, prompt, negativePrompt, pictureId }: Style): void {
      save.run({ id, name, prompt, negative_prompt: negativePrompt, picture_id: pictureId });
    },
    remove(id: string): void {
      remove.run(id);
    },
  };
}

function toStyle(row: ListedRow): ListedStyle | undefined {
  const { id, name, prompt, negative_prompt: negativePrompt, picture_id: pictureId } = row;
  const { data } = styleSchema.safeParse({ id, name, prompt, negativePrompt, pictureId });
  const isPictureGone = pictureId !== null && row.has_picture === 0;
  return data && { ...data, ...(isPictureGone && { isPictureGone }) };
}
