/** The thread that works on surveys' files: a respondent never waits while a large one is checked. */
import { workOnFile } from '../../fieldwork/versions/file-work.ts';
import { answerTasks } from './standing-thread.ts';

answerTasks(async (task, told) => workOnFile(task, told));
