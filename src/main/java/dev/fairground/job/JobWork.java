package dev.fairground.job;

/** Does a job of one kind, and says how it ended. */
@FunctionalInterface
interface JobWork {
  JobQueue.End run(RunningJob running) throws Exception;
}
