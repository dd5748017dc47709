// Workflows of a service in a real database.
import { beforeEach, expect, it } from 'vitest';
import { failure } from '../../../shared/domain/errors';
import { newService } from '../../../shared/domain/services';
import { maxWorkflows, type Workflow } from '../../../shared/domain/workflows';
import { createStore } from '../db/open';
import { openPlain } from '../db/test-database';
import { createWorkflowHandlers } from './workflow-handlers';

function workflow(name: string, text = 'a'): Workflow {
  return {
    name,
    graph: { '1': { class_type: 'SaveImage', inputs: { text } } },
    places: { prompt: [{ node: '1', input: 'text' }] },
  };
}

let changes = 0;
let database = openPlain(':memory:');
let store = createStore(database);
let handlers = open();
beforeEach(() => {
  database = openPlain(':memory:');
  store = createStore(database);
  handlers = open();
  changes = 0;
});

const run = (sql: string) => database.exec(sql);

function open() {
  return createWorkflowHandlers({
    store,
    services: {
      find: (id) =>
        id === 'painter' ? newService(id, 'painter', 'Painter') : newService(id, 'comfyui', 'Mine'),
    },
    listFiles: async () => failure('unreachable'),
    onChange: () => {
      changes += 1;
    },
  });
}

const names = (service: string) => store.workflows.list(service).map(({ name }) => name);

it('keeps the workflows of each service in the order in which they were added', async () => {
  for (const name of ['b', 'a', '画 “&\\'])
    handlers['workflows:save']({ service: 'one', workflow: workflow(name) });
  handlers['workflows:save']({ service: 'two', workflow: workflow('a') });
  handlers['workflows:save']({ service: 'one', workflow: workflow('b', 'changed') });
  expect(names('one')).toEqual(['b', 'a', '画 “&\\']);
  expect(store.workflows.list('one')[0]).toEqual(workflow('b', 'changed'));
  handlers['workflows:remove']({ service: 'one', name: 'a' });
  expect([names('one'), names('two')]).toEqual([['b', '画 “&\\'], ['a']]);
  expect(changes).toBe(6);
});

it('refuses a workflow of another kind of service, and one too many', () => {
  expect(handlers['workflows:save']({ service: 'painter', workflow: workflow('a') })).toMatchObject({
    code: 'not_found',
  });
  for (let index = 0; index < maxWorkflows; index += 1) store.workflows.save('one', workflow(`${index}`));
  expect(handlers['workflows:save']({ service: 'one', workflow: workflow('more') })).toMatchObject({
    code: 'too_many_workflows',
  });
  expect(handlers['workflows:save']({ service: 'one', workflow: workflow('7', 'b') })).toMatchObject({
    ok: true,
  });
  expect(names('one')).toHaveLength(maxWorkflows);
});

it('leaves out rows that no version writes', () => {
  for (const name of ['good', 'no JSON', 'another form']) store.workflows.save('one', workflow(name));
  run("UPDATE workflows SET graph = '{' WHERE name = 'no JSON'");
  run(`UPDATE workflows SET places = '{"prompt": 7}' WHERE name = 'another form'`);
  expect(names('one')).toEqual(['good']);
});
