package dev.fairground.webhook;

import dev.fairground.event.Event;
import dev.fairground.event.EventType;
import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.BadInput;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Viewer;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What is wrong with a webhook that somebody wants, all of it. */
record WebhookInput(Arguments input, boolean privateAllowed, WebhookPayloads payloads) {
  private static final int MOST_URL = 2_000;

  /** A query is tried on no event: whether it can be asked at all is seen without one. */
  private static final UUID NO_EVENT = new UUID(0, 0);

  /** Of the members that are given. The query is tried with the rights of who wants it. */
  Future<List<UserError>> faults(Viewer viewer) {
    var faults = new ArrayList<UserError>();
    var url = input.string("url");
    var fault =
        url == null
            ? null
            : url.length() > MOST_URL
                ? "It has more than " + MOST_URL + " characters."
                : WebhookAddress.fault(url, privateAllowed);
    if (fault != null) {
      faults.add(InputError.at(input, "url", UserErrorCode.INVALID, fault));
    }
    if (input.strings("types").contains(EventType.TEST.name())) {
      faults.add(
          InputError.at(
              input,
              "types",
              UserErrorCode.INVALID,
              "Events of type TEST are sent by webhookTest only."));
    }
    var subject = input.string("subject");
    if (subject != null && !isId(subject)) {
      faults.add(
          InputError.at(
              input, "subject", UserErrorCode.INVALID, "It is no global id of this server."));
    }
    var query = input.string("query");
    if (query == null) {
      return Future.succeededFuture(faults);
    }
    return payloads
        .answer(viewer, query, NO_EVENT, Ids.write(Event.PREFIX, NO_EVENT))
        .map(
            answer -> {
              var refusal = answer.containsKey("data") ? null : answer.getJsonArray("errors");
              if (refusal != null) {
                for (int i = 0; i < refusal.size(); i++) {
                  faults.add(
                      InputError.at(
                          input,
                          "query",
                          UserErrorCode.INVALID,
                          refusal.getJsonObject(i).getString("message")));
                }
              }
              return faults;
            });
  }

  private static boolean isId(String text) {
    try {
      Ids.prefix("subject", text);
      return true;
    } catch (BadInput other) {
      return false;
    }
  }
}
