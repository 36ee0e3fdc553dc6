package dev.fairground.graphql;

/**
 * Every number that bounds one request: its document, its values, its pages, its cost.
 *
 * @param errors errors told of one document
 * @param cacheBytes memory of prepared documents, estimated
 * @param workers threads that parse and validate
 * @param queue documents that may wait for them
 * @param callers buckets kept at once
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
    int callers) {

  /** Where a limit's value comes from: a name in capitals, and the value when nobody set it. */
  @FunctionalInterface
  public interface Setting {
    int read(String name, int byDefault);
  }

  public Limits {
    if (anonymousRate.burst() < anonymousDocuments.cost()
        || signedInRate.burst() < signedInDocuments.cost()) {
      throw new IllegalArgumentException(
          "RATE_BURST is below DOCUMENT_COST: the dearest request could never run");
    }
  }

  /** The limits as they are written in the documentation. */
  public static Limits defaults() {
    return read((name, byDefault) -> byDefault);
  }

  /** The limits, with those changed that {@code setting} knows another value for. */
  public static Limits read(Setting setting) {
    var documents = DocumentLimits.read(setting);
    var rate = RateLimits.read(setting);
    return new Limits(
        documents,
        documents.twice(),
        InputLimits.read(setting),
        PageLimits.read(setting),
        rate,
        rate.tenfold(),
        setting.read("DOCUMENT_ERRORS", 20),
        setting.read("DOCUMENT_CACHE_BYTES", 64 << 20),
        setting.read("DOCUMENT_WORKERS", 2),
        setting.read("DOCUMENT_QUEUE", 64),
        setting.read("RATE_CALLERS", 100_000));
  }

  public DocumentLimits documents(boolean signedIn) {
    return signedIn ? signedInDocuments : anonymousDocuments;
  }

  public RateLimits rate(boolean signedIn) {
    return signedIn ? signedInRate : anonymousRate;
  }
}
