package dev.fairground.http;

import dev.fairground.kernel.Moment;
import dev.fairground.kernel.MovableClock;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.function.Supplier;

/**
 * {@code /clock} on the management port: GET tells where the clock stands, POST moves it, {@code
 * {"to": "2026-12-31T09:00:00+08:00"}} or {@code {"by": "P30D"}}.
 */
public final class ClockDoor {
  private static final int MOST_BYTES = 1_000;
  private static final String WANTED =
      "send {\"to\": \"2026-12-31T09:00:00+08:00\"} or {\"by\": \"P30D\"}";

  private final MovableClock clock;
  private final Supplier<Future<Void>> moved;

  /**
   * @param moved is told after each move; the answer waits for it
   */
  public ClockDoor(MovableClock clock, Supplier<Future<Void>> moved) {
    this.clock = clock;
    this.moved = moved;
  }

  void answer(HttpServerRequest request) {
    if (request.method() == HttpMethod.GET) {
      tell(request, 200, standing());
    } else if (request.method() == HttpMethod.POST) {
      request
          .body()
          .onSuccess(body -> move(request, body.length() > MOST_BYTES ? "" : body.toString()))
          .onFailure(gone -> request.connection().close());
    } else {
      request.response().putHeader("Allow", "GET, POST");
      tell(request, 405, new JsonObject().put("error", "GET tells the clock, POST moves it"));
    }
  }

  private void move(HttpServerRequest request, String body) {
    try {
      clock.moveBy(wanted(new JsonObject(body)));
    } catch (DecodeException | ClassCastException broken) {
      tell(request, 400, new JsonObject().put("error", WANTED));
      return;
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException refused) {
      tell(request, 400, new JsonObject().put("error", refused.getMessage() + "; " + WANTED));
      return;
    }
    moved
        .get()
        .onSuccess(done -> tell(request, 200, standing()))
        .onFailure(
            failure ->
                tell(
                    request,
                    503,
                    standing().put("error", "it was moved, but not everything was told")));
  }

  private Duration wanted(JsonObject asked) {
    var to = asked.getString("to");
    var by = asked.getString("by");
    if ((to == null) == (by == null)) {
      throw new IllegalArgumentException("one of to and by is needed");
    }
    var now = clock.instant();
    return Duration.between(
        now, to != null ? OffsetDateTime.parse(to).toInstant() : by(now, String.valueOf(by)));
  }

  /** Days, months and years of the calendar, or hours, minutes and seconds. */
  private static Instant by(Instant now, String span) {
    return span.contains("T")
        ? now.plus(Duration.parse(span))
        : now.atZone(Moment.ZONE).plus(Period.parse(span)).toInstant();
  }

  private JsonObject standing() {
    return new JsonObject()
        .put("now", clock.instant().toString())
        .put("day", Moment.present(clock.instant()).day().toString())
        .put("ahead", clock.ahead().toString());
  }

  private static void tell(HttpServerRequest request, int status, JsonObject body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body.encode() + "\n");
  }
}
