// The order of pictures in the gallery: user_images.order_key, which is compared and never read as a time.

/** The last millisecond, in 2248, whose numbers fit into 64 bits, as in 014-gallery-sequence.sql. */
const maxTime = 8_796_093_022_206;

/**
 * Returns SQL for the key of a new picture: usually derived from its time, or one more than the highest key if the
 * clock is behind. Use it for one row at a time, because SQLite computes the highest key once per statement.
 *
 * @param createdAt an SQL expression, in UTC milliseconds.
 */
export function orderKeyAfterAll(createdAt: string): string {
  return `max((SELECT coalesce(max(order_key) + 1, 0) FROM user_images),
              min(max(${createdAt}, 0), ${maxTime}) * 1048576)`;
}

/** Read and bound as text, because it exceeds Number.MAX_SAFE_INTEGER. @param table what the query calls the table. */
export function positionText(table: string): string {
  return `CAST(${table}.order_key AS TEXT)`;
}
