// Gives pictures their gallery rows back, from what their files say about themselves.
import type { Database } from 'better-sqlite3';
import { importedProvider } from '../../../shared/domain/read-recipe';
import type { Recipe } from '../../../shared/domain/recipe';

export function createSalvage(database: Database) {
  const image = database.prepare<[Record<string, string | number | Buffer>]>(
    `INSERT OR IGNORE INTO user_images (id, message_id, file, width, height, bytes, thumbhash, prompt,
                                        provider, model, params, created_at)
     VALUES (@id, @id, @file, @width, @height, @bytes, @thumbhash, @prompt,
             @provider, @model, @params, @createdAt)`,
  );
  // What it cost counts again too, once: its id is the picture's.
  const attempt = database.prepare<[Record<string, string | number | null>]>(
    `INSERT OR IGNORE INTO image_generation_log
       (id, message_id, provider, model, outcome, requested_at, duration_ms, cost_micro_usd)
     SELECT @id, @id, @provider, @model, 'ready', @requestedAt, @durationMs, @costMicroUsd
     WHERE NOT EXISTS (SELECT 1 FROM image_generation_log WHERE message_id = @id AND outcome = 'ready')`,
  );
  const add = database.prepare<[string, number]>(
    `INSERT INTO settings (key, value) VALUES (?, ?)
     ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + excluded.value`,
  );
  const total = database.prepare<[string], string>('SELECT value FROM settings WHERE key = ?').pluck();
  const uncertain = database.prepare(
    `UPDATE messages SET status = 'generating' WHERE kind = 'image' AND status = 'pending'`,
  );

  return {
    /**
     * Adds a row for each picture that has none; one that is there, in the trash too, stays as it is. Call it
     * inside a transaction.
     *
     * @param rescue which rescue this is part of: how many it has found is kept with the rows, so that it is
     *   right however often it is begun again.
     * @returns the ids of the pictures that are new in the gallery.
     */
    add(rescue: string, recipes: readonly Recipe[]): string[] {
      const added = recipes.filter((recipe) => {
        const { id, file, width, height, bytes, prompt, provider, model, createdAt, durationMs } = recipe;
        const thumbhash = Buffer.from(recipe.thumbhash, 'base64');
        const params = JSON.stringify(recipe.params);
        const row = { id, file, width, height, bytes, thumbhash, prompt, provider, model, params, createdAt };
        if (image.run(row).changes === 0) return false;
        // What was brought in was never asked for here.
        if (provider === importedProvider) return true;
        const { costMicroUsd } = recipe;
        const requestedAt = createdAt - durationMs;
        attempt.run({ id, provider, model, requestedAt, durationMs, costMicroUsd });
        return true;
      });
      if (added.length > 0) add.run(keyOf(rescue), added.length);
      return added.map(({ id }) => id);
    },
    /** @returns how many pictures a rescue has found so far. */
    total(rescue: string): number {
      return Number(total.get(keyOf(rescue)) ?? 0);
    },
    /**
     * For a restored backup: what waited when it was taken may have been sent to a provider since. Says so, so
     * that nothing billed is asked for twice.
     */
    markUncertain(): void {
      uncertain.run();
    },
  };
}

function keyOf(rescue: string): string {
  return `salvaged:${rescue}`;
}
