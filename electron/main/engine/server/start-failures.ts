// Why a server could not start or has ended, as a failure that the user meets.
import { type Failure, failure, failureInWords } from '../../../../shared/domain/errors';
import type { Target } from './runnable';
import type { ServerEnd } from './server-process';
import type { Unverified } from './verify-files';

/** STATUS_DLL_NOT_FOUND: https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/596a1078-e883-4972-9bbc-49e60bebca55 */
const dllNotFound = 0xc000_0135;

/** STATUS_ILLEGAL_INSTRUCTION, of the same list. */
const illegalInstruction = 0xc000_001d;

/** STATUS_NO_MEMORY and STATUS_COMMITMENT_LIMIT, of the same list. */
const windowsMemoryCodes = [0xc000_0017, 0xc000_012d];

/** Of a shell and of setpriv: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08_02 */
const cannotExecute = [126, 127];

/** Explains the end of a server that nobody asked to end. @param isReady whether it had answered before. */
export function explainEnd(end: ServerEnd, isReady: boolean): Failure {
  const { exitCode, signal, startError, missingLibrary } = end;
  if (startError !== null) return explainStartError(startError);
  if (!isReady && (missingLibrary !== null || exitCode === dllNotFound)) {
    return missingLibrary === null
      ? failure('engine_library_missing')
      : failureInWords(
          'engine_library_missing',
          `The engine needs the system library ${missingLibrary}, which is not installed. Install it or newer graphics drivers, or choose another model.`,
        );
  }
  if (isOutOfMemory(end)) return failure('engine_out_of_memory');
  if (isReady) return failure('engine_crashed');
  if (exitCode !== null && cannotExecute.includes(exitCode)) return explainStartError('ENOEXEC');
  if (signal === 'SIGILL' || exitCode === illegalInstruction) {
    return failureInWords(
      'engine_not_started',
      'The engine needs a newer processor than this computer has. Choose another engine or another service.',
    );
  }
  if (signal !== null) {
    return failureInWords(
      'engine_crashed',
      `The engine stopped unexpectedly several times while it was starting (${signal}). Try again, or choose another model.`,
    );
  }
  return failureInWords(
    'engine_not_started',
    `The engine ended while it was starting (exit code ${exitCode}). Try again, or choose another model.`,
  );
}

/** Nobody but the system ends a process with SIGKILL unasked: on Linux when memory runs out. */
function isOutOfMemory({ ranOutOfMemory, exitCode, signal, wasAsked }: ServerEnd): boolean {
  const isKilled = !wasAsked && signal === 'SIGKILL';
  return ranOutOfMemory || isKilled || (exitCode !== null && windowsMemoryCodes.includes(exitCode));
}

/** @param code of the system, such as `EACCES`. */
export function explainStartError(code: string): Failure {
  switch (code) {
    case 'ENOENT':
      return failure('engine_missing');
    case 'EACCES':
    case 'EPERM':
      return failureInWords(
        'engine_not_started',
        'This computer does not allow the engine to run. Check the permissions of its file, or choose another model.',
      );
    case 'ENOEXEC':
    case 'EBADARCH':
    case 'UNKNOWN':
      return failureInWords(
        'engine_not_started',
        'The engine is not made for this computer. Choose another engine or another model.',
      );
    default:
      return failureInWords('engine_not_started', `The engine could not be started (${code}). Try again.`);
  }
}

/** Explains that files are not as they were installed, or as the user chose them. */
export function explainFiles({ path, reason }: Unverified, { engine }: Target): Failure {
  const isOwn = engine.id === null && engine.executable === path;
  if (reason === 'missing') {
    return isOwn
      ? failureInWords(
          'engine_missing',
          'Your own sd-server is not there any more. Choose it again in Settings, or use the downloaded engine.',
        )
      : failure('engine_missing');
  }
  return isOwn
    ? failureInWords(
        'engine_changed',
        'Your own sd-server was changed since you chose it, so it was not started. Choose it again in Settings.',
      )
    : failure('engine_changed');
}
