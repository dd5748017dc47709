// Where the engine's files are, inside the data folder.
import path from 'node:path';
import type { EngineItemId } from '../../../shared/domain/engine-catalogue';

export type EngineFolders = ReturnType<typeof engineFolders>;

/**
 * `engine/builds/<id>/` and `engine/models/<id>/` hold what is installed, each in a folder that appears complete and
 * verified by one rename. `engine/partial/<id>/` holds what is being downloaded. `engine/items.json` lists what is
 * installed, `engine/downloads.json` what is wanted.
 */
export function engineFolders(dataFolder: string) {
  const root = path.join(dataFolder, 'engine');
  return {
    root,
    items: path.join(root, 'items.json'),
    downloads: path.join(root, 'downloads.json'),
    allBuilds: path.join(root, 'builds'),
    allModels: path.join(root, 'models'),
    allPartial: path.join(root, 'partial'),
    ofItem: (kind: 'engine' | 'model', id: EngineItemId) =>
      path.join(root, kind === 'engine' ? 'builds' : 'models', id),
    partial: (id: EngineItemId) => path.join(root, 'partial', id),
  };
}
