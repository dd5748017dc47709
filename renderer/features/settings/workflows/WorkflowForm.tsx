// The form of a workflow: the inputs for the values of a request, and the files that it loads. The user can correct both.
import { ChevronRight } from 'lucide-react';
import { useId } from 'react';
import type { ServiceId } from '../../../../shared/domain/services';
import {
  type FileInput,
  fileInputsOf,
  nameOfNode,
  optionsOfWorkflow,
  type Workflow,
  type WorkflowGraph,
  type WorkflowPlace,
  type WorkflowPlaces,
  type WorkflowValue,
  workflowValues,
} from '../../../../shared/domain/workflows';
import type { MessageId } from '../../../../shared/languages/en';
import { t } from '../../../../shared/languages/translate';
import { useWorkflows } from '../../../state/settings/workflows-store';
import { Button } from '../../../ui/Button';
import { formatList } from '../../../ui/format';
import { Saved, useSaved } from '../../../ui/Saved';
import styles from './Workflows.module.css';

const labels: Readonly<Record<WorkflowValue, MessageId>> = {
  prompt: 'settings.workflow_prompt',
  negativePrompt: 'settings.workflow_negative_prompt',
  seed: 'settings.workflow_seed',
  width: 'settings.workflow_width',
  height: 'settings.workflow_height',
  steps: 'settings.workflow_steps',
  guidance: 'settings.workflow_guidance',
  sampler: 'settings.workflow_sampler',
  scheduler: 'settings.workflow_scheduler',
  strength: 'settings.workflow_strength',
  picture: 'settings.workflow_picture',
  mask: 'settings.workflow_mask',
};

type Props = { service: ServiceId; workflow: Workflow; isOpen: boolean };

export function WorkflowForm({ service, workflow, isOpen }: Props) {
  const { save, remove } = useWorkflows.getState();
  const files = useWorkflows((state) => state.files[service]);
  const { isSaved, watch } = useSaved();
  const { name, graph, places } = workflow;
  const lacksInput = !places.prompt?.length && !places.picture?.length;
  const inputs = fileInputsOf(graph);
  const missing = inputs.filter((input) => isMissing(input, files?.[`${input.class}/${input.input}`]));

  function choosePlaces(value: WorkflowValue, chosen: readonly WorkflowPlace[]): void {
    const { [value]: _before, ...others } = places;
    const changed = chosen.length === 0 ? others : { ...others, [value]: [...chosen] };
    watch(save(service, { ...workflow, places: changed }));
  }

  function chooseFile({ node, input }: FileInput, file: string): void {
    const before = graph[node];
    if (!before) return;
    const changed = { ...graph, [node]: { ...before, inputs: { ...before.inputs, [input]: file } } };
    watch(save(service, { ...workflow, graph: changed }));
  }

  return (
    <details className={styles['workflow']} open={isOpen || undefined}>
      <summary>
        <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
        <span className={styles['name']}>{name}</span>
        <span className={styles['takes']}>
          {missing.length > 0 ? t('settings.workflow_lacks_file') : describePlaces(places)}
        </span>
        <Saved isSaved={isSaved} />
      </summary>
      {lacksInput && (
        <p className={styles['problem']} role="alert">
          {t('settings.workflow_lacks_prompt')}
        </p>
      )}
      <div className={styles['form']}>
        {workflowValues.map((value) => (
          <PlaceField
            key={value}
            value={value}
            graph={graph}
            chosen={places[value] ?? []}
            onChoose={(chosen) => choosePlaces(value, chosen)}
          />
        ))}
      </div>
      {inputs.length > 0 && (
        <div className={styles['form']}>
          {inputs.map((input) => (
            <FileField
              key={`${input.node}/${input.input}`}
              input={input}
              label={labelOfFile(graph, input)}
              choices={files?.[`${input.class}/${input.input}`]}
              onChoose={(file) => chooseFile(input, file)}
            />
          ))}
        </div>
      )}
      <Button tone="danger" onClick={() => void remove(service, workflow)}>
        {t('settings.remove_workflow')}
      </Button>
    </details>
  );
}

type PlaceFieldProps = {
  value: WorkflowValue;
  graph: WorkflowGraph;
  chosen: readonly WorkflowPlace[];
  onChoose: (chosen: readonly WorkflowPlace[]) => void;
};

