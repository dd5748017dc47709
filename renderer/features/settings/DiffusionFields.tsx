// Parameters for the Stable Diffusion web UI. It uses its own defaults for empty fields.
import { pictureParamsSchema } from '../../../shared/domain/models';
import type { Settings } from '../../../shared/domain/settings';
import { lengthProblem } from '../../../shared/domain/text-length';
import { t } from '../../../shared/languages/translate';
import { useSettings } from '../../state/settings/settings-store';
import { readNumber } from '../../ui/read-number';
import { TextField } from '../../ui/TextField';
import styles from './services/ServiceEditor.module.css';

type Diffusion = Settings['diffusion'];
const { steps, sampler, negativePrompt } = pictureParamsSchema.shape;

export function DiffusionFields() {
  const { settings, change } = useSettings();
  const { diffusion } = settings;

  function save<Key extends keyof Diffusion>(key: Key, value: Diffusion[Key] | undefined): Promise<boolean> {
    const { [key]: _before, ...others } = diffusion;
    return change({ diffusion: value === undefined ? others : { ...others, [key]: value } });
  }

  return (
    <div className={styles['field']}>
      <TextField
        label={t('settings.negative_prompt')}
        value={diffusion.negativePrompt ?? ''}
        placeholder={t('settings.negative_prompt_hint')}
        validate={(text) => tooLongFor(negativePrompt, text)}
        onSave={(text) => save('negativePrompt', text || undefined)}
      />
      <div className={styles['pair']}>
        <TextField
          label={t('settings.steps')}
          value={diffusion.steps === undefined ? '' : String(diffusion.steps)}
          placeholder={t('settings.web_ui_default')}
          inputMode="numeric"
          unit={t('settings.steps_unit')}
          validate={(text) =>
            text === '' || steps.safeParse(readNumber(text)).success ? null : t('settings.steps_problem')
          }
          onSave={(text) => save('steps', readNumber(text) ?? undefined)}
        />
        <TextField
          label={t('settings.sampler')}
          value={diffusion.sampler ?? ''}
          placeholder={t('settings.web_ui_default')}
          validate={(text) => tooLongFor(sampler, text)}
          onSave={(text) => save('sampler', text || undefined)}
        />
      </div>
    </div>
  );
}

/** Returns a sentence if a text is too long; otherwise null. */
function tooLongFor(schema: typeof sampler, text: string): string | null {
  const max = schema.unwrap().maxLength;
  const problem = max === null ? null : lengthProblem(text, max);
  return problem === null ? null : t('settings.text_too_long', { problem });
}
