// The search field above a list of options. It keeps the focus; the list names its active option.
import type { KeyboardEvent, Ref } from 'react';

type Props = {
  className: string | undefined;
  label: string;
  /** The label, unless another one is given. */
  placeholder?: string;
  value: string;
  onChange: (text: string) => void;
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  /** The id of the list. */
  listId: string;
  /** The id of the active option; null if there is none. */
  activeId: string | null;
  /** The id of the sentence that says why the text cannot be searched for; null if it can. */
  problemId?: string | null;
  ref?: Ref<HTMLInputElement>;
};

export function SearchCombobox(props: Props) {
  const { className, label, placeholder = label, value, onChange, onKeyDown, listId, activeId, ref } = props;
  const { problemId = null } = props;
  return (
    <input
      ref={ref}
      className={className}
      type="text"
      role="combobox"
      aria-label={label}
      aria-expanded
      aria-autocomplete="list"
      aria-controls={listId}
      aria-activedescendant={activeId ?? undefined}
      aria-invalid={problemId !== null || undefined}
      aria-describedby={problemId ?? undefined}
      placeholder={placeholder}
      spellCheck={false}
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={onKeyDown}
    />
  );
}
