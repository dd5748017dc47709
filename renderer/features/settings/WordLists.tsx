// The user's word lists for prompt patterns, with one word per line.
import { ChevronRight, Plus, Trash2 } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
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
import { Saved, useSaved } from '../../ui/Saved';
import { TextField } from '../../ui/TextField';
import { toast } from '../../ui/toasts';
import { Setting } from './Choice';
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
          <WordsField words={words} onSave={(saved) => onChange({ ...list, words: saved })} />
        </div>
      )}
    </li>
  );
}

type WordsProps = { words: readonly string[]; onSave: (words: string[]) => Promise<boolean> };

function WordsField({ words, onSave }: WordsProps) {
  const stored = words.join('\n');
  const [text, setText] = useState(stored);
  const [problem, setProblem] = useState<string | null>(null);
  const { isSaved, watch } = useSaved();
  const problemId = useId();

  // If the words changed elsewhere or were refused, the field shows the saved ones.
  useEffect(() => setText(stored), [stored]);

  function save(): void {
    const read = wordsOf(text);
    const found = wordsProblem(read);
    setProblem(found);
    if (found === null && read.join('\n') !== stored) watch(onSave(read));
  }

  return (
    <label className={styles['label']}>
      <span className={styles['head']}>
        {t('settings.words_one_a_line')}
        <Saved isSaved={isSaved} />
      </span>
      <textarea
        className={styles['words']}
        aria-label={t('settings.words_one_a_line')}
        rows={6}
        dir="auto"
        placeholder={t('settings.words_hint')}
        value={text}
        aria-invalid={problem !== null || undefined}
        aria-describedby={problem === null ? undefined : problemId}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
      />
      {problem !== null && (
        <span className={styles['problem']} id={problemId} role="alert">
          {problem}
        </span>
      )}
    </label>
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
