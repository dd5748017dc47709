// The styles table: the user's styles.
import type { Database } from 'better-sqlite3';
import type { ListedStyle } from '../../../shared/contract/styles';
import { type Style, styleSchema } from '../../../shared/domain/styles';
import { columnsOf } from './columns';
import { prepareQuery } from './prepare-query';
import type { TableRow } from './tables';

type StyleRow = Omit<TableRow<'styles'>, 'position'>;
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
    (list) => `SELECT ${list} FROM styles ORDER BY position, id`,
  );
  const count = database.prepare<[], number>('SELECT count(*) FROM styles').pluck();
  const has = database.prepare<[string], number>('SELECT 1 FROM styles WHERE id = ?').pluck();
  return {
    /** Returns every style in the user's order. Rows that no version of this app writes are left out. */
    list: (): ListedStyle[] => all.all().flatMap((row) => toStyle(row) ?? []),
    count: (): number => count.get() ?? 0,
    has: (id: string): boolean => has.get(id) !== undefined,
  };
}

export function createStyleWrites(database: Database) {
  const save = database.prepare<StyleRow>(
    `INSERT INTO styles (id, name, prompt, negative_prompt, picture_id, position)
     VALUES (@id, @name, @prompt, @negative_prompt, @picture_id,
       (SELECT coalesce(max(position), 0) + 1 FROM styles))
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, prompt = excluded.prompt,
       negative_prompt = excluded.negative_prompt, picture_id = excluded.picture_id`,
  );
  const remove = database.prepare<[string]>('DELETE FROM styles WHERE id = ?');
  const ids = database.prepare<[], string>('SELECT id FROM styles ORDER BY position, id').pluck();
  const setPosition = database.prepare<[{ id: string; position: number }]>(
    'UPDATE styles SET position = @position WHERE id = @id',
  );
  return {
    /** Adds a style after the others, or replaces the one with this id. */
    save({ id, name, prompt, negativePrompt, pictureId }: Style): void {
      save.run({ id, name, prompt, negative_prompt: negativePrompt, picture_id: pictureId });
    },
    remove(id: string): void {
      remove.run(id);
    },
    /** Moves a style before another one; to the end if there is none, or it is gone. Call it in a transaction. */
    move(id: string, before: string | null): void {
      const others = ids.all().filter((other) => other !== id);
      const at = before === null ? -1 : others.indexOf(before);
      others.splice(at < 0 ? others.length : at, 0, id);
      for (const [index, other] of others.entries()) setPosition.run({ id: other, position: index + 1 });
    },
  };
}

function toStyle(row: ListedRow): ListedStyle | undefined {
  const { id, name, prompt, negative_prompt: negativePrompt, picture_id: pictureId } = row;
  const { data } = styleSchema.safeParse({ id, name, prompt, negativePrompt, pictureId });
  const isPictureGone = pictureId !== null && row.has_picture === 0;
  return data && { ...data, ...(isPictureGone && { isPictureGone }) };
}
