// Every failure that a user can meet: a code for the program and a sentence for the user.

/** Each sentence says what happened, then what to do. Avoid technical terms. */
export const errorSentences = {
  // Requests from the renderer
  bad_request: 'Afterimage received an invalid request. Nothing was changed.',
  unknown_sender: 'The request did not come from the Afterimage window. Nothing was changed.',
  internal: 'Something went wrong inside Afterimage. Nothing was changed. Try again.',
  read_replaced: 'A newer request has taken the place of this one. Nothing was changed.',
  reader_stopped:
    'The part of Afterimage that reads your library stopped unexpectedly. It is running again. Try again.',
  empty_message: 'The message is empty. Describe what you would like to see.',
  sent_otherwise:
    'This message was already sent with other text. Look at the conversation, then send it again if you want both.',
  too_many_combinations:
    'This message asks for more than 16 pictures, so nothing was sent. Leave out some words, models or pictures.',
  not_found: 'That item no longer exists. It may have been deleted.',
  not_retryable: 'This picture cannot be retried in its current state.',
  not_saved: 'Afterimage could not write to its data folder. Check that the disk has room, then try again.',
  copy_not_saved:
    'The copy could not be written there. Choose another folder, or check that the disk has room.',
  archive_not_brought_in:
    'This export could not be brought in completely. What came before stays. Check that its files are whole, then try again.',
  no_archive:
    'This folder is no complete export of Afterimage. Choose the folder that has the file archive.json.',
  newer_archive: 'A newer version of Afterimage has written this export. Update Afterimage, then try again.',
  format_not_written:
    'A copy can be a PNG, JPEG or WebP, or have the format of the picture. End the name with .png, .jpg or .webp.',
  copy_too_large:
    'This picture has more than 40 megapixels, which is too large for the clipboard. Save it instead.',
  picture_not_copied: 'The picture could not be put on the clipboard. Save it instead.',
  disk_full: 'The disk is full, so nothing could be saved. Free some space, then try again.',
  database_busy:
    'Another program has locked the database, so nothing was changed. Close that program, then try again.',
  database_damaged:
    'The database is damaged. Quit Afterimage and open it again. It repairs itself when it starts.',
  file_missing: 'The file of this picture is missing. Look in the images folder of your data.',
  picture_gone: 'This picture was permanently deleted. It cannot be restored.',
  not_a_picture: 'Afterimage cannot open this file. Choose a PNG, JPEG, WebP, AVIF or GIF file.',
  not_attached: 'That picture could not be attached. Choose another file.',
  pasted_too_large:
    'A picture without a file can have at most 100 MB. Save it as a file, then attach the file.',
  export_not_written:
    'The export could not be written there. Choose a folder that you can write to, then export again.',
  export_disk_full:
    'The disk has no room for the export, so no file was kept. Free some space, or choose another disk.',
  export_running: 'Another export is running. Wait until it finishes, or cancel it, then export again.',
  another_picture: 'This file has a different size than the missing picture. Choose another file.',
  too_many_files: 'That is more than 10,000 files. Put them into a folder, then drop the folder instead.',
  nothing_dropped: 'There are no files to import. Drop pictures, or a folder of pictures.',
  import_under_way: 'Another import is running. Wait until it finishes, or cancel it.',
  link_not_opened: 'The browser could not be opened. Copy the link’s address and open it there.',
  no_references:
    'The model in use takes no reference pictures. Remove them, or choose another model in Settings.',
  too_many_references: 'The model in use takes fewer reference pictures. Remove some, then send again.',
  reference_gone: 'A reference picture no longer exists. Send the request again without it.',
  mask_gone: 'The mask of this change no longer exists. Paint it again, then send the request again.',
  not_changed: 'This picture could not be changed here. Animated pictures and damaged files cannot be.',
  change_too_large: 'The picture would have more than 64 megapixels. Choose a smaller size.',
  frame_too_large:
    'The picture would be too large with this frame. Make the frame smaller, then send the request again.',
  no_edits:
    'The model in use can neither change a part of a picture nor look at one. Choose another model, then send again.',
  // Updates
  update_not_checked: 'Afterimage could not check for updates. Check the connection, then try again.',
  update_not_downloaded:
    'The update could not be downloaded. Nothing was changed. Check the connection, then try again.',
  update_damaged:
    'The downloaded update does not match the published one, so it was deleted. Nothing was changed.',
  update_not_installed:
    'The update could not be installed. This version keeps working. Try again, or install the update yourself.',
  no_update: 'There is no update to install.',
  no_licences:
    'The licences could not be shown. They are in THIRD-PARTY-NOTICES.txt, in the program’s resources folder.',
  // The generator
  generator_stopped:
    'The part of Afterimage that makes pictures stopped unexpectedly. It is running again. Try again.',
  picture_not_stored:
    'The picture arrived but could not be written to disk. Check that the disk has room, then try again.',
  interrupted: 'This picture was interrupted. It may already have been charged. Retry requests it again.',
  cancelled: 'You stopped this picture.',
  cancelled_late: 'You stopped this picture. The provider may still charge for it.',
  // The engine on this computer
  engine_catalogue_unusable:
    'The catalogue that AFTERIMAGE_ENGINE_CATALOGUE names cannot be used. The log says why. Correct it, or start Afterimage without it.',
  engine_not_offered: 'This model is not offered for this computer. Choose another one.',
  engine_too_large: 'This model needs more memory than this computer has. Choose a smaller one.',
  engine_not_verified:
    'The files of this model have not been verified yet, so Afterimage does not download them. Choose another model.',
  engine_no_room: 'The disk has too little room for this download. Free some space, then try again.',
  engine_disk_full:
    'The disk is full, so the download was paused. It continues when there is room. What was downloaded is kept.',
  engine_wrong_hash:
    'The downloaded file is not the one that was published, so it was deleted. Try again later, or choose another model.',
  engine_file_gone:
    'The server does not have this file any more. Check for an update of Afterimage, or choose another model.',
  engine_server_refused:
    'The server did not send the file. What was downloaded is kept. Try again in a few minutes.',
  engine_unreachable:
    'The server could not be reached. What was downloaded is kept. Check the connection, then try again.',
  engine_connection_lost:
    'The connection broke several times during the download. What was downloaded is kept. Check the connection, then try again.',
  engine_unsafe_address:
    'The server redirected to an address that Afterimage does not open, so nothing more was downloaded. Choose another model.',
  engine_bad_archive:
    'The downloaded engine could not be unpacked safely, so it was deleted. Check for an update of Afterimage.',
  engine_not_stored:
    'The download could not be written to the data folder. Check its permissions, then try again.',
  engine_downloader_stopped:
    'The part of Afterimage that downloads stopped unexpectedly. What was downloaded is kept. Try again.',
  engine_in_use:
    'This is being used for a picture. Wait until it finishes, or stop the picture, then try again.',
  engine_download_under_way: 'This is being downloaded. Cancel the download first.',
  not_a_model: 'This is not a model that the engine can open. Choose a GGUF or safetensors file.',
  not_a_model_address:
    'A model’s address must begin with https and must not be on this computer or in the local network.',
  engine_missing:
    'The engine or the model of this picture is not on this computer any more. Choose another model, or download it again.',
  engine_changed:
    'A file of the engine is not the one that was installed, so it was not started. Remove it in Settings, then download it again.',
  engine_not_started: 'The engine could not be started. Try again, or choose another model.',
  engine_library_missing:
    'The engine needs a system library that is not installed. Install newer graphics drivers, or choose another model.',
  engine_out_of_memory:
    'This computer does not have enough free memory for this picture. Close other programs, or choose a smaller model.',
  engine_no_answer:
    'The engine did not become ready in time, so it was stopped. Try again, or choose a smaller model.',
  engine_port_taken:
    'Other programs took every port that the engine was given. Try again, or restart the computer.',
  engine_crashed:
    'The engine stopped unexpectedly several times during this picture. Try again, or choose another model.',
  engine_too_old: 'This sd-server is too old for Afterimage. Choose a newer one, or download the engine.',
  not_an_engine:
    'This file is not an sd-server that runs on this computer. Choose the file named sd-server of a release.',
  // The list of services
  services_from_environment:
    'The services of this run come from AFTERIMAGE_SERVICES. Start Afterimage without it to change the list.',
  service_needed: 'The offline painter stays: it works when nothing else does.',
  // Workflows of ComfyUI
  workflow_unreadable:
    'This file is no ComfyUI workflow. In ComfyUI choose Workflow, then Export (API), and take that file.',
  workflow_of_editor:
    'This is the workflow as ComfyUI’s editor saves it, which cannot be run from outside. In ComfyUI choose Workflow, then Export (API), and take that file.',
  workflow_without_picture:
    'This workflow saves no picture. Add a Save Image node to it in ComfyUI, then export it again.',
  too_many_workflows: 'This service has 100 workflows already. Remove one, then add this one.',
  // The provider
  unknown_provider:
    'The service of this picture is not there any more, or this version cannot use it. Choose another service in Settings.',
  key_missing: 'There is no API key for this provider. Connect a model, or choose the offline painter.',
  no_keychain:
    'This computer has no keychain that Afterimage can use, so the key cannot be kept. Use it for this session only.',
  key_not_kept:
    'The keychain did not accept the key. Unlock the keychain and try again, or use the key for this session only.',
  bad_key: 'That is not a valid API key. Paste only the key, without spaces or quotes.',
  bad_address:
    'That is not a valid address. Use one such as https://example.com, without a name or a password.',
  private_address:
    'That address is on this computer or in the local network. To use it, allow private addresses in Settings.',
  nothing_to_check: 'This provider has nothing to test. It works without a key and without an address.',
  nothing_to_list: 'This provider has no list of models. Type the name of the model instead.',
  key_rejected: 'The provider did not accept the API key. Check the key, then try again.',
  not_permitted: 'This API key may not use this model. Check the key’s project, or choose another model.',
  model_gone: 'This model is no longer offered. Choose another model, then try again.',
  request_rejected:
    'The provider did not accept this request. Change the prompt or the shape, then try again.',
  rate_limited: 'The provider is rate-limiting requests. Wait a moment, then try again.',
  limit_minute:
    'You have reached your limit of pictures per minute. Wait a moment, or raise the limit in Settings.',
  limit_day:
    'You have reached your limit of pictures per day. Wait until tomorrow, or raise the limit in Settings.',
  cap_reached: 'This picture would exceed your monthly spending cap. Raise the cap in Settings to continue.',
  refused: 'The provider’s rules do not allow this picture. Change the prompt, then try again.',
  no_picture: 'The provider answered without a picture. Change the prompt, then try again.',
  blocked_prompt:
    'The provider stopped this prompt before anything was made. Change the prompt, then try again.',
  picture_filtered:
    'The provider made this picture but withheld it because of its rules. Change the prompt, then try again.',
  answered_with_words:
    'The provider answered with text instead of a picture. Describe the picture more clearly, then try again.',
  reply_too_long: 'The answer exceeded the maximum length and was stopped. Ask for something shorter.',
  no_reply: 'The provider sent an empty answer. Try again, or rephrase your message.',
  quota_day: 'This API key has used up its quota for today. Try again tomorrow, or choose another model.',
  quota_zero:
    'This API key has no quota for this model. Set up billing with the provider, or choose another model.',
  provider_unavailable: 'The provider has a problem. Try again in a few minutes.',
  unreachable: 'The provider could not be reached. Check the connection, then try again.',
  timed_out:
    'The provider did not answer in time. It may still charge for this picture. Try again, or choose another model.',
  connection_lost: 'The connection broke before the picture was complete. It may already have been charged.',
  bad_answer: 'Afterimage could not read the provider’s answer. Check the provider’s address.',
  picture_too_large:
    'The provider sent a picture of more than 200 megapixels. Afterimage cannot open it, but has kept it. Save it, or request a smaller one.',
  nothing_to_recover: 'No complete file of this picture was found. Try again to make it once more.',
  unreadable_picture:
    'Afterimage cannot open the picture that the provider sent, but has kept it. Save it, or try again.',
  nothing_kept: 'Nothing of this picture was kept. Try again to make it once more.',
} as const;

