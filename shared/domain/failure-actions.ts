// The buttons offered for each error code, for pictures and text answers alike.
import { t } from '../languages/translate';
import { engineServiceId } from './engine';
import type { ErrorCode } from './errors';
import { serviceOf } from './service-directory';
import { isAtOwnServer } from './service-kinds';
import type { ServiceId } from './services';

export type FailureAction =
  /** Sends the request again. */
  | 'retry'
  /** Opens the question for editing. */
  | 'edit-prompt'
  /** Opens the sheet that connects a model, at the service of the message. */
  | 'add-key'
  /** As `add-key`, where the service did not accept the key that it has. */
  | 'check-key'
  /** Opens the settings of the message's service at its address. */
  | 'service-settings'
  /** Opens the sheet at "Use this computer", where a model is downloaded. */
  | 'use-this-computer'
  /** Opens the settings of the engine and its models. */
  | 'engine-settings'
  /** Opens the list of models, or for a text answer the choice of the text model. */
  | 'choose-model'
  /** Sends the request again, to the model that replaces a retired one. */
  | 'use-replacement'
  /** Opens the limits in Settings. */
  | 'raise-limit'
  /** Saves the bytes that the service sent and that Afterimage cannot open. */
  | 'save-kept'
  /** Removes the failure from the conversation. */
  | 'remove'
  /** Shows the details of the failure. */
  | 'details';

const again = ['retry'] as const;
const otherWords = ['edit-prompt', 'retry'] as const;
const againOrOtherWords = ['retry', 'edit-prompt'] as const;
const laterOrElsewhere = ['retry', 'choose-model'] as const;
const elsewhere = ['choose-model', 'retry', 'add-key'] as const;
const missingKey = ['add-key', 'retry', 'choose-model'] as const;
const refusedKey = ['check-key', 'retry', 'choose-model'] as const;
const otherAddress = ['service-settings', 'add-key', 'retry', 'choose-model'] as const;
const answersElsewhere = ['retry', 'service-settings', 'choose-model', 'add-key'] as const;

/** The actions for each code, most helpful first, including codes that no message has yet. */
const helpful: Record<ErrorCode, readonly FailureAction[]> = {
  bad_request: again,
  unknown_sender: again,
  internal: again,
  read_replaced: again,
  reader_stopped: again,
  empty_message: otherWords,
  sent_otherwise: again,
  too_many_combinations: otherWords,
  styles_too_long: otherWords,
  not_found: again,
  not_retryable: again,
  not_saved: again,
  copy_not_saved: again,
  copy_not_converted: again,
  archive_not_imported: again,
  no_archive: again,
  own_folder: again,
  newer_archive: again,
  format_not_written: again,
  copy_too_large: again,
  picture_not_copied: again,
  not_attached: again,
  pasted_too_large: again,
  disk_full: again,
  database_busy: again,
  database_damaged: again,
  file_missing: againOrOtherWords,
  picture_gone: again,
  not_a_picture: again,
  export_not_written: again,
  export_disk_full: again,
  export_running: again,
  another_picture: again,
  too_many_files: again,
  nothing_dropped: again,
  import_under_way: again,
  folder_not_found: again,
  folder_of_afterimage: again,
  folder_of_system: again,
  folder_watched_already: again,
  linked_file_gone: againOrOtherWords,
  too_many_windows: again,
  link_not_opened: again,
  no_references: ['choose-model', 'edit-prompt', 'retry'],
  reference_needed: ['choose-model', 'edit-prompt', 'retry'],
  too_many_references: ['edit-prompt', 'choose-model', 'retry'],
  reference_gone: otherWords,
  mask_gone: otherWords,
  not_changed: again,
  change_too_large: again,
  frame_too_large: otherWords,
  no_edits: ['choose-model', 'edit-prompt', 'retry'],
  no_upscaler: ['choose-model', 'retry'],
  upscale_too_large: ['choose-model', 'retry'],
  update_not_checked: again,
  update_not_downloaded: again,
  update_damaged: again,
  update_not_installed: again,
  no_update: again,
  no_licences: again,
  generator_stopped: again,
  picture_not_stored: again,
  interrupted: again,
  cancelled: againOrOtherWords,
  cancelled_late: againOrOtherWords,
  engine_catalogue_unusable: elsewhere,
  engine_not_offered: elsewhere,
  engine_too_large: elsewhere,
  engine_not_verified: elsewhere,
  engine_no_room: laterOrElsewhere,
  engine_disk_full: laterOrElsewhere,
  engine_wrong_hash: laterOrElsewhere,
  engine_file_gone: elsewhere,
  engine_server_refused: laterOrElsewhere,
  engine_unreachable: laterOrElsewhere,
  engine_connection_lost: laterOrElsewhere,
  engine_unsafe_address: elsewhere,
  engine_bad_archive: elsewhere,
  engine_not_stored: laterOrElsewhere,
  engine_downloader_stopped: laterOrElsewhere,
  engine_in_use: laterOrElsewhere,
  engine_download_under_way: laterOrElsewhere,
  not_a_model: laterOrElsewhere,
  not_a_model_address: laterOrElsewhere,
  engine_missing: ['use-this-computer', 'choose-model', 'retry'],
  engine_changed: ['engine-settings', 'choose-model', 'retry'],
  engine_not_started: laterOrElsewhere,
  engine_library_missing: ['choose-model', 'retry'],
  engine_out_of_memory: laterOrElsewhere,
  engine_no_answer: laterOrElsewhere,
  engine_port_taken: laterOrElsewhere,
  engine_crashed: laterOrElsewhere,
  engine_too_old: ['use-this-computer', 'choose-model', 'retry'],
  not_an_engine: laterOrElsewhere,
  services_from_environment: again,
  service_needed: again,
  no_text_model: elsewhere,
  no_seeing_model: elsewhere,
  workflow_unreadable: again,
  workflow_of_editor: again,
  workflow_without_picture: again,
  too_many_workflows: again,
  too_many_styles: again,
  unknown_provider: ['choose-model', 'retry'],
  key_missing: missingKey,
  no_keychain: missingKey,
  key_not_kept: missingKey,
  bad_key: refusedKey,
  bad_address: otherAddress,
  private_address: otherAddress,
  nothing_to_check: again,
  nothing_to_list: again,
  key_rejected: refusedKey,
  not_permitted: ['choose-model', 'retry', 'check-key'],
  model_gone: ['use-replacement', 'choose-model', 'retry'],
  request_rejected: ['edit-prompt', 'retry', 'choose-model'],
  // The details have the service's complete message about the setting.
  setting_rejected: ['choose-model', 'details', 'retry'],
  rate_limited: laterOrElsewhere,
  limit_minute: ['retry', 'raise-limit'],
  limit_day: ['raise-limit', 'retry'],
  cap_reached: ['raise-limit', 'retry'],
  refused: otherWords,
  no_picture: otherWords,
  blocked_prompt: otherWords,
  picture_filtered: otherWords,
  answered_with_words: otherWords,
  reply_too_long: otherWords,
  no_reply: againOrOtherWords,
  quota_day: elsewhere,
  quota_zero: elsewhere,
  provider_unavailable: laterOrElsewhere,
  unreachable: ['retry', 'service-settings', 'choose-model'],
  timed_out: laterOrElsewhere,
  connection_lost: again,
  bad_answer: answersElsewhere,
  bad_picture_address: laterOrElsewhere,
  picture_too_large: ['save-kept', 'retry', 'edit-prompt'],
  nothing_to_recover: again,
  unreadable_picture: ['save-kept', 'retry'],
  nothing_kept: again,
};

