// The files and folders of a recording: their content, and how operations change it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A file or folder, whatever names it has. The root folder of the recording is 0. */
export type Inode = number;
export const root: Inode = 0;

/** Sets or removes (null) a name in a folder. */
export type NameChange = { folder: Inode; name: string; inode: Inode | null };

export type Operation =
  | { kind: 'write'; inode: Inode; offset: number; bytes: Buffer }
  | { kind: 'truncate'; inode: Inode; size: number }
  /** A rename is one operation: its last change is the new name. `isFolder`: the name is that of a new folder. */
  | { kind: 'name'; changes: NameChange[]; isFolder: boolean }
  /** `begun`: the number of operations before the flush began, which is all that it covers. */
  | { kind: 'flush'; inode: Inode; path: string; begun: number }
  /** The program reports what it has acknowledged. */
  | { kind: 'marker'; text: string };

export type Folder = Map<string, Inode>;
/** The content of every inode that exists when the recording starts. All of it is on the disk. */
export type Image = { files: Map<Inode, Buffer>; folders: Map<Inode, Folder> };

/** Returns the content of a folder, with a new inode for each file and folder in it. */
export function imageOf(folder: string): Image {
  const image: Image = { files: new Map(), folders: new Map() };
  let next = root;
  const addFolder = (place: string): Inode => {
    const inode = next++;
    const names: Folder = new Map();
    image.folders.set(inode, names);
    for (const entry of readdirSync(place, { withFileTypes: true })) {
      const inner = path.join(place, entry.name);
      if (entry.isDirectory()) names.set(entry.name, addFolder(inner));
      else {
        const file = next++;
        image.files.set(file, readFileSync(inner));
        names.set(entry.name, file);
      }
    }
    return inode;
  };
  addFolder(folder);
  return image;
}

/** Replaces the folders that change, and leaves the old ones as they are, because other states share them. */
export function applyNames(
  folders: Map<Inode, Folder>,
  { changes, isFolder }: Extract<Operation, { kind: 'name' }>,
): void {
  for (const { folder, name, inode } of changes) {
    const names = new Map(folders.get(folder));
    if (inode === null) names.delete(name);
    else names.set(name, inode);
    folders.set(folder, names);
    if (isFolder && inode !== null && !folders.has(inode)) folders.set(inode, new Map());
  }
}

/** Returns the content of a file after changes to it. The old buffer stays as it is, because other states share it. */
export function applyData(old: Buffer | undefined, changes: readonly Operation[]): Buffer {
  const ends = changes.map((change) => {
    if (change.kind === 'write') return change.offset + change.bytes.length;
    return change.kind === 'truncate' ? change.size : 0;
  });
  const content = Buffer.alloc(Math.max(old?.length ?? 0, ...ends));
  let size = old?.copy(content) ?? 0;
  for (const change of changes) {
    if (change.kind === 'write') {
      change.bytes.copy(content, change.offset);
      size = Math.max(size, change.offset + change.bytes.length);
    } else if (change.kind === 'truncate') {
      content.fill(0, Math.min(size, change.size));
      size = change.size;
    }
  }
  return content.subarray(0, size);
}
