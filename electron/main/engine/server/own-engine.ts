// An `sd-server` of the user's own: where it is, what it was when it was chosen, and whether it is one at all.
import { execFile } from 'node:child_process';
import { constants, mkdirSync, rmSync } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { sha256Schema } from '../../../../shared/domain/engine-catalogue';
import { failure, type Result, success } from '../../../../shared/domain/errors';
import { readJsonSync } from '../../../files/read-regular';
import { writeAtomicallySync } from '../../../files/write-atomically-sync';
import type { RunnableEngine } from './runnable';

const ownEngineSchema = z.strictObject({
  version: z.literal(1),
  path: z.string().min(1),
  sha256: sha256Schema,
});

export type OwnEngineOptions = {
  /** `engine/own-engine.json`, absolute. */
  file: string;
  /** Returns the SHA-256 of a file, in hexadecimal. */
  hash: (path: string, signal: AbortSignal) => Promise<string>;
  /** The environment, without keys. */
  env: Readonly<Record<string, string>>;
};

/** A graphics driver may take a while to load. */
const maxHelpMs = 30_000;
const maxHelpBytes = 1_000_000;

export function createOwnEngine({ file, hash, env }: OwnEngineOptions) {
  let known: z.infer<typeof ownEngineSchema> | null | undefined;

  function read() {
    if (known !== undefined) return known;
    try {
      known = ownEngineSchema.parse(readJsonSync(file));
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!isMissing) console.error('The choice of an sd-server cannot be read:', error);
      known = null;
    }
    return known;
  }

  /** Runs the program once: only the server has this argument. The project's other programs have the same version text. */
  function saysListenPort(program: string): Promise<boolean> {
    const limits = { timeout: maxHelpMs, maxBuffer: maxHelpBytes, killSignal: 'SIGKILL' } as const;
    return new Promise((resolve) => {
      execFile(
        program,
        ['--help'],
        { ...limits, env, cwd: path.dirname(program), windowsHide: true },
        (error, stdout, stderr) => resolve(error === null && `${stdout}${stderr}`.includes('--listen-port')),
      );
    });
  }

  return {
    /** Returns the path; null if the downloaded engine is used. */
    path: (): string | null => read()?.path ?? null,
    /** Returns what is started and checked: a program that was replaced since has to be chosen again. */
    engine(): RunnableEngine | null {
      const own = read();
      if (!own) return null;
      return {
        id: null,
        executable: own.path,
        files: [{ path: own.path, sha256: own.sha256 }],
        folder: null,
      };
    },
    /** Takes a program that the user has chosen, if it is an sd-server that runs here. @param chosen absolute path */
    async choose(chosen: string): Promise<Result<string>> {
      const isFile = await stat(chosen).then(
        (found) => found.isFile(),
        () => false,
      );
      const mayRun = await access(chosen, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (!isFile || !mayRun) return failure('not_an_engine');
      const signal = AbortSignal.timeout(maxHelpMs);
      const sha256 = await hash(chosen, signal).catch(() => null);
      if (sha256 === null || !(await saysListenPort(chosen))) return failure('not_an_engine');
      mkdirSync(path.dirname(file), { recursive: true });
      const own = { version: 1, path: chosen, sha256 } as const;
      writeAtomicallySync(file, JSON.stringify(own));
      known = own;
      return success(chosen);
    },
    /** Uses the downloaded engine again. */
    forget(): void {
      rmSync(file, { force: true });
      known = null;
    },
  };
}
