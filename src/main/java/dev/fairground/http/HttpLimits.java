package dev.fairground.http;

/**
 * Every number that bounds the public port. {@link #read} names the setting of each, its default
 * and its range.
 *
 * @param instances event loops that share the port; {@code FAIRGROUND_HTTP_INSTANCES}, one for each
 *     processor
 * @param headerBytes the header block, beyond it 431; {@code FAIRGROUND_HTTP_HEADER_BYTES}, 16 kB
 * @param requestLineBytes the request line, beyond it 414; {@code
 *     FAIRGROUND_HTTP_REQUEST_LINE_BYTES}, 8 kB
 * @param bodyBytes a request body, beyond it 413; {@code FAIRGROUND_HTTP_BODY_BYTES}, 256 kB
 * @param signedInBodyBytes a body of declared length from a caller who is known, beyond it 413;
 *     {@code FAIRGROUND_HTTP_SIGNED_IN_BODY_BYTES}, 4 MB
 * @param jsonNesting arrays and objects inside each other in a body, beyond it 400; {@code
 *     FAIRGROUND_HTTP_JSON_NESTING}, 50
 * @param jsonNumberLength characters of one number in a body, beyond it 400; {@code
 *     FAIRGROUND_HTTP_JSON_NUMBER_LENGTH}, 100
 * @param headerMillis from a request's first byte to the end of its headers, beyond it 408; {@code
 *     FAIRGROUND_HTTP_HEADER_MILLIS}, 10 s
 * @param requestMillis from a request's first byte to its last, beyond it 408; {@code
 *     FAIRGROUND_HTTP_REQUEST_MILLIS}, 15 s
 * @param idleSeconds a connection on which nothing moves is closed; {@code
 *     FAIRGROUND_HTTP_IDLE_SECONDS}, 30 s
 * @param handlingMillis from the request's last byte to its answer, beyond it 504; {@code
 *     FAIRGROUND_HTTP_HANDLING_MILLIS}, 10 s
 * @param connectionsPerAddress open at once from one address, more are closed; {@code
 *     FAIRGROUND_HTTP_CONNECTIONS_PER_ADDRESS}, 100
 * @param inFlight requests that are worked on at once; {@code FAIRGROUND_HTTP_IN_FLIGHT}, 64: four
 *     times the database pool
 * @param waiting requests that wait for a place, beyond it 503; {@code FAIRGROUND_HTTP_WAITING},
 *     128
 * @param waitMillis how long one waits, beyond it 503; {@code FAIRGROUND_HTTP_WAIT_MILLIS}, 200 ms
 * @param inFlightPerCaller requests of one caller that are worked on at once; {@code
 *     FAIRGROUND_HTTP_IN_FLIGHT_PER_CALLER}, 8
 * @param waitingPerCaller requests of one caller that wait, beyond it 429; {@code
 *     FAIRGROUND_HTTP_WAITING_PER_CALLER}, 16
 * @param persistedQueryBytes memory for persisted queries; {@code
 *     FAIRGROUND_PERSISTED_QUERY_BYTES}, 16 MB
 * @param answerCacheBytes memory for answers that anonymous callers share; {@code
 *     FAIRGROUND_ANSWER_CACHE_BYTES}, 32 MB
 * @param answerCacheMillis how long an answer is shared at most; 0 shares none; {@code
 *     FAIRGROUND_ANSWER_CACHE_MILLIS}, 1 s
 * @param drainSeconds how long answers may take after the end was asked for; {@code
 *     FAIRGROUND_HTTP_DRAIN_SECONDS}, 10 s
 * @param transfers files that are sent or taken at once, beyond it 503; {@code
 *     FAIRGROUND_HTTP_TRANSFERS}, 32
 * @param uploadMillis from the first byte of an upload to its last, beyond it 408; {@code
 *     FAIRGROUND_HTTP_UPLOAD_MILLIS}, 10 min
 * @param draftStatuses 1 for the status codes of the 2026 draft, 422 for documents and variables
 *     that don't fit the schema and 294 for partial data; {@code FAIRGROUND_HTTP_DRAFT_STATUSES}, 0
 * @param streams what bounds WebSockets and server-sent events
 */
