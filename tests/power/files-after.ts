// The files of a folder after some of the changes to it, and a key that is the same for the same files.
import { createHash } from 'node:crypto';
import { applyData, applyNames, type Folder, type Image, type Inode, type Operation, root } from './image';

export type Change = Extract<Operation, { kind: 'write' | 'truncate' | 'name' }>;

/** Paths with forward slashes. A folder's path ends with a slash and has no content. */
export type Files = Map<string, Buffer | null>;

/** Returns `derive`, which runs once for each value. */
export function once<Key extends object, Value>(derive: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? derive(key);
    known.set(key, value);
    return value;
  };
}

export function applyAll(base: Image, changes: readonly Change[]): Image {
  const files = new Map(base.files);
  for (const [inode, ofFile] of changesOfFiles(changes)) {
    files.set(inode, applyData(base.files.get(inode), ofFile));
  }
  return { files, folders: foldersAfter(base, changes) };
}

function foldersAfter(base: Image, changes: readonly Change[]): Image['folders'] {
  const folders = new Map(base.folders);
  for (const change of changes) if (change.kind === 'name') applyNames(folders, change);
  return folders;
}

function changesOfFiles(changes: readonly Change[]): Map<Inode, Change[]> {
  const ofFiles = new Map<Inode, Change[]>();
  for (const change of changes) {
    if (change.kind === 'name') continue;
    const ofFile = ofFiles.get(change.inode);
    if (ofFile) ofFile.push(change);
    else ofFiles.set(change.inode, [change]);
  }
  return ofFiles;
}

export function filesIn({ files, folders }: Image): Files {
  const found = inodesIn(folders).map(([name, inode]) => {
    return [name, inode === null ? null : (files.get(inode) ?? Buffer.alloc(0))] as const;
  });
  return new Map(found);
}

/**
 * Returns what is reachable from the root, a folder with null. The index of a WAL is left out: SQLite builds it anew after
 * a crash.
 */
function inodesIn(folders: Image['folders']): [name: string, inode: Inode | null][] {
  const found: [string, Inode | null][] = [];
  const walk = (names: Folder, prefix: string): void => {
    for (const [name, inode] of names) {
      const inner = folders.get(inode);
      if (inner) {
        found.push([`${prefix}${name}/`, null]);
        walk(inner, `${prefix}${name}/`);
      } else if (!name.endsWith('-shm')) found.push([`${prefix}${name}`, inode]);
    }
  };
  walk(folders.get(root) ?? new Map(), '');
  return found;
}

/** Returns what is the same for states with the same files. */
export function keyOf(base: Image, chosen: readonly Change[]): string {
  const ofFiles = changesOfFiles(chosen);
  const names = inodesIn(foldersAfter(base, chosen)).map(([name, inode]) => {
    if (inode === null) return name;
    return `${name} ${hashAfter(base.files.get(inode) ?? empty, ofFiles.get(inode) ?? [])}`;
  });
  return names.toSorted().join('\n');
}

const empty = Buffer.alloc(0);
const hashOf = once((content: Buffer) => createHash('sha1').update(content).digest('base64'));
const hashesAfter = new Map<string, string>();
let changeCount = 0;
const numberOf = once((_change: Change) => {
  changeCount += 1;
  return changeCount;
});

/** Most states differ in one file, so the others have been built and hashed before. */
function hashAfter(content: Buffer, changes: readonly Change[]): string {
  if (changes.length === 0) return hashOf(content);
  const key = `${hashOf(content)} ${changes.map(numberOf).join()}`;
  const known = hashesAfter.get(key);
  if (known !== undefined) return known;
  const hash = hashOf(applyData(content, changes));
  hashesAfter.set(key, hash);
  return hash;
}
