import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { openPlain } from '../test-database';

test('keeps messages of version 6 unchanged and finds their costs by the index', () => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations.slice(0, 6));
  database.exec(`
    INSERT INTO conversations (id, title, created_at, updated_at) VALUES ('c', 'Fox', 1, 2);
    INSERT INTO messages (id, conversation_id, role, kind, status, text, cost_micro_usd, created_at, updated_at)
      VALUES ('m', 'c', 'assistant', 'text', 'ready', 'Hello', 12, 1, 2);`);
  const before = database.prepare('SELECT * FROM messages').all();
  migrate(database, migrations.slice(0, 7));
  expect(database.prepare('SELECT * FROM messages').all()).toEqual(before);
  const plan = database
    .prepare<[], { detail: string }>(
      `EXPLAIN QUERY PLAN SELECT sum(cost_micro_usd) FROM messages
       WHERE kind = 'text' AND cost_micro_usd > 0 AND updated_at >= 1`,
    )
    .all();
  expect(plan.map(({ detail }) => detail).join()).toContain('messages_by_cost');
});
