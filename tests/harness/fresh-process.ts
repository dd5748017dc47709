// Runs before each unit test file of a process that several share: puts back what a process knows when it starts.
import { useLists } from '../../shared/domain/listed-models';
import { useServiceDirectory } from '../../shared/domain/service-directory';
import { builtInService, builtInServiceIds } from '../../shared/domain/services';
import { en } from '../../shared/languages/en';
import { setLanguage } from '../../shared/languages/translate';

useServiceDirectory(builtInServiceIds.map(builtInService));
useLists([]);
setLanguage('en', en);
