// The rules for imports between neighbouring folders that Biome cannot express. Biome itself keeps processes and
// floors apart.

/** The rooms that every room of the main process may import. Only `boot` may import all rooms. */
const commonRooms = ['config', 'db', 'ipc', 'logging', 'window'];
const rooms = 'electron/main';
/** Exceptions: the rooms on which others are built may import less. */
const importsOfRoom = {
  chat: ['db', 'ipc', 'logging'],
  config: ['db', 'ipc'],
  db: [],
  ipc: [],
  logging: ['ipc'],
  protocol: [],
  window: [],
};
const features = 'renderer/features';

/**
 * @param {Map<string, Set<string>>} imports as `readImports` returns it
 * @returns {string[]} each import that a rule forbids, as `file -> file`
 */
export function findForbidden(imports) {
  return [...imports].flatMap(([file, targets]) =>
    [...targets].filter((target) => isForbidden(file, target)).map((target) => `${file} -> ${target}`),
  );
}

function isForbidden(file, target) {
  const [feature, otherFeature] = [folderIn(features, file), folderIn(features, target)];
  if (feature && otherFeature) return feature !== otherFeature;
  const [room, otherRoom] = [folderIn(rooms, file), folderIn(rooms, target)];
  if (!room || !otherRoom || room === 'boot' || room === otherRoom) return false;
  return !(importsOfRoom[room] ?? commonRooms).includes(otherRoom);
}

/** Returns the folder directly inside `parent` that contains the file. */
function folderIn(parent, file) {
  if (!file.startsWith(`${parent}/`)) return undefined;
  const [folder, ...rest] = file.slice(parent.length + 1).split('/');
  return rest.length > 0 ? folder : undefined;
}
