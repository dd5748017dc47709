// The user's word lists for prompt patterns, with one word per line.
import { ChevronRight, Plus, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import {
  listNameSchema,
  maxListNameLength,
  maxWordLength,
  maxWordLists,
  maxWordsOfList,
  type WordList,
  wordsOf,
} from '../../../shared/domain/word-lists';
import { t } from '../../../shared/languages/translate';
import { useSettings } from '../../state/settings/settings-store';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import { PlainButton } from '../../ui/PlainButton';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/toasts';
import { Setting } from './Choice';
import { LinesField } from './LinesField';
import styles from './WordLists.module.css';

export function WordLists() {
  const lists = useSettings(({ settings }) => settings.wordLists);
  const change = useSettings((state) => state.change);
  const [opened, setOpened] = useState<string | null>(null);

  async function add(): Promise<void> {
    const name = freeName(lists);
    if (await change({ wordLists: [...lists, { name, words: [] }] })) setOpened(name);
  }

  async function replace(before: WordList, after: WordList): Promise<boolean> {
    const { wordLists } = useSettings.getState().settings;
    if (opened === before.name) setOpened(after.name);
    return change({ wordLists: wordLists.map((list) => (list.name === before.name ? after : list)) });
  }

  async function remove(removed: WordList): Promise<void> {
    if (!(await change({ wordLists: lists.filter(({ name }) => name !== removed.name) }))) return;
    const restore = () => {
      const { wordLists } = useSettings.getState().settings;
      return change({ wordLists: [...wordLists.filter(({ name }) => name !== removed.name), removed] });
    };
    toast(t('settings.word_list_removed', { name: removed.name }), {
      undo: { run: restore, undone: t('ui.is_back', { name: removed.name }), again: () => remove(removed) },
    });
  }

  return (
    <Setting id="wordLists" title={t('settings.word_lists')}>
      <p className={styles['note']}>
        {/* Braces inside the message would be parsed as an argument. */}
        {t('settings.word_lists_note', { words: `{${t('settings.word_lists_example')}}` })}
      </p>
      {lists.length > 0 && (
        <ul className={styles['list']} aria-label={t('settings.word_lists')}>
          {lists.map((list) => (
            <Row
              key={list.name}
              list={list}
              others={lists.filter((other) => other !== list)}
              isOpen={opened === list.name}
              onToggle={() => setOpened(opened === list.name ? null : list.name)}
              onChange={(after) => replace(list, after)}
              onRemove={() => void remove(list)}
            />
          ))}
        </ul>
      )}
      <div>
        <Button disabled={lists.length >= maxWordLists} onClick={() => void add()}>
          <Plus size={16} strokeWidth={1.75} aria-hidden /> {t('settings.new_word_list')}
        </Button>
      </div>
    </Setting>
  );
}

type RowProps = {
  list: WordList;
  others: readonly WordList[];
  isOpen: boolean;
  onToggle: () => void;
  /** @returns whether it was saved. */
  onChange: (list: WordList) => Promise<boolean>;
  onRemove: () => void;
};

function Row({ list, others, isOpen, onToggle, onChange, onRemove }: RowProps) {
  const { name, words } = list;
  const stored = words.join('\n');
  const panelId = useId();
  return (
    <li>
      <div className={styles['row']}>
        <PlainButton
          className={styles['open']}
          aria-expanded={isOpen}
          aria-controls={isOpen ? panelId : undefined}
          onClick={onToggle}
        >
          <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
          <span className={styles['name']}>__{name}__</span>
          <small>
            {words.length === 0 ? t('settings.no_words') : t('settings.words', { count: words.length })}
          </small>
        </PlainButton>
        <IconButton
          icon={Trash2}
          size={16}
          label={t('settings.remove_word_list', { name })}
          onClick={onRemove}
        />
      </div>
      {isOpen && (
        <div className={styles['panel']} id={panelId}>
          <TextField
            label={t('settings.word_list_name')}
            value={name}
            placeholder={t('settings.word_list_name_hint')}
            validate={(text) => nameProblem(text, others)}
            onSave={(text) => onChange({ ...list, name: text })}
          />
          <LinesField
            label={t('settings.words_one_a_line')}
            value={stored}
            placeholder={t('settings.words_hint')}
            rows={6}
            validate={(text) => wordsProblem(wordsOf(text))}
            onSave={(text) => {
              const read = wordsOf(text);
              return read.join('\n') === stored ? null : onChange({ ...list, words: read });
            }}
          />
        </div>
      )}
    </li>
  );
}

function nameProblem(name: string, others: readonly WordList[]): string | null {
  if (!listNameSchema.safeParse(name).success) {
    return t('settings.word_list_name_problem', { max: maxListNameLength });
  }
  const isTaken = others.some((other) => other.name.toLowerCase() === name.toLowerCase());
  return isTaken ? t('settings.word_list_name_taken') : null;
}

function wordsProblem(words: readonly string[]): string | null {
  if (words.length > maxWordsOfList) {
    return t('settings.too_many_words', { count: words.length, max: maxWordsOfList });
  }
  const tooLong = words.find((word) => word.length > maxWordLength);
  return tooLong === undefined
    ? null
    : t('settings.word_too_long', { start: tooLong.slice(0, 40), max: maxWordLength });
}

function freeName(lists: readonly WordList[]): string {
  const taken = new Set(lists.map(({ name }) => name.toLowerCase()));
  for (let count = 1; ; count += 1) {
    const word = t('settings.new_word_list_name');
    const name = count === 1 ? word : `${word} ${count}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}
