/** The thread that works on surveys' files and compares releases: a respondent never waits for a large one. */
import { workOnFile } from '../../fieldwork/versions/file-work.ts';
import { isComparison, workOnComparison } from '../../release/compare/store.ts';
import { answerTasks } from './standing-thread.ts';

answerTasks(async (task, told) => (isComparison(task) ? workOnComparison(task, told) : workOnFile(task, told)));
