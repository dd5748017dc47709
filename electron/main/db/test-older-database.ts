// For tests and measurements: a database of an older version with many rows.
import type { Database } from 'better-sqlite3';
import { migrate } from './migrate';
import { migrations } from './migrations';

/** One conversation has this many messages: a question and an answer with one picture, again and again. */
const messagesPerConversation = 50;
/** UTC milliseconds of the first row, and between two rows. */
const [firstAt, rowMs] = [1_700_000_000_000, 60_000];

/**
 * Fills an empty database with this many messages and pictures, and migrates it to a version. Every other message is a
 * picture of the gallery; the gallery's other pictures have no message. Every tenth picture is in Trash.
 */
export function fillOlder(database: Database, version: number, rows: number): void {
  migrate(database, migrations.slice(0, 1));
  const numbers = 'WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers LIMIT @rows)';
  const at = `(${firstAt} + n * ${rowMs})`;
  const id = (kind: number, n = 'n') =>
    `printf('%08x-%04x-7000-8000-%012x', (${firstAt} + (${n}) * ${rowMs}) >> 16,
            (${firstAt} + (${n}) * ${rowMs}) & 65535, (${n}) * 4 + ${kind})`;
  const conversation = id(0, `n / ${messagesPerConversation} * ${messagesPerConversation}`);
  const isPicture = 'n % 2 = 1';
  const prompt = `'a lighthouse on a cliff in heavy rain at dusk, number ' || n || ', with a gull above the waves'`;
  const params = `'{"aspectRatio":"3:2","seed":' || n || '}'`;
  const file = `printf('images/%02x/%012x.png', n % 256, n)`;
  // A seventh of the pictures has no known price.
  const steps = [
    `INSERT INTO conversations (id, title, created_at, updated_at)
     SELECT DISTINCT ${conversation}, 'A chat', ${at}, ${at} FROM numbers WHERE n % ${messagesPerConversation} = 0`,
    `INSERT INTO messages (id, conversation_id, role, kind, status, text, prompt, params, provider, model, image_file,
                           width, height, bytes, thumbhash, created_at, updated_at)
     SELECT ${id(1)}, ${conversation}, iif(${isPicture}, 'assistant', 'user'), iif(${isPicture}, 'image', 'text'),
            'ready', iif(${isPicture}, '', ${prompt}), iif(${isPicture}, ${prompt}, NULL),
            iif(${isPicture}, ${params}, NULL), 'google', 'gemini-3-pro-image', iif(${isPicture}, ${file}, NULL),
            1024, 1024, 1700000, iif(${isPicture}, randomblob(25), NULL), ${at}, ${at} FROM numbers`,
    `INSERT INTO user_images (id, message_id, file, width, height, bytes, thumbhash, prompt, provider, model, params,
                              created_at, deleted_at)
     SELECT ${id(1)}, ${id(1)}, ${file}, 700 + n % 500, 1024, 1700000 + n, randomblob(25), ${prompt}, 'google',
            'gemini-3-pro-image', ${params}, ${at}, iif(n % 10 = 0, ${at}, NULL) FROM numbers`,
    `INSERT INTO image_generation_log (id, message_id, provider, model, outcome, requested_at, duration_ms,
                                       cost_micro_usd)
     SELECT ${id(2)}, ${id(1)}, 'google', 'gemini-3-pro-image', 'ready', ${at}, 9000, iif(n % 7 = 0, NULL, 134000)
     FROM numbers`,
  ];
  database.transaction(() => {
    for (const step of steps) database.prepare(`${numbers} ${step}`).run({ rows });
  })();
  migrate(database, migrations.slice(0, version));
}
