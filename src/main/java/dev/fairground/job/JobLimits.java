package dev.fairground.job;

/**
 * Every number that bounds jobs and their files.
 *
 * @param workers jobs that this process works on at once; 0 leaves them to others
 * @param leaseSeconds after which a worker that is not heard of is taken for lost
 * @param pollMillis between two looks for jobs that wait
 * @param openJobs of one organization that have not ended; one more is refused
 * @param resultMegabytes of a file that a job writes
 * @param uploadMegabytes of a file that is uploaded
 * @param uploads of one caller that are kept
 * @param importRows of a file that is imported
 * @param unpackedMegabytes of what a workbook holds, unpacked
 */
public record JobLimits(
    int workers,
    int leaseSeconds,
    int pollMillis,
    int openJobs,
    int resultMegabytes,
    int uploadMegabytes,
    int uploads,
    int importRows,
    int unpackedMegabytes) {
  /** Where the numbers come from: the value of a setting, or its default when it is not set. */
  @FunctionalInterface
  public interface Settings {
    int number(String name, int standard, int least, int most);
  }

  /** What a server has on which nothing was set. */
  public static final JobLimits DEFAULTS = read((name, standard, least, most) -> standard);

  /** Asks {@code from} for each number; its place in the list is that of the component. */
  public static JobLimits read(Settings from) {
    return new JobLimits(
        from.number("FAIRGROUND_JOB_WORKERS", 2, 0, 64),
        from.number("FAIRGROUND_JOB_LEASE_SECONDS", 30, 1, 3_600),
        from.number("FAIRGROUND_JOB_POLL_MILLIS", 500, 10, 60_000),
        from.number("FAIRGROUND_JOB_OPEN", 20, 1, 10_000),
        from.number("FAIRGROUND_JOB_RESULT_MEGABYTES", 1_000, 1, 2_000),
        from.number("FAIRGROUND_UPLOAD_MEGABYTES", 200, 1, 2_000),
        from.number("FAIRGROUND_UPLOADS", 20, 1, 1_000),
        from.number("FAIRGROUND_IMPORT_LIST_ROWS", 200_000, 1, 1_000_000),
        from.number("FAIRGROUND_IMPORT_LIST_MEGABYTES", 1_000, 1, 100_000));
  }
}