public record HttpLimits(
    int instances,
    int headerBytes,
    int requestLineBytes,
    int bodyBytes,
    int signedInBodyBytes,
    int jsonNesting,
    int jsonNumberLength,
    int headerMillis,
    int requestMillis,
    int idleSeconds,
    int handlingMillis,
    int connectionsPerAddress,
    int inFlight,
    int waiting,
    int waitMillis,
    int inFlightPerCaller,
    int waitingPerCaller,
    int persistedQueryBytes,
    int answerCacheBytes,
    int answerCacheMillis,
    int drainSeconds,
    int transfers,
    int uploadMillis,
    int draftStatuses,
    StreamLimits streams) {

  /** Where the numbers come from: the value of a setting, or its default when it is not set. */
  public interface Settings {
    int number(String name, int standard, int least, int most);
  }

  /** Asks {@code from} for each number; its place in the list is that of the component. */
  public static HttpLimits read(Settings from) {
    int million = 1_000_000;
    int cores = Runtime.getRuntime().availableProcessors();
    return new HttpLimits(
        from.number("FAIRGROUND_HTTP_INSTANCES", cores, 1, 1_000),
        from.number("FAIRGROUND_HTTP_HEADER_BYTES", 16 * 1024, 1_024, million),
        from.number("FAIRGROUND_HTTP_REQUEST_LINE_BYTES", 8 * 1024, 256, million),
        from.number("FAIRGROUND_HTTP_BODY_BYTES", 256 * 1024, 1_024, 64 * million),
        from.number("FAIRGROUND_HTTP_SIGNED_IN_BODY_BYTES", 4 * 1024 * 1024, 1_024, 64 * million),
        from.number("FAIRGROUND_HTTP_JSON_NESTING", 50, 4, 1_000),
        from.number("FAIRGROUND_HTTP_JSON_NUMBER_LENGTH", 100, 20, 10_000),
        from.number("FAIRGROUND_HTTP_HEADER_MILLIS", 10_000, 100, million),
        from.number("FAIRGROUND_HTTP_REQUEST_MILLIS", 15_000, 100, million),
        from.number("FAIRGROUND_HTTP_IDLE_SECONDS", 30, 1, 86_400),
        from.number("FAIRGROUND_HTTP_HANDLING_MILLIS", 10_000, 10, million),
        from.number("FAIRGROUND_HTTP_CONNECTIONS_PER_ADDRESS", 100, 1, million),
        from.number("FAIRGROUND_HTTP_IN_FLIGHT", 64, 1, 100_000),
        from.number("FAIRGROUND_HTTP_WAITING", 128, 0, 100_000),
        from.number("FAIRGROUND_HTTP_WAIT_MILLIS", 200, 1, 60_000),
        from.number("FAIRGROUND_HTTP_IN_FLIGHT_PER_CALLER", 8, 1, 100_000),
        from.number("FAIRGROUND_HTTP_WAITING_PER_CALLER", 16, 0, 100_000),
        from.number("FAIRGROUND_PERSISTED_QUERY_BYTES", 16 * million, 0, 2_000 * million),
        from.number("FAIRGROUND_ANSWER_CACHE_BYTES", 32 * million, 0, 2_000 * million),
        from.number("FAIRGROUND_ANSWER_CACHE_MILLIS", 1_000, 0, 3_600_000),
        from.number("FAIRGROUND_HTTP_DRAIN_SECONDS", 10, 1, 3_600),
        from.number("FAIRGROUND_HTTP_TRANSFERS", 32, 1, 10_000),
        from.number("FAIRGROUND_HTTP_UPLOAD_MILLIS", 600_000, 100, 86_400_000),
        from.number("FAIRGROUND_HTTP_DRAFT_STATUSES", 0, 0, 1),
        StreamLimits.read(from));
  }

  /** The numbers of a server on which nothing was set. */
  public static HttpLimits standard() {
    return read((name, standard, least, most) -> standard);
  }
}
