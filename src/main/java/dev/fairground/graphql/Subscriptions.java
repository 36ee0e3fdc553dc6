package dev.fairground.graphql;

import static java.util.Objects.requireNonNull;

import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.DatabaseUnavailable;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Reads;
import graphql.execution.CoercedVariables;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs subscriptions: each thing that a feed tells is the root of a small query of its own.
 *
 * <p>The cost of one thing is charged when the subscription begins, and again for each thing that
 * is made for the subscriber; what others caused to be made costs nothing. A subscriber whose
 * bucket is empty waits until enough came back: it is told later, not less.
 */
final class Subscriptions {
  private static final int AWAY_MILLIS = 1_000;

  // One event may have to be made in a thousand ways at the same moment. All of them at once would
  // take the reads that others wait for, and be refused.
  private static final int MADE_AT_ONCE = 32;

  private final Planner planner;
  private final Wiring wiring;
  private final EngineWay engine;
  private final Variables variables;
  private final RateLimiter buckets;
  private final Limits limits;
  private final InstantSource clock;
  private final Meters meters;
  private final SharedTellings shared = new SharedTellings();
  private final Turns turns = new Turns(MADE_AT_ONCE);

  Subscriptions(
      Planner planner,
      Wiring wiring,
      EngineWay engine,
      Variables variables,
      RateLimiter buckets,
      Limits limits,
      InstantSource clock,
      Meters meters) {
    this.planner = planner;
    this.wiring = wiring;
    this.engine = engine;
    this.variables = variables;
    this.buckets = buckets;
    this.limits = limits;
    this.clock = clock;
    this.meters = meters;
  }

  /** Begins one; fails with what stands against it. */
  Future<Opening> begin(
      Operation operation,
      Prepared prepared,
      PreparedOperation chosen,
      @Nullable String resumeAfter) {
    var viewer = operation.viewer();
    ScopeNeed.check(chosen.scopes(), viewer);
    var coerced = variables.coerce(chosen.definition(), operation.variables());
    var points = chosen.cost().points(coerced, limits.documents(viewer.signedIn()).cost());
    var call = call(operation, buckets.charge(viewer, points), clock.instant());
    var plan = planner.plan(prepared.hash(), prepared.document(), chosen, coerced);
    if (plan == null || plan.root().fields().length != 1) {
      throw new Refusal(ErrorCode.BAD_REQUEST, "A subscription asks for one field, always.");
    }
    var field = plan.root().fields()[0];
    if (!(field.binding instanceof Binding.Subscribed subscribed)) {
      throw new IllegalStateException(field.coordinate + " is no subscription");
    }
    var values = new HashMap<>(field.arguments(coerced));
    if (resumeAfter != null && field.takes("after")) {
      values.put("after", resumeAfter);
    }
    var arguments = new Arguments(field.coordinate, values, call);
    return subscribed
        .feed()
        .apply(call.reading(), arguments)
        .map(
            feed -> {
              meters.operation(chosen.name(), "subscription", "OK", 0);
              return new Opening.Begun(
                  new Run(operation, prepared, chosen, plan, coerced, points, feed));
            });
  }

  private Call call(Operation operation, RateLimit bucket, Instant now) {
    return new Call(
        new Reading(new Reads(), operation.viewer(), Moment.present(now)),
        operation.languages(),
        bucket,
        meters,
        limits,
        operation.requestId());
  }

  /** One subscription. */
  private final class Run implements Stream {
    private final Operation operation;
    private final Prepared prepared;
    private final PreparedOperation chosen;
    private final Plan plan;
    private final CoercedVariables coerced;
    private final Map<String, Object> usedBelow;
    private final int points;
    private final Feed feed;
    private final Context context;
    private boolean ended;

    Run(
        Operation operation,
        Prepared prepared,
        PreparedOperation chosen,
        Plan plan,
        CoercedVariables coerced,
        int points,
        Feed feed) {
      this.operation = operation;
      this.prepared = prepared;
      this.chosen = chosen;
      this.plan = plan;
      this.coerced = coerced;
      this.points = points;
      this.feed = feed;
      this.context = requireNonNull(Vertx.currentContext(), "subscriptions begin on an event loop");
      this.usedBelow = new HashMap<>();
      for (var name : UsedVariables.belowRoot(prepared.document())) {
        usedBelow.put(name, coerced.get(name));
      }
    }

