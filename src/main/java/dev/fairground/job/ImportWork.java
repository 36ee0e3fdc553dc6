package dev.fairground.job;

import java.time.InstantSource;

/** Reads a file as an operator's list. */
final class ImportWork implements JobWork {
  ImportWork(InstantSource clock, JobLimits limits) {}

  @Override
  public JobQueue.End run(RunningJob running) {
    throw new IllegalStateException("not yet");
  }
}
