// SQL that adds pictures to the gallery from the messages that produced them.
import { orderKeyAfterAll } from './order-key';

/** Ids of new pictures that the outbox will add. */
const inOutbox = `(SELECT coalesce(iif(json_valid(payload), payload ->> 'id', NULL), '') FROM outbox
                   WHERE kind = 'user-image')`;

const insert = (orderKey: string) => `INSERT OR IGNORE INTO user_images
    (id, message_id, file, width, height, bytes, thumbhash, prompt, provider, model, params, created_at, parent_id,
     order_key)
  SELECT m.id, m.id, m.image_file, coalesce(m.width, 1), coalesce(m.height, 1), coalesce(m.bytes, 0),
         m.thumbhash, coalesce(m.prompt, ''), coalesce(m.provider, ''), coalesce(m.model, ''), m.params,
         m.created_at, m.parent_id, ${orderKey}
  FROM messages m WHERE m.image_file IS NOT NULL AND m.picture_id IS NULL`;

/** Adds one picture at once, by id, even if the outbox would add it later. */
export const insertFromMessageSql = `${insert(
  `iif(m.id IN ${inOutbox}, ${orderKeyAfterAll('m.created_at')}, NULL)`,
)} AND m.id = ?`;

/**
 * Orders each picture by its message's date. Skips pictures that are in the outbox.
 *
 * @param condition on the messages, which are called `m`.
 */
export function insertFromMessagesSql(condition: string): string {
  return `${insert('NULL')} AND ${condition} AND m.id NOT IN ${inOutbox}`;
}
