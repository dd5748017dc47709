// The engine and the model that the supervised server is started with, and their files, which are checked before.
import type { EngineItemId, EngineModel, ModelFileRole } from '../../../../shared/domain/engine-catalogue';

/** `path` is absolute. `sha256` is null for a file of the user's own that has no recorded hash. */
export type CheckedFile = { path: string; sha256: string | null };

export type RunnableEngine = {
  /** Null for an `sd-server` of the user's own. */
  id: EngineItemId | null;
  /** Absolute path. */
  executable: string;
  /** Every file that is executed: the program and the libraries beside it. */
  files: readonly CheckedFile[];
  /** The folder that holds these files and no other one; null for an `sd-server` of the user's own. */
  folder: string | null;
};

export type RunnableModel = Pick<EngineModel, 'id' | 'label' | 'edits' | 'defaults' | 'arguments'> & {
  files: readonly (CheckedFile & { role: ModelFileRole })[];
};

/** The engine and the model of one process. */
export type Target = { engine: RunnableEngine; model: RunnableModel };

/** Returns whether a server of one target can do the work of the other. */
export function isSameTarget(a: Target, b: Target): boolean {
  const filesOf = ({ engine, model }: Target) => JSON.stringify([engine, model]);
  return filesOf(a) === filesOf(b);
}