function PlaceField({ value, graph, chosen, onChoose }: PlaceFieldProps) {
  const candidates = candidatesFor(value, graph);
  const several = chosen.length > 1 ? chosen : null;
  const [only] = chosen;
  if (candidates.length === 0 && chosen.length === 0) return null;
  return (
    <label className={styles['field']}>
      {t(labels[value])}
      <select
        className={styles['select']}
        aria-label={t(labels[value])}
        value={several ? 'several' : only ? keyOf(only) : ''}
        onChange={(event) => {
          const { value: key } = event.target;
          if (key !== 'several') onChoose(candidates.filter((place) => keyOf(place) === key));
        }}
      >
        <option value="">{t('settings.workflow_own_value')}</option>
        {several && (
          <option value="several">{t('settings.workflow_places', { count: several.length })}</option>
        )}
        {candidates.map((place) => (
          <option key={keyOf(place)} value={keyOf(place)}>
            {labelOfPlace(graph, place)}
          </option>
        ))}
      </select>
    </label>
  );
}

type FileFieldProps = {
  input: FileInput;
  label: string;
  /** Undefined while ComfyUI has not answered. */
  choices: readonly string[] | undefined;
  onChoose: (file: string) => void;
};

function FileField({ input, label, choices, onChoose }: FileFieldProps) {
  const problemId = useId();
  const isGone = isMissing(input, choices);
  return (
    <label className={styles['field']}>
      {label}
      <select
        className={styles['select']}
        aria-label={label}
        value={input.file}
        aria-invalid={isGone || undefined}
        aria-describedby={isGone ? problemId : undefined}
        onChange={(event) => onChoose(event.target.value)}
      >
        {[...new Set([input.file, ...(choices ?? [])])].map((file) => (
          <option key={file}>{file}</option>
        ))}
      </select>
      {isGone && (
        <span className={styles['problem']} id={problemId}>
          {t('settings.workflow_file_missing')}
        </span>
      )}
    </label>
  );
}

/** Describes the values that a workflow takes, such as “Takes prompt, size and 6 options”. */
function describePlaces(places: WorkflowPlaces): string {
  const has = (value: WorkflowValue) => (places[value]?.length ?? 0) > 0;
  const options = optionsOfWorkflow(places).length;
  const taken = [
    has('prompt') && t('settings.takes_prompt'),
    has('picture') && t('settings.takes_picture'),
    has('mask') && t('settings.takes_mask'),
    has('width') && has('height') && t('settings.takes_size'),
    options > 0 && t('settings.takes_options', { count: options }),
  ].filter((name) => typeof name === 'string');
  return taken.length === 0
    ? t('settings.workflow_takes_nothing')
    : t('settings.workflow_takes', { inputs: formatList(taken) });
}

function isMissing({ file }: FileInput, choices: readonly string[] | undefined): boolean {
  return choices !== undefined && !choices.includes(file);
}

/** Returns the inputs with a value of the right type, without those that are linked to another node. */
function candidatesFor(value: WorkflowValue, graph: WorkflowGraph): WorkflowPlace[] {
  const isNumber = ['seed', 'width', 'height', 'steps', 'guidance', 'strength'].includes(value);
  return Object.entries(graph).flatMap(([node, { inputs }]) =>
    Object.entries(inputs).flatMap(([input, own]) => {
      const fits = typeof own === (isNumber ? 'number' : 'string') || (isNumber && isPlaceholder(own));
      return fits ? [{ node, input }] : [];
    }),
  );
}

function isPlaceholder(own: unknown): boolean {
  return typeof own === 'string' && /^%\w+%$/.test(own);
}

function keyOf({ node, input }: WorkflowPlace): string {
  return JSON.stringify([node, input]);
}

function labelOfPlace(graph: WorkflowGraph, { node, input }: WorkflowPlace): string {
  const found = graph[node];
  return `${found ? nameOfNode(found) : node}, ${input}`;
}

/** Includes the name of the input if the node loads several files. */
function labelOfFile(graph: WorkflowGraph, { node, input }: FileInput): string {
  const found = graph[node];
  const [, number] = /(\d+)$/.exec(input) ?? [];
  return [found ? nameOfNode(found) : node, number].filter(Boolean).join(' ');
}