/** The number of buttons beside the sentence; the others are in a menu. */
export const maxFailureButtons = 2;

/**
 * Whether the service has a known replacement for the message's model: `needed` if the model is gone, `possible` if it only
 * retires soon, so that the failure has another cause.
 */
export type ReplacementNeed = 'none' | 'possible' | 'needed';

type Circumstances = { replacement: ReplacementNeed } & ServiceCircumstances;

type ServiceCircumstances = {
  /** Whether the service takes a key. */
  takesKey: boolean;
  /** Whether the service runs on the user's own server, whose address may be wrong. */
  isOwnServer: boolean;
};

/** Returns the facts about a service that decide which buttons its failures get. */
export function circumstancesAt(provider: ServiceId | null): ServiceCircumstances {
  if (provider === null) return { takesKey: false, isOwnServer: false };
  const { id, kind, local, address } = serviceOf(provider);
  // The address of the engine is Afterimage's own, and the painter has none.
  const hasAddress = id !== engineServiceId && kind !== 'painter';
  return { takesKey: !local, isOwnServer: hasAddress && isAtOwnServer(kind, address) };
}

export type FailureButtons = { shown: readonly FailureAction[]; more: readonly FailureAction[] };

/** Returns the buttons of a failed message: at most two beside the sentence, and the others. */
export function failureButtons(code: ErrorCode, circumstances: Circumstances): FailureButtons {
  const { replacement, takesKey, isOwnServer } = circumstances;
  const wanted: readonly FailureAction[] =
    replacement === 'needed'
      ? ['use-replacement', ...helpful[code]]
      : helpful[code].flatMap((action) =>
          action === 'choose-model' ? (['use-replacement', action] as const) : action,
        );
  const possible = [...new Set(wanted)].filter(
    (action) =>
      (replacement !== 'none' || action !== 'use-replacement') &&
      (takesKey || (action !== 'add-key' && action !== 'check-key')) &&
      (isOwnServer || action !== 'service-settings'),
  );
  const shown = possible.slice(0, maxFailureButtons);
  const others = possible.filter((action) => action !== 'details');
  const more: FailureAction[] = [...others, 'remove', 'details'];
  return { shown, more: more.filter((action) => !shown.includes(action)) };
}

/** Returns the label of a button, without the name of a model. */
export function failureActionLabel(action: FailureAction): string {
  return t(`app.failure_action.${action}`);
}

/** Returns whether the user stopped the work. That is not reported as a failure. */
export function isStopped(code: ErrorCode): boolean {
  return code === 'cancelled' || code === 'cancelled_late';
}
