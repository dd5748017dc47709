// Translates system calls into operations on inodes, and follows the names and file descriptors between them.
import path from 'node:path';
import { applyData, applyNames, type Image, type Inode, type Operation, root } from './image';
import { bytesOf, type SystemCall, textOf } from './trace';

export type Recording = { start: Image; operations: Operation[] };

/** Markers are written to a file of this name beside the recorded folder. */
export const markerFile = 'markers';

/**
 * Translates a trace into operations below `folder`. Everything outside is left out, except the markers.
 *
 * @throws for a call that changes files in a way that the model does not know.
 */
export function recordOperations(start: Image, folder: string, calls: readonly SystemCall[]): Operation[] {
  const operations: Operation[] = [];
  // The names and contents as the running program sees them.
  const folders = new Map([...start.folders].map(([inode, names]) => [inode, new Map(names)]));
  const contents = new Map(start.files);
  const open = new Map<string, { inode: Inode; path: string; position: number; isAppend: boolean }>();
  const begun = new Map<string, number>();
  let next = 1 + Math.max(root, ...start.files.keys(), ...start.folders.keys());
  const markers = path.join(path.dirname(folder), markerFile);
  const markerHandles = new Set<string>();

  const placeOf = (file: string): { folder: Inode; name: string } | null => {
    const relative = path.relative(folder, file);
    if (relative.startsWith('..') || path.isAbsolute(relative)) return null;
    let inode = root;
    const parts = relative.split(path.sep);
    for (const part of parts.slice(0, -1)) {
      const inner = folders.get(inode)?.get(part);
      if (inner === undefined) throw new Error(`${file} is in a folder that is not known.`);
      inode = inner;
    }
    return { folder: inode, name: parts.at(-1) ?? '' };
  };
  const inodeAt = (place: { folder: Inode; name: string }): Inode | undefined =>
    place.name === '' ? root : folders.get(place.folder)?.get(place.name);
  const add = (operation: Operation): void => {
    operations.push(operation);
    if (operation.kind === 'name') applyNames(folders, operation);
    if (operation.kind !== 'write' && operation.kind !== 'truncate') return;
    const { inode } = operation;
    contents.set(inode, applyData(contents.get(inode), [operation]));
  };
  const write = (handle: string, bytes: Buffer, offset: number | null): void => {
    if (markerHandles.has(handle)) {
      for (const text of bytes.toString('utf8').split('\n')) if (text) add({ kind: 'marker', text });
      return;
    }
    const file = open.get(handle);
    if (!file || bytes.length === 0) return;
    const size = contents.get(file.inode)?.length ?? 0;
    const at = offset ?? (file.isAppend ? size : file.position);
    add({ kind: 'write', inode: file.inode, offset: at, bytes });
    if (offset === null) file.position = at + bytes.length;
  };
  const create = (place: { folder: Inode; name: string }, isFolder: boolean): Inode => {
    const inode = next++;
    add({ kind: 'name', changes: [{ ...place, inode }], isFolder });
    return inode;
  };
  const rename = (from: string, to: string): void => {
    const [source, target] = [placeOf(from), placeOf(to)];
    if (!source && !target) return;
    const inode = source && inodeAt(source);
    if (!source || !target || inode == null)
      throw new Error(`${from} is renamed across the recording: ${to}`);
    add({
      kind: 'name',
      changes: [
        { ...source, inode: null },
        { ...target, inode },
      ],
      isFolder: false,
    });
  };

  for (const { name, args, result, isStart } of calls) {
    const [first = '', second = '', third = ''] = args;
    if (isStart) {
      // From here on another thread may get the same descriptor.
      if (name === 'close') {
        open.delete(first);
        markerHandles.delete(first);
      }
      if (name === 'fsync' || name === 'fdatasync') begun.set(first, operations.length);
      continue;
    }
    if (result < 0) continue;
    switch (name) {
      case 'open':
      case 'openat':
      case 'creat': {
        const isAt = name === 'openat';
        const opened = textOf(isAt ? second : first);
        const flags = name === 'creat' ? 'O_CREAT|O_TRUNC' : isAt ? third : second;
        const handle = String(result);
        if (opened === markers) markerHandles.add(handle);
        const place = placeOf(opened);
        if (!place) break;
        if (isAt && first !== 'AT_FDCWD') throw new Error(`A relative path was opened: ${opened}`);
        const known = inodeAt(place);
        const inode = known ?? create(place, false);
        if (known !== undefined && flags.includes('O_TRUNC')) add({ kind: 'truncate', inode, size: 0 });
        open.set(handle, { inode, path: opened, position: 0, isAppend: flags.includes('O_APPEND') });
        break;
      }
      case 'write':
        write(first, bytesOf(second).subarray(0, result), null);
        break;
      case 'pwrite64':
        write(first, bytesOf(second).subarray(0, result), Number(args[3]));
        break;
      case 'writev':
      case 'pwritev': {
        const bytes = Buffer.concat(
          [...second.matchAll(/iov_base=("[^"]*")/g)].map(([, part = '""']) => bytesOf(part)),
        );
        write(first, bytes.subarray(0, result), name === 'writev' ? null : Number(args[3]));
        break;
      }
      case 'copy_file_range':
      case 'sendfile': {
        const isCopy = name === 'copy_file_range';
        const [from, to, offset] = isCopy ? [first, third, second] : [second, first, third];
        const target = open.get(to);
        if (!target) break;
        const source = open.get(from);
        if (!source) throw new Error('A file was copied from outside the recording.');
        const at = offset === 'NULL' ? source.position : Number(/\d+/.exec(offset)?.[0]);
        const bytes = contents.get(source.inode) ?? Buffer.alloc(0);
        write(to, Buffer.from(bytes.subarray(at, at + result)), null);
        if (offset === 'NULL') source.position = at + result;
        break;
      }
      case 'lseek': {
        const file = open.get(first);
        if (file) file.position = result;
        break;
      }
      case 'ftruncate': {
        const file = open.get(first);
        if (file) add({ kind: 'truncate', inode: file.inode, size: Number(second) });
        break;
      }
      case 'truncate': {
        const place = placeOf(textOf(first));
        const inode = place && inodeAt(place);
        if (inode != null) add({ kind: 'truncate', inode, size: Number(second) });
        break;
      }
      case 'fsync':
      case 'fdatasync': {
        const file = open.get(first);
        if (!file) break;
        add({
          kind: 'flush',
          inode: file.inode,
          path: file.path,
          begun: begun.get(first) ?? operations.length,
        });
        break;
      }
      case 'rename':
        rename(textOf(first), textOf(second));
        break;
      case 'renameat':
      case 'renameat2':
        rename(textOf(second), textOf(args[3] ?? ''));
        break;
      case 'link':
      case 'linkat': {
        const [from, to] = name === 'link' ? [first, second] : [second, args[3] ?? ''];
        const [source, target] = [placeOf(textOf(from)), placeOf(textOf(to))];
        const inode = source && inodeAt(source);
        if (target && inode != null) add({ kind: 'name', changes: [{ ...target, inode }], isFolder: false });
        break;
      }
      case 'unlink':
      case 'rmdir':
      case 'unlinkat': {
        const place = placeOf(textOf(name === 'unlinkat' ? second : first));
        if (place) add({ kind: 'name', changes: [{ ...place, inode: null }], isFolder: false });
        break;
      }
      case 'mkdir':
      case 'mkdirat': {
        const place = placeOf(textOf(name === 'mkdirat' ? second : first));
        if (place) create(place, true);
        break;
      }
      case 'close':
        break;
      case 'dup':
      case 'dup2':
      case 'dup3':
      case 'fallocate':
      case 'pwritev2':
        if (open.has(first)) throw new Error(`The model does not know ${name}.`);
        break;
      case 'io_uring_setup':
        throw new Error('What io_uring writes cannot be recorded.');
      default:
        if (/"/.test(args.join(''))) throw new Error(`The model does not know ${name}.`);
    }
  }
  return operations;
}
