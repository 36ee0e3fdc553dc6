package dev.fairground.job;

import org.jspecify.annotations.Nullable;

/** Does a job of one kind, and says how it ended; null where it has written that itself. */
@FunctionalInterface
interface JobWork {
  JobQueue.@Nullable End run(RunningJob running) throws Exception;
}
