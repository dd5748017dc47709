// SQL that adds pictures to the gallery from the messages that produced them.

/**
 * Each picture gets the place of its message's date. One that the outbox will add is left to it, which puts it after
 * every other picture.
 *
 * @param condition on the messages, which are called `m`.
 */
export function insertFromMessagesSql(condition: string): string {
  return `INSERT OR IGNORE INTO user_images
      (id, message_id, file, width, height, bytes, thumbhash, prompt, provider, model, params, created_at)
    SELECT m.id, m.id, m.image_file, coalesce(m.width, 1), coalesce(m.height, 1), coalesce(m.bytes, 0),
           m.thumbhash, coalesce(m.prompt, ''), coalesce(m.provider, ''), coalesce(m.model, ''), m.params,
           m.created_at
    FROM messages m WHERE m.image_file IS NOT NULL AND m.picture_id IS NULL AND ${condition}
      AND m.id NOT IN (SELECT coalesce(iif(json_valid(payload), payload ->> 'id', NULL), '') FROM outbox
                       WHERE kind = 'user-image')`;
}
