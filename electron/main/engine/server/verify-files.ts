// Checks once in a run of the app that files are the ones that were installed, before anything of them is used.
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { CheckedFile, RunnableEngine, Target } from './runnable';

export type VerifyOptions = {
  /** Returns the SHA-256 of a file, in hexadecimal. Must not keep the main thread busy. */
  hash: (path: string, signal: AbortSignal) => Promise<string>;
};

export type VerifyFiles = ReturnType<typeof createVerifyFiles>;

export type Unverified = { ok: false; path: string; reason: 'missing' | 'changed' | 'stopped' };
export type Verified = { ok: true } | Unverified;

/** A file that was verified is hashed again only if the file system says that it was touched since. */
export function createVerifyFiles({ hash }: VerifyOptions) {
  const verified = new Map<string, string>();

  async function verify({ path, sha256 }: CheckedFile, signal: AbortSignal): Promise<Verified> {
    const before = await stampOf(path);
    if (before === null) return { ok: false, path, reason: 'missing' };
    const stamp = `${sha256}/${before}`;
    if (sha256 === null || verified.get(path) === stamp) return { ok: true };
    verified.delete(path);
    const found = await hash(path, signal).catch((error: unknown) => {
      if (!signal.aborted) console.error('A file of the engine could not be read:', error);
      return null;
    });
    if (signal.aborted) return { ok: false, path, reason: 'stopped' };
    if (found === null) return { ok: false, path, reason: 'missing' };
    if (found !== sha256 || (await stampOf(path)) !== before) return { ok: false, path, reason: 'changed' };
    verified.set(path, stamp);
    return { ok: true };
  }

  /** Returns the first file that is not as it was installed. */
  return async ({ engine, model }: Target, signal: AbortSignal): Promise<Verified> => {
    const foreign = await findForeign(engine);
    if (foreign !== null) return { ok: false, path: foreign, reason: 'changed' };
    for (const file of [...engine.files, ...model.files]) {
      const result = await verify(file, signal);
      if (!result.ok) return result;
    }
    return { ok: true };
  };
}

/** Returns a file that may be executed and that no hash is known of; null if there is none. */
async function findForeign({ executable, files, folder }: RunnableEngine): Promise<string | null> {
  const known = new Set(files.flatMap((file) => (file.sha256 === null ? [] : path.resolve(file.path))));
  if (!known.has(path.resolve(executable))) return executable;
  const unknown = files.find((file) => file.sha256 === null);
  if (unknown) return unknown.path;
  if (folder === null) return null;
  // The system's loader would load a library that was put beside the program.
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = found.flatMap((entry) =>
    entry.isDirectory() ? [] : path.resolve(entry.parentPath, entry.name),
  );
  return paths.find((file) => !known.has(file)) ?? null;
}

/** Changes with every write, also one that restores the time of the last change. Null if there is no such file. */
async function stampOf(path: string): Promise<string | null> {
  try {
    const found = await stat(path, { bigint: true });
    if (!found.isFile()) return null;
    return [found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join('/');
  } catch {
    return null;
  }
}
