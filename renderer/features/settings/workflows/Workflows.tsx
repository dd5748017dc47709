// The ComfyUI workflows of a service: files that the user drops or chooses, and templates.
import { FilePlus2, LayoutTemplate } from 'lucide-react';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import type { Service } from '../../../../shared/domain/services';
import { findPlaces } from '../../../../shared/domain/workflow-places';
import {
  nameOfTemplate,
  type WorkflowTemplate,
  workflowTemplates,
} from '../../../../shared/domain/workflow-templates';
import { maxWorkflowLength, maxWorkflowNameLength, readWorkflow } from '../../../../shared/domain/workflows';
import { t } from '../../../../shared/languages/translate';
import { freeName, useWorkflows } from '../../../state/settings/workflows-store';
import { Button } from '../../../ui/Button';
import { FileField } from '../../../ui/FileField';
import { Popover } from '../../../ui/Popover';
import { WorkflowForm } from './WorkflowForm';
import styles from './Workflows.module.css';

type Problem = { file: string; sentence: string };

export function Workflows({ service: { id } }: { service: Service }) {
  const workflows = useWorkflows((state) => state.workflows[id]);
  const { load, save } = useWorkflows.getState();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [opened, setOpened] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);

  useEffect(() => {
    void load(id);
  }, [id, load]);

  async function add(files: readonly File[]): Promise<void> {
    const failed: Problem[] = [];
    for (const file of files) {
      const read = readWorkflow(await textOf(file));
      if (!read.ok) {
        failed.push({ file: file.name, sentence: t(`errors.${read.code}`) });
        continue;
      }
      const taken = useWorkflows.getState().workflows[id] ?? [];
      const name = freeName(nameOf(file.name), taken);
      if (await save(id, { name, graph: read.graph, places: findPlaces(read.graph) })) setOpened(name);
    }
    setProblems(failed);
  }

  async function addTemplate(template: WorkflowTemplate): Promise<void> {
    const name = freeName(nameOfTemplate(template), workflows ?? []);
    if (await save(id, { name, graph: template.graph, places: template.places })) setOpened(name);
  }

  function onDrop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    void add([...event.dataTransfer.files]);
  }

  return (
    <section
      className={styles['workflows']}
      aria-label={t('settings.workflows')}
      data-takes-files
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <div>
        <h4>{t('settings.workflows')}</h4>
        <p className={styles['note']}>{t('settings.workflows_note')}</p>
      </div>
      {workflows && workflows.length > 0 && (
        <ul className={styles['list']}>
          {workflows.map((workflow) => (
            <li key={workflow.name}>
              <WorkflowForm service={id} workflow={workflow} isOpen={opened === workflow.name} />
            </li>
          ))}
        </ul>
      )}
      {problems.map(({ file, sentence }) => (
        <p key={file} className={styles['problem']} role="alert">
          {t('settings.workflow_problem', { file, problem: sentence })}
        </p>
      ))}
      <div className={styles['actions']}>
        <FileField field={picker} accept=".json,application/json" onFiles={(files) => void add(files)} />
        <Button onClick={() => picker.current?.click()}>
          <FilePlus2 size={16} strokeWidth={1.75} aria-hidden /> {t('settings.add_workflow')}
        </Button>
        <Popover
          name={t('settings.templates')}
          side="above"
          align="start"
          initialFocus="button"
          trigger={(props) => (
            <Button {...props}>
              <LayoutTemplate size={16} strokeWidth={1.75} aria-hidden /> {t('settings.use_template')}
            </Button>
          )}
        >
          {(close) => (
            <div className={styles['templates']}>
              {workflowTemplates.map((template) => (
                <button
                  key={template.about}
                  type="button"
                  onClick={() => {
                    close();
                    void addTemplate(template);
                  }}
                >
                  {nameOfTemplate(template)}
                  <small>{t(template.about)}</small>
                </button>
              ))}
            </div>
          )}
        </Popover>
      </div>
    </section>
  );
}

/** Returns the text of a file, or nothing if it is too large for a workflow, is a folder or cannot be read. */
async function textOf(file: File): Promise<string> {
  // Does not read a large file, because it would fill the memory.
  if (file.size > maxWorkflowLength) return '';
  return file.text().catch(() => '');
}

/** Returns the name of a file without its extension. */
function nameOf(file: string): string {
  const name = file
    .replace(/\.json$/i, '')
    .replace(/\p{Cc}/gu, ' ')
    .trim();
  // Removes half of a surrogate pair at the end.
  const short = name.slice(0, maxWorkflowNameLength - 5).replace(/[\ud800-\udbff]$/, '');
  return short.trim() || t('settings.workflow_without_name');
}
