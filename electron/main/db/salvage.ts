// Restores the gallery rows of pictures from the recipes that are stored with their files.
import type { Database } from 'better-sqlite3';
import { importedProvider } from '../../../shared/domain/read-recipe';
import type { Recipe } from '../../../shared/domain/recipe';
import type { Attempt } from './outbox';
import { createUserImageWrites } from './user-images';

export function createSalvageReads(database: Database) {
  const total = database.prepare<[string], string>('SELECT value FROM settings WHERE key = ?').pluck();

  return {
    /** Returns how many pictures a rescue has found so far. */
    total(rescue: string): number {
      return Number(total.get(keyOf(rescue)) ?? 0);
    },
  };
}

export function createSalvageWrites(database: Database) {
  const userImages = createUserImageWrites(database);
  // The entry has the picture's id, so its cost counts only once, however often the rescue is repeated.
  const attempt = database.prepare<[Omit<Attempt, 'messageId' | 'outcome' | 'errorCode'>]>(
    `INSERT OR IGNORE INTO image_generation_log
       (id, message_id, provider, model, outcome, requested_at, duration_ms, cost_micro_usd)
     SELECT @id, @id, @provider, @model, 'ready', @requestedAt, @durationMs, @costMicroUsd
     WHERE NOT EXISTS (SELECT 1 FROM image_generation_log WHERE message_id = @id AND outcome = 'ready')`,
  );
  const charge = database.prepare<
    [Pick<Attempt, 'id' | 'provider' | 'model' | 'requestedAt' | 'costMicroUsd'> & { answerId: string }]
  >(
    `INSERT INTO charges (id, kind, message_id, provider, model, requested_at, state, amount_micro_usd)
     SELECT @id, 'picture', @id, @provider, @model, @requestedAt, 'made', @costMicroUsd
     WHERE NOT EXISTS (SELECT 1 FROM charges WHERE (message_id = @id OR id = @answerId) AND state = 'made')`,
  );
  // Whether the user's file still exists is checked later, because its drive may be disconnected now.
  const link = database.prepare<{ id: string; path: string; modifiedAt: number }>(
    'UPDATE user_images SET linked_path = @path, linked_modified_at = @modifiedAt WHERE id = @id',
  );
  const addToTotal = database.prepare<{ key: string; count: number }>(
    `INSERT INTO settings (key, value) VALUES (@key, @count)
     ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + excluded.value`,
  );
  const markUncertain = database.prepare(
    `UPDATE messages SET status = 'generating' WHERE status = 'pending'`,
  );

  return {
    /**
     * Adds missing rows of pictures. Does not change existing rows, even in Trash. Call inside a transaction.
     *
     * @param rescue names the rescue. Its total is stored in the same transaction, so that it stays right however
     *   often the rescue is restarted.
     * @returns the ids of the pictures that are new in the gallery.
     */
    add(rescue: string, recipes: readonly Recipe[]): string[] {
      const added = recipes.filter((recipe) => {
        const { id, file, width, height, bytes, thumbhash, prompt, provider, model, createdAt } = recipe;
        const params = JSON.stringify(recipe.params);
        const facts = { file, width, height, bytes, thumbhash, prompt, provider, model, params, createdAt };
        const parentId = parentOf(recipe);
        if (!userImages.insertDated({ id, messageId: id, ...facts, parentId })) return false;
        if (recipe.link) link.run({ id, ...recipe.link });
        // An imported picture has no attempt, and neither has one that was made here from another one.
        if (provider === importedProvider || recipe.params.change) return true;
        const { costMicroUsd, durationMs, partOf } = recipe;
        const requestedAt = createdAt - durationMs;
        // If the ledger has the request, it already includes the shares of all its pictures.
        const answerId = partOf?.requestId ?? id;
        attempt.run({ id, provider, model, requestedAt, durationMs, costMicroUsd });
        charge.run({ id, answerId, provider, model, requestedAt, costMicroUsd });
        return true;
      });
      if (added.length > 0) addToTotal.run({ key: keyOf(rescue), count: added.length });
      return added.map(({ id }) => id);
    },
    /**
     * Marks the pending pictures and replies of a restored backup as possibly sent: their requests may have been sent
     * after the backup, and billed requests must not be repeated.
     */
    markUncertain(): void {
      markUncertain.run();
    },
  };
}

function parentOf({ params, parentId }: Recipe): string | null {
  if (parentId) return parentId;
  return 'references' in params ? (params.references?.[0] ?? null) : null;
}

function keyOf(rescue: string): string {
  return `salvaged:${rescue}`;
}
