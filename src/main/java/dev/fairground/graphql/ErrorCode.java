package dev.fairground.graphql;

/**
 * The stable codes of {@code extensions.code}. A code never changes its meaning; new ones may come.
 */
public enum ErrorCode {
  GRAPHQL_PARSE_FAILED(400),
  GRAPHQL_VALIDATION_FAILED(400),
  BAD_REQUEST(400),
  BAD_USER_INPUT(400),
  OPERATION_RESOLUTION_FAILURE(400),
  PERSISTED_QUERY_NOT_FOUND(200),
  PAYLOAD_TOO_LARGE(413),
  UNSUPPORTED_MEDIA_TYPE(415),
  NOT_ACCEPTABLE(406),
  METHOD_NOT_ALLOWED(405),
  DEPTH_LIMIT_EXCEEDED(400),
  COST_LIMIT_EXCEEDED(400),
  ALIAS_LIMIT_EXCEEDED(400),
  DOCUMENT_LIMIT_EXCEEDED(400),
  INTROSPECTION_LIMIT_EXCEEDED(400),
  UNAUTHENTICATED(401),
  FORBIDDEN(403),
  NOT_FOUND(404),
  CURSOR_TOO_OLD(410),
  CONFLICT(409),
  IDEMPOTENCY_KEY_REUSED(422),
  IDEMPOTENCY_IN_PROGRESS(409),
  REQUEST_TIMEOUT(408),
  RATE_LIMITED(429),
  SLOW_READER(503),
  OVERLOADED(503),
  SERVICE_UNAVAILABLE(503),
  TIMEOUT(504),
  INTERNAL_SERVER_ERROR(500);

  private final int status;

  ErrorCode(int status) {
    this.status = status;
  }

  /** The HTTP status when the whole request is refused with this code and no data is there. */
  public int status() {
    return status;
  }
}
