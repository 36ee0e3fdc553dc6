package dev.fairground.http;

import dev.fairground.graphql.ErrorCode;

/**
 * The HTTP status of what the engine says. With {@code application/json} a document that is refused
 * still answers 200, as older clients expect; everything that is not about the document keeps the
 * status of its code.
 */
final class Statuses {
  private static final int PARTIAL_SUCCESS = 294;
  private static final int UNPROCESSABLE = 422;

  private final boolean draft;

  Statuses(boolean draft) {
    this.draft = draft;
  }

  int refused(ErrorCode code, MediaType media) {
    int status = code.status();
    if (status != 400 || code == ErrorCode.BAD_REQUEST) {
      return status;
    }
    if (media == MediaType.JSON) {
      return 200;
    }
    return draft && code != ErrorCode.GRAPHQL_PARSE_FAILED ? UNPROCESSABLE : status;
  }

  int answered(boolean partial, MediaType media) {
    return draft && partial && media == MediaType.GRAPHQL_RESPONSE ? PARTIAL_SUCCESS : 200;
  }
}