    @Override
    public Future<@Nullable Told> next() {
      if (ended) {
        return Future.succeededFuture(null);
      }
      return here(feed.next())
          .compose(happening -> happening == null ? Future.succeededFuture(null) : tell(happening))
          .recover(
              failure ->
                  failure instanceof DatabaseUnavailable ? later(this::next) : refuse(failure));
    }

    private Future<@Nullable Told> refuse(Throwable failure) {
      close();
      var faults = Faults.of(failure, operation.requestId());
      return Future.succeededFuture(
          new Told(
              AnswerWriter.refused(faults, operation.requestId()), null, faults.getFirst().code()));
    }

    /** Tells it for certain: while the database is away, it waits. */
    private Future<@Nullable Told> tell(Feed.Happening happening) {
      if (ended) {
        return Future.succeededFuture(null);
      }
      Future<Buffer> body;
      try {
        body = body(happening);
      } catch (Refusal empty) {
        return empty.facts().get("retryAfterMillis") instanceof Long millis
            ? pause(millis).compose(over -> tell(happening))
            : Future.failedFuture(empty);
      }
      return here(body)
          .map(bytes -> new Told(bytes, happening.cursor(), null))
          .recover(
              failure ->
                  failure instanceof DatabaseUnavailable
                      ? later(() -> tell(happening))
                      : Future.failedFuture(failure));
    }

    private Future<Buffer> body(Feed.Happening happening) {
      if (happening.key() == null) {
        buckets.charge(operation.viewer(), points);
        return turns.take(() -> make(happening));
      }
      var key =
          new SharedTellings.Key(
              reader(operation.viewer()),
              prepared.hash(),
              chosen.name(),
              usedBelow,
              operation.languages(),
              happening.key());
      var known = shared.find(key);
      if (known != null) {
        return known;
      }
      buckets.charge(operation.viewer(), points);
      return shared.get(key, () -> turns.take(() -> make(happening)));
    }

    private Future<Buffer> make(Feed.Happening happening) {
      var begun = System.nanoTime();
      var now = clock.instant();
      // Another server's clock may be ahead of ours, and what it wrote valid from then on.
      var moment = happening.at().isAfter(now) ? happening.at() : now;
      var call = call(operation, buckets.refund(operation.viewer(), 0, 0), moment);
      var run = new PlanRun(plan, wiring, call, coerced, happening.value());
      return run.run()
          .map(
              root -> {
                var written = AnswerWriter.data(run, root);
                buckets.refund(operation.viewer(), points, written.objects());
                return written.bytes();
              })
          .recover(
              failure ->
                  Faults.isOfDatabase(failure)
                      ? Future.failedFuture(failure)
                      : engine
                          .run(operation, prepared, call, happening.value())
                          .map(result -> AnswerWriter.result(result, operation.requestId())))
          .onSuccess(
              done -> meters.operation(chosen.name(), "event", "OK", System.nanoTime() - begun));
    }

    private Future<@Nullable Told> later(java.util.function.Supplier<Future<@Nullable Told>> step) {
      return pause(AWAY_MILLIS).compose(over -> step.get());
    }

    private Future<?> pause(long millis) {
      return here(context.owner().timer(Math.max(10, millis), TimeUnit.MILLISECONDS));
    }

    /** Goes on where the subscriber is served, wherever the future completes. */
    private <T> Future<T> here(Future<T> future) {
      if (future.isComplete() && Vertx.currentContext() == context) {
        return future;
      }
      Promise<T> promise = Promise.promise();
      future.onComplete(
          result -> {
            if (Vertx.currentContext() == context) {
              promise.handle(result);
            } else {
              context.runOnContext(there -> promise.handle(result));
            }
          });
      return promise.future();
    }

    @Override
    public @Nullable String reached() {
      return feed.reached();
    }

    @Override
    public void close() {
      ended = true;
      feed.close();
    }
  }

  /** Who may read the same: everybody without credentials; else only the same one. */
  private static Object reader(Viewer viewer) {
    return viewer.actor() == null
        ? viewer.rights()
        : java.util.List.of(viewer.actor().subject(), viewer.rights());
  }
}
