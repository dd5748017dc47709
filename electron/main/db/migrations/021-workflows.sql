-- ComfyUI workflows that the user has added to a service. Pictures keep the name as the name of their model.

CREATE TABLE workflows (
  service_id TEXT NOT NULL,
  name TEXT NOT NULL,
  -- JSON: the graph in the API format, and where its values go; see shared/domain/workflows.ts.
  graph TEXT NOT NULL,
  places TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (service_id, name)
) STRICT, WITHOUT ROWID;
