// Families of pictures: each gallery row refers to the picture from which it was made.
import type { Database } from 'better-sqlite3';
import {
  type Family,
  type FamilyMember,
  maxAncestors,
  maxChildren,
  maxSiblings,
} from '../../../shared/domain/lineage';
import { columnsOf } from './columns';
import { prepareQuery } from './prepare-query';
import type { RowOf } from './tables';
import { stateOf } from './user-images';

const columns = columnsOf('user_images', [
  'id',
  'parent_id',
  'prompt',
  'width',
  'height',
  'deleted_at',
  'missing_at',
]);
type Row = RowOf<'user_images', keyof typeof columns>;

export function createLineageReads(database: Database) {
  // If a message shows a reused picture, that picture counts.
  const find = prepareQuery<[{ id: string }], Row>(
    database,
    columns,
    (list) => `SELECT ${list} FROM user_images
               WHERE purged_at IS NULL AND id IN (@id, (SELECT picture_id FROM messages WHERE id = @id))
               ORDER BY id = @id DESC LIMIT 1`,
  );
  const madeFrom = prepareQuery<[{ parentId: string; limit: number }], Row>(
    database,
    columns,
    (list) => `SELECT ${list} FROM user_images
               WHERE parent_id = @parentId AND deleted_at IS NULL AND purged_at IS NULL
               ORDER BY order_key LIMIT @limit`,
  );

  /** Returns the ancestors, the nearest one first. */
  function ancestorsOf(row: Row): FamilyMember[] {
    const found: FamilyMember[] = [];
    // A tampered database may contain a cycle.
    const known = new Set([row.id]);
    for (let id = row.parent_id; id !== null && found.length < maxAncestors; ) {
      const parent = find.get({ id });
      if (!parent) {
        found.push({ id, parentId: null, prompt: '', width: 1, height: 1, state: 'gone' });
        break;
      }
      if (known.has(parent.id)) break;
      known.add(parent.id);
      found.push(toMember(parent));
      id = parent.parent_id;
    }
    return found;
  }

  return {
    /** Returns undefined if there is no such picture. */
    family(id: string): Family | undefined {
      const row = find.get({ id });
      if (!row) return undefined;
      const beside =
        row.parent_id === null ? [] : madeFrom.all({ parentId: row.parent_id, limit: maxSiblings });
      // Always include the picture itself, even if it is in Trash or there are too many siblings.
      const siblings = beside.some(({ id: other }) => other === row.id)
        ? beside
        : [...beside.slice(0, maxSiblings - 1), row];
      return {
        ancestors: ancestorsOf(row).toReversed(),
        siblings: siblings.map(toMember),
        children: madeFrom.all({ parentId: row.id, limit: maxChildren }).map(toMember),
      };
    },
  };
}

function toMember({ id, parent_id: parentId, prompt, width, height, ...row }: Row): FamilyMember {
  return { id, parentId, prompt, width, height, ...stateOf(row.deleted_at, row.missing_at) };
}
