// Everything that can go wrong for a user: a code for programs, a sentence for people.

/** Each sentence says what happened, then what to do next. Keep them free of jargon. */
export const errorSentences = {
  // Requests from the screen
  bad_request: 'Afterimage could not understand that request. Nothing was changed.',
  unknown_sender: 'That request did not come from the Afterimage window. Nothing was changed.',
  internal: 'Something went wrong inside Afterimage. Nothing was changed. Try again.',
  empty_message: 'There is nothing to send yet. Write what you would like to see.',
  not_found: 'That is not here any more. It may have been deleted.',
  not_retryable: 'This picture cannot be tried again in its present state.',
  not_saved: 'Afterimage could not write to its data folder. Check that the disk has room, then try again.',
  copy_not_saved:
    'The copy could not be written there. Choose another folder, or check that the disk has room.',
  disk_full: 'The disk is full, so nothing could be saved. Make some room on it, then try again.',
  database_damaged:
    'The database is damaged. Quit Afterimage and open it again: it repairs itself when it starts.',
  file_missing: 'The file of this picture is not where it was kept. Look in the images folder of your data.',
  picture_gone: 'That picture has been removed for good. It cannot be brought back.',
  not_a_picture:
    'That file is no picture that Afterimage can open. Choose a PNG, JPEG, WebP, AVIF or GIF file.',
  export_not_written:
    'The export could not be written there. Choose another folder that you may write to, then export again.',
  export_disk_full:
    'There is no room on that disk for the export, so nothing of it was kept. Make some room or choose another disk.',
  export_running: 'Another export is being written. Wait for it or cancel it, then export again.',
  another_picture:
    'That is another picture: its size is not the one of the missing picture. Choose another file.',
  too_many_files:
    'That is more than 10,000 files at once. Put them into a folder and drop the folder instead.',
  nothing_dropped: 'There is no file in what was dropped. Drop pictures or a folder of them.',
  import_under_way: 'Pictures are being brought in already. Wait until that is done, or cancel it.',
  link_not_opened: 'The browser could not be opened. Copy the address of the link and open it there.',
  no_references:
    'The model in use takes no reference pictures. Remove them, or choose another model in Settings.',
  too_many_references: 'The model in use takes fewer reference pictures. Remove some, then send again.',
  reference_gone: 'A picture that goes with this request is not there any more. Ask again without it.',
  // Updates
  update_not_checked:
    'Afterimage could not find out whether there is a newer version. Check the connection, then try again.',
  update_not_downloaded:
    'The new version could not be downloaded. Nothing was changed. Check the connection, then try again.',
  update_damaged:
    'What was downloaded is not the new version as it was published. It was thrown away; nothing was changed.',
  update_not_installed:
    'The new version could not be installed. This one goes on working. Try again, or install it yourself.',
  no_update: 'There is no new version to install.',
  no_licences:
    'The licences could not be shown. They are in THIRD-PARTY-NOTICES.txt, in the resources folder of the program.',
  // The generator
  generator_stopped:
    'The part of Afterimage that makes pictures stopped unexpectedly. It is running again: try once more.',
  picture_not_stored:
    'The picture arrived but could not be written to disk. Check that the disk has room, then try again.',
  interrupted:
    'This picture was cut off while it was being made. It may already have been charged. Retry asks for it again.',
  cancelled: 'You stopped this picture.',
  cancelled_late: 'You stopped this picture. The provider may still charge for it.',
  // The provider
  unknown_provider:
    'This picture was asked of a provider that this version does not know. Choose another one in Settings.',
  key_missing: 'There is no API key for this provider. Add one in Settings, or choose the offline painter.',
  no_keychain:
    'This computer has no keychain that Afterimage can use, so the key cannot be kept. Use it for this session only.',
  key_not_kept:
    'The keychain did not take the key. Unlock the keychain and try again, or use the key for this session only.',
  bad_key: 'That does not look like an API key. Paste the key alone, without spaces or quotes.',
  bad_address:
    'That is not an address of a provider. Use one such as https://example.com, without a name or a password in it.',
  private_address:
    'That address is on this computer or in the local network. Allow private addresses in Settings if you mean it.',
  nothing_to_check: 'This provider needs no test: it works without a key and without an address.',
  nothing_to_list: 'This provider has no list of models. Type the name of the model instead.',
  key_rejected: 'The provider did not accept the API key. Check the key, then try again.',
  not_permitted:
    'This API key may not use this model. Check the project of the key, or choose another model.',
  model_gone: 'This model is no longer offered. Choose another model, then try again.',
  request_rejected:
    'The provider did not accept this request. Change the prompt or the shape, then try again.',
  rate_limited: 'The provider accepts no more pictures for the moment. Wait a little, then try again.',
  limit_minute:
    'That is as many pictures a minute as you allow. Wait a little, or raise the limit in Settings.',
  limit_day:
    'That is as many pictures a day as you allow. Wait until tomorrow, or raise the limit in Settings.',
  cap_reached:
    'With this picture the month would cost more than you allow. Raise the cap in Settings to go on.',
  refused:
    'The provider refused to make this picture for reasons of its own rules. Change the prompt, then try again.',
  no_picture: 'The provider answered without a picture. Change the prompt a little, then try again.',
  blocked_prompt:
    'The provider stopped this prompt before anything was made. Change the prompt, then try again.',
  picture_filtered:
    'The provider made this picture and kept it back for reasons of its own rules. Change the prompt, then try again.',
  answered_with_words:
    'The provider answered with words instead of a picture. Say more plainly what is to be seen, then try again.',
  reply_too_long:
    'The answer grew longer than Afterimage shows, so it was ended there. Ask for something shorter.',
  no_reply: 'The provider answered with nothing. Try again, or say it in other words.',
  quota_day: 'The quota of this API key for today is used up. Try again tomorrow, or choose another model.',
  quota_zero:
    'This API key has no quota for this model. Set up billing with the provider, or choose another model.',
  provider_unavailable: 'The provider has a problem of its own. Try again in a few minutes.',
  unreachable: 'The provider could not be reached. Check the connection, then try again.',
  timed_out:
    'The provider did not answer in time. It may still charge for this picture. Try again when you like.',
  connection_lost: 'The connection broke before the picture was complete. It may already have been charged.',
  bad_answer:
    'The provider sent an answer that Afterimage could not read. Check the address of the provider.',
  picture_too_large:
    'The provider sent a picture of more than 100 megapixels, which Afterimage does not open. Ask for a smaller one.',
  nothing_to_recover: 'No complete file of this picture was found on disk. Try again to make it once more.',
  unreadable_picture: 'The provider sent something that is not a picture Afterimage can open. Try again.',
} as const;

