package dev.fairground.graphql;

/**
 * Every number that bounds one request: its document, its values, its pages, its cost.
 *
 * @param errors errors told of one document
 * @param cacheBytes memory of prepared documents, estimated
 * @param workers threads that parse and validate
 * @param queue documents that may wait for them
 * @param callers buckets kept at once
 * @param batch keys that a loader sends in one statement
 */
public record Limits(
    DocumentLimits anonymousDocuments,
    DocumentLimits signedInDocuments,
    InputLimits input,
    PageLimits pages,
    RateLimits anonymousRate,
    RateLimits signedInRate,
    int errors,
    int cacheBytes,
    int workers,
    int queue,
    int callers,
    int batch) {

  /** Where the numbers come from: the value of a setting, or its default when it is not set. */
  @FunctionalInterface
  public interface Settings {
    int number(String name, int standard, int least, int most);
  }

  public Limits {
    if (anonymousRate.burst() < anonymousDocuments.cost()
        || signedInRate.burst() < signedInDocuments.cost()) {
      throw new IllegalArgumentException(
          "FAIRGROUND_RATE_BURST is below FAIRGROUND_DOCUMENT_COST: the dearest request could never run");
    }
  }

  /** The limits as they are written in the documentation. */
  public static Limits defaults() {
    return read((name, standard, least, most) -> standard);
  }

  /** Asks {@code from} for each number; its place in the list is that of the component. */
  public static Limits read(Settings from) {
    var documents = DocumentLimits.read(from);
    var rate = RateLimits.read(from);
    return new Limits(
        documents,
        documents.twice(),
        InputLimits.read(from),
        PageLimits.read(from),
        rate,
        rate.tenfold(),
        from.number("FAIRGROUND_DOCUMENT_ERRORS", 20, 1, 1_000),
        from.number("FAIRGROUND_DOCUMENT_CACHE_BYTES", 64 << 20, 0, 2_000_000_000),
        from.number("FAIRGROUND_DOCUMENT_WORKERS", 2, 1, 1_000),
        from.number("FAIRGROUND_DOCUMENT_QUEUE", 64, 1, 100_000),
        from.number("FAIRGROUND_RATE_CALLERS", 100_000, 1, 100_000_000),
        from.number("FAIRGROUND_LOADER_BATCH", 500, 1, 10_000));
  }

  public DocumentLimits documents(boolean signedIn) {
    return signedIn ? signedInDocuments : anonymousDocuments;
  }

  public RateLimits rate(boolean signedIn) {
    return signedIn ? signedInRate : anonymousRate;
  }
}
