import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { openPlain } from '../test-database';

test('keeps attempts of version 9 unchanged and sums their costs by the index alone', () => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations.slice(0, 9));
  database.exec(`INSERT INTO image_generation_log
    (id, message_id, provider, model, outcome, requested_at, duration_ms, cost_micro_usd)
    VALUES ('a', 'm', 'google', 'x', 'ready', 5, 2, 33600)`);
  const before = database.prepare('SELECT * FROM image_generation_log').all();
  migrate(database, migrations.slice(0, 10));
  expect(database.prepare('SELECT * FROM image_generation_log').all()).toEqual(before);
  const plan = database
    .prepare<[], { detail: string }>(
      `EXPLAIN QUERY PLAN SELECT cost_micro_usd FROM image_generation_log
       WHERE requested_at >= 1 AND requested_at < 9`,
    )
    .all();
  expect(plan.map(({ detail }) => detail).join()).toContain('COVERING INDEX image_generation_log_by_cost');
});
