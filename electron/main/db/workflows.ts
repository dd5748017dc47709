// The workflows table: ComfyUI workflows of each service, in the order in which they were added.

import type { Database } from 'better-sqlite3';
import { parseJson } from '../../../shared/domain/parse-json';
import { type Workflow, workflowSchema } from '../../../shared/domain/workflows';
import { columnsOf } from './columns';
import { prepareQuery } from './prepare-query';
import type { TableRow } from './tables';

type WorkflowRow = TableRow<'workflows'>;

const columns = columnsOf('workflows', ['name', 'graph', 'places']);

export function createWorkflowReads(database: Database) {
  const ofService = prepareQuery<[string], Pick<WorkflowRow, 'name' | 'graph' | 'places'>>(
    database,
    columns,
    (list) => `SELECT ${list} FROM workflows WHERE service_id = ? ORDER BY position`,
  );
  return {
    /** Returns the workflows of a service. Rows that no version of this app writes are left out. */
    list: (serviceId: string): Workflow[] => ofService.all(serviceId).flatMap((row) => toWorkflow(row) ?? []),
  };
}

export function createWorkflowWrites(database: Database) {
  const save = database.prepare<Omit<WorkflowRow, 'position'>>(
    `INSERT INTO workflows (service_id, name, graph, places, position)
     VALUES (@service_id, @name, @graph, @places,
       (SELECT coalesce(max(position), 0) + 1 FROM workflows WHERE service_id = @service_id))
     ON CONFLICT (service_id, name) DO UPDATE SET graph = excluded.graph, places = excluded.places`,
  );
  const remove = database.prepare<Pick<WorkflowRow, 'service_id' | 'name'>>(
    'DELETE FROM workflows WHERE service_id = @service_id AND name = @name',
  );
  return {
    /** Adds a workflow behind the others, or replaces the one with this name. */
    save(serviceId: string, { name, graph, places }: Workflow): void {
      save.run({
        ...{ service_id: serviceId, name },
        ...{ graph: JSON.stringify(graph), places: JSON.stringify(places) },
      });
    },
    remove(serviceId: string, name: string): void {
      remove.run({ service_id: serviceId, name });
    },
  };
}

function toWorkflow({
  name,
  graph,
  places,
}: Pick<WorkflowRow, 'name' | 'graph' | 'places'>): Workflow | undefined {
  return workflowSchema.safeParse({ name, graph: parseJson(graph), places: parseJson(places) }).data;
}