export type ErrorCode = keyof typeof errorSentences;

/** The same for words, where the sentence above speaks of a picture. */
const answerSentences: Partial<Record<ErrorCode, string>> = {
  not_retryable: 'This answer cannot be tried again in its present state.',
  interrupted: 'This answer was cut off. It may already have been charged. Retry asks the question again.',
  cap_reached:
    'This month has cost as much as you allow, so nothing was asked. Raise the cap in Settings to go on.',
  cancelled: 'You stopped this answer.',
  cancelled_late: 'You stopped this answer. The provider may still charge for it.',
  generator_stopped:
    'The part of Afterimage that asks for answers stopped unexpectedly. It is running again: try once more.',
  request_rejected: 'The provider did not accept this question. Change the words, then try again.',
  rate_limited: 'The provider answers no more questions for the moment. Wait a little, then try again.',
  refused: 'The provider refused to answer for reasons of its own rules. Change the words, then try again.',
  timed_out:
    'The provider did not answer in time. It may still charge for this answer. Try again when you like.',
  connection_lost: 'The connection broke before the answer was complete. It may already have been charged.',
};

/** @returns the sentence about an answer in words; `message` itself where it is not the plain one of its code. */
export function sentenceForAnswer(code: ErrorCode, message: string): string {
  return message === errorSentences[code] ? (answerSentences[code] ?? message) : message;
}

/** A failure as a value: IPC strips thrown errors of everything but their text, so none are thrown across it. */
export type Failure = { ok: false; code: ErrorCode; message: string };

export type Result<Value> = { ok: true; value: Value } | Failure;

/** @returns a failure with the sentence for `code`, or with `message` where the cause is known better. */
export function failure(code: ErrorCode, message: string = errorSentences[code]): Failure {
  return { ok: false, code, message };
}

export function success<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorSentences, text);
}