export type ErrorCode = keyof typeof errorSentences;

/** The sentences for text answers, where those above mention a picture. */
const answerSentences: Partial<Record<ErrorCode, string>> = {
  not_retryable: 'This answer cannot be retried in its current state.',
  interrupted:
    'This answer was interrupted. It may already have been charged. Retry sends the message again.',
  cap_reached:
    'You have reached your monthly spending cap, so no request was sent. Raise the cap in Settings to continue.',
  cancelled: 'You stopped this answer.',
  cancelled_late: 'You stopped this answer. The provider may still charge for it.',
  generator_stopped:
    'The part of Afterimage that requests answers stopped unexpectedly. It is running again. Try again.',
  request_rejected: 'The provider did not accept this message. Rephrase it, then try again.',
  rate_limited: 'The provider is rate-limiting requests. Wait a moment, then try again.',
  refused: 'The provider’s rules do not allow an answer to this. Rephrase your message, then try again.',
  timed_out:
    'The provider did not answer in time. It may still charge for this answer. Try again, or choose another model.',
  connection_lost: 'The connection broke before the answer was complete. It may already have been charged.',
};

/** Returns the sentence about a text answer; `message` itself if it is not the standard sentence of its code. */
export function sentenceForAnswer(code: ErrorCode, message: string): string {
  return message === errorSentences[code] ? (answerSentences[code] ?? message) : message;
}

/** A failure is a value, because IPC keeps only the text of a thrown error. */
export type Failure = { ok: false; code: ErrorCode; message: string };

export type Result<Value> = { ok: true; value: Value } | Failure;

/** Returns a failure with the standard sentence of `code`, or with a more precise `message`. */
export function failure(code: ErrorCode, message: string = errorSentences[code]): Failure {
  return { ok: false, code, message };
}

export function success<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorSentences, text);
}
