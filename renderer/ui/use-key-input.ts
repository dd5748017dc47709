// Reads a key out of what was typed or pasted into a field.
import { type ClipboardEvent, useRef, useState } from 'react';
import { explain } from '../../shared/domain/errors';
import { readKey } from '../../shared/domain/read-key';

/** @param isOfOwnServer see `readKey`. */
export function useKeyInput(isOfOwnServer: boolean) {
  // The field is uncontrolled, so that the key is in one place only, which is cleared when the key was accepted.
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  /** What was taken out of the text that the user entered. */
  const [took, setTook] = useState<string | null>(null);

  /** Returns the key in the field, which stays there for correction; null if it has none, which `problem` then explains. */
  function read(): string | null {
    const input = field.current;
    if (!input) return null;
    const found = readKey(input.value, isOfOwnServer);
    setProblem(found.ok ? null : explain(found));
    if (!found.ok) return null;
    setTook((before) => found.took ?? before);
    return found.key;
  }

  function isEmpty(): boolean {
    return (field.current?.value ?? '').trim() === '';
  }

  /** Empties the field, once its key is where it belongs. */
  function clear(): void {
    if (field.current) field.current.value = '';
  }

  /**
   * Reads a text of several lines itself: the field would join them, and so make a wrong key of them.
   *
   * @returns whether the text goes into the field; if not, `problem` says why.
   */
  function onPaste(event: ClipboardEvent<HTMLInputElement>): boolean {
    onInput();
    const pasted = event.clipboardData.getData('text');
    if (!/[\r\n]/.test(pasted.trim())) return true;
    event.preventDefault();
    const found = readKey(pasted, isOfOwnServer);
    setProblem(found.ok ? null : explain(found));
    if (!found.ok) return false;
    setTook(found.took);
    event.currentTarget.value = found.key;
    return true;
  }

  /** Another text is in the field: what was said about the one before is void. */
  function onInput(): void {
    setProblem(null);
    setTook(null);
  }

  return { field, problem, took, read, isEmpty, clear, onInput, onPaste };
}
