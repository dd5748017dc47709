// Reads a key from a text that was typed or pasted into a field.
import { type ClipboardEvent, useRef, useState } from 'react';
import { explain } from '../../shared/domain/errors';
import { readKey } from '../../shared/domain/read-key';

/** @param isOfOwnServer see `readKey`. */
export function useKeyInput(isOfOwnServer: boolean) {
  // The field is uncontrolled, so that the key exists in one place only, which is cleared when the key was accepted.
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  /** The part of the entered text that was used: see `ReadKey`. */
  const [took, setTook] = useState<string | null>(null);

  /** Returns the key in the field, without clearing it; null if there is none, and `problem` then explains why. */
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

  /** Empties the field, once its key is stored. */
  function clear(): void {
    if (field.current) field.current.value = '';
  }

  /**
   * Reads a pasted text of several lines itself, because the field would join them into a wrong key.
   *
   * @returns whether the text goes into the field. Otherwise `problem` explains why not.
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

  /** Clears the notes about the previous text. */
  function onInput(): void {
    setProblem(null);
    setTook(null);
  }

  return { field, problem, took, read, isEmpty, clear, onInput, onPaste };
}
