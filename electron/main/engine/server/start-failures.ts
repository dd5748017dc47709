// Why a server could not start or has ended, as a failure that the user meets.

import { type Failure, failure } from '../../../../shared/domain/errors';
import { sentence } from '../../../../shared/languages/sentence';
import type { Target } from './runnable';
import type { ServerEnd } from './server-process';
import type { Unverified } from './verify-files';

/** STATUS_DLL_NOT_FOUND: https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/596a1078-e883-4972-9bbc-49e60bebca55 */
const dllNotFound = 0xc000_0135;

/** STATUS_ILLEGAL_INSTRUCTION, of the same list. */
const illegalInstruction = 0xc000_001d;

/** STATUS_NO_MEMORY and STATUS_COMMITMENT_LIMIT, of the same list. */
const windowsMemoryCodes = [0xc000_0017, 0xc000_012d];

/** From a shell and from setpriv: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08_02 */
const cannotExecute = [126, 127];

/** Explains why a server ended by itself. @param isReady whether it had answered before. */
export function explainEnd(end: ServerEnd, isReady: boolean): Failure {
  const { exitCode, signal, startError, missingLibrary } = end;
  if (startError !== null) return explainStartError(startError);
  if (!isReady && (missingLibrary !== null || exitCode === dllNotFound)) {
    return missingLibrary === null
      ? failure('engine_library_missing')
      : failure(
          'engine_library_missing',
          sentence('services.engine_needs_library', { library: missingLibrary }),
        );
  }
  if (isOutOfMemory(end)) return failure('engine_out_of_memory');
  if (isReady) return failure('engine_crashed');
  if (exitCode !== null && cannotExecute.includes(exitCode)) return explainStartError('ENOEXEC');
  if (signal === 'SIGILL' || exitCode === illegalInstruction) {
    return failure('engine_not_started', sentence('services.engine_needs_processor'));
  }
  if (signal !== null) {
    return failure('engine_crashed', sentence('services.engine_stopped_while_starting', { signal }));
  }
  return failure(
    'engine_not_started',
    sentence('services.engine_ended_while_starting', { exitCode: String(exitCode) }),
  );
}

/** Only the system ends a process with SIGKILL by itself: on Linux when memory runs out. */
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
      return failure('engine_not_started', sentence('services.engine_not_permitted'));
    case 'ENOEXEC':
    case 'EBADARCH':
    case 'UNKNOWN':
      return failure('engine_not_started', sentence('services.engine_of_other_computer'));
    default:
      return failure('engine_not_started', sentence('services.engine_not_started', { code }));
  }
}

/** Explains that files are not as they were installed, or as the user chose them. */
export function explainFiles({ path, reason }: Unverified, { engine }: Target): Failure {
  const isOwn = engine.id === null && engine.executable === path;
  if (reason === 'missing') {
    return isOwn
      ? failure('engine_missing', sentence('services.engine_own_missing'))
      : failure('engine_missing');
  }
  return isOwn
    ? failure('engine_changed', sentence('services.engine_own_changed'))
    : failure('engine_changed');
}
