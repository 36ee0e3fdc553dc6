package dev.fairground.graphql;

import dev.fairground.kernel.Moment;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Reads;
import graphql.ExecutionResult;
import graphql.execution.CoercedVariables;
import graphql.schema.GraphQLSchema;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers operations: the document and its limits, the variables, the cost and the caller's bucket,
 * and then one of two ways to run it. Queries run as plans; introspection, and every query in which
 * a field fails, run on graphql-java's engine.
 */
public final class Engine implements AutoCloseable {
  private final GraphQLSchema schema;
  private final EngineWay engineWay;
  private final Subscriptions subscriptions;
  private final Documents documents;
  private final Variables variables;
  private final RateLimiter buckets;
  private final Planner planner;
  private final Wiring wiring;
  private final Limits limits;
  private final InstantSource clock;
  private final Meters meters;
  private final Troubles troubles;

  public Engine(Schema schema, Limits limits, InstantSource clock, MeterRegistry metrics) {
    this(schema, limits, clock, metrics, Troubles.UNHEARD);
  }

  /**
   * @param troubles is told of every answer that holds errors
   */
  public Engine(
      Schema schema, Limits limits, InstantSource clock, MeterRegistry metrics, Troubles troubles) {
    this.troubles = troubles;
    this.schema = schema.graphql();
    this.limits = limits;
    this.clock = clock;
    this.meters = new Meters(metrics);
    this.wiring = schema.wiring();
    this.documents = new Documents(schema.graphql(), limits);
    this.variables = new Variables(schema.graphql(), limits);
    this.buckets = new RateLimiter(limits, System::nanoTime);
    this.planner = new Planner(schema);
    this.engineWay = new EngineWay(schema);
    this.subscriptions =
        new Subscriptions(planner, wiring, engineWay, variables, buckets, limits, clock, meters);
    wiring.ready(this);
  }

  /** What a caller has left, without charging anything. */
  public RateLimit left(dev.fairground.kernel.Viewer viewer) {
    return buckets.refund(viewer, 0, 0);
  }

  /** The fields of a type or an input of the schema, in its order, with what is said of them. */
  public List<FieldWords> fields(String type) {
    return FieldWords.of(schema, type);
  }

  /** Runs one operation. Never fails: what goes wrong is in the answer. */
  public Future<Answer> execute(Operation operation) {
    return execute(operation, true);
  }

  /**
   * Runs one operation of a job: held to the limits of every request, but not to the caller's
   * bucket, which is for requests that somebody waits for.
   */
  public Future<Answer> executeForJob(Operation operation) {
    return execute(operation, false);
  }

  /**
   * The caller's query of one connection, made ready to be read page by page.
   *
   * @param rows for each type of rows that is allowed, a document whose query selects what is
   *     wanted of a row instead of what the caller's does; null for any type and the caller's own
   *     selection
   * @return fails with a {@link Refusal} if it is no such query
   */
  public Future<PagedQuery> paged(
      String query,
      Map<String, Object> values,
      boolean signedIn,
      @Nullable Map<String, String> rows) {
    return documents
        .prepare(query, signedIn)
        .map(prepared -> new PagedQueries(schema, prepared.document()).of(values, rows))
        .compose(paged -> documents.prepare(paged.text(), signedIn).map(paged));
  }

  private Future<Answer> execute(Operation operation, boolean charged) {
    var begun = System.nanoTime();
    var run = new Run(operation, Way.PLAN, charged);
    Future<Answer> answer;
    try {
      answer =
          documents.prepare(operation.query(), operation.viewer().signedIn()).compose(run::start);
    } catch (RuntimeException failure) {
      answer = Future.failedFuture(failure);
    }
    return answer
        .otherwise(run::refused)
        .onSuccess(
            done ->
                meters.operation(
                    run.name,
                    run.way.name().toLowerCase(java.util.Locale.ROOT),
                    done.refusedBy() != null
                        ? done.refusedBy().name()
                        : done.partial() ? "PARTIAL" : "OK",
                    System.nanoTime() - begun));
  }

  /**
   * Runs one operation of any kind, as a stream of what it tells: one answer of a query or a
   * mutation, any number of a subscription. Called on an event loop; never fails.
   *
   * @param resumeAfter what stands for a subscription's argument {@code after}; null for what it
   *     says
   */
  public Future<Opening> open(Operation operation, @Nullable String resumeAfter) {
    var run = new Run(operation, Way.PLAN, true);
    try {
      return documents
          .prepare(operation.query(), operation.viewer().signedIn())
          .compose(
              prepared -> {
                var chosen = prepared.operation(operation.operationName());
                return chosen.isSubscription()
                    ? subscriptions.begin(operation, prepared, chosen, resumeAfter)
                    : execute(operation).map(Opening::of);
              })
          .otherwise(failure -> new Opening.Refused(run.refused(failure)));
    } catch (RuntimeException failure) {
      return Future.succeededFuture(new Opening.Refused(run.refused(failure)));
    }
  }

  /** Which of the two ways a query is run. The engine's answers are what the plan's are held to. */
  enum Way {
    PLAN,
    ENGINE
  }

  /** One operation on its way. */
  private final class Run {
    private final Operation operation;
    private final Reads reads = new Reads(null);
    private final boolean paying;
    private Way way;
    private @Nullable String name;
    private @Nullable RateLimit charged;

    Run(Operation operation, Way way, boolean paying) {
      this.operation = operation;
      this.way = way;
      this.paying = paying;
      operation.cancellation().onCancel(reads::cancel);
    }

    Future<Answer> start(Prepared prepared) {
      var chosen = prepared.operation(operation.operationName());
      name = chosen.name();
      if (operation.queryOnly() && !chosen.isQuery()) {
        throw new Refusal(
            ErrorCode.METHOD_NOT_ALLOWED, "Only queries may be sent by GET. Send this by POST.");
      }
      if (chosen.isSubscription()) {
        throw new Refusal(
            ErrorCode.BAD_REQUEST,
            "A subscription has more than one answer. Accept text/event-stream, or ask over a"
                + " WebSocket of the protocol graphql-transport-ws.");
      }
      ScopeNeed.check(chosen.scopes(), operation.viewer());
      var coerced = variables.coerce(chosen.definition(), operation.variables());
      var viewer = operation.viewer();
      var points = chosen.cost().points(coerced, limits.documents(viewer.signedIn()).cost());
      var bucket = paying ? buckets.charge(viewer, points) : buckets.refund(viewer, 0, 0);
      charged = paying ? bucket : null;
      var moment = Moment.present(clock.instant());
      var call =
          new Call(
              new Reading(reads, viewer, moment),
              operation.languages(),
              bucket,
              meters,
              limits,
              operation.requestId());
      var plan =
          chosen.isQuery()
              ? planner.plan(prepared.hash(), prepared.document(), chosen, coerced)
              : null;
      return plan == null ? onEngine(prepared, call) : onPlan(plan, call, coerced, prepared);
    }

    private Future<Answer> onPlan(
        Plan plan, Call call, CoercedVariables coerced, Prepared prepared) {
      var run = new PlanRun(plan, wiring, call, coerced);
      return run.run()
          .map(root -> written(plan, run, root, call))
          .recover(
              failure ->
                  Faults.isOfDatabase(failure)
                      ? Future.failedFuture(failure)
                      : onEngine(prepared, call));
    }

    private Answer written(Plan plan, PlanRun run, PlanRun.Node root, Call call) {
      var written = AnswerWriter.data(run, root);
      var share = plan.tellsOfCaller() ? 0 : dayEnd(call.reading().moment());
      return new Answer(
          written.bytes(), null, false, share, 0, settled(written.objects()), written.objects());
    }

    private Future<Answer> onEngine(Prepared prepared, Call call) {
      way = Way.ENGINE;
      return engineWay.run(operation, prepared, call, null).map(result -> answer(result, call));
    }

    private Answer answer(ExecutionResult result, Call call) {
      var complete = result.getErrors().isEmpty();
      if (!complete) {
        tell(result.getErrors().stream().map(AnswerWriter::fault).toList());
      }
      var bucket = call.limits();
      return new Answer(
          AnswerWriter.result(result, operation.requestId()),
          null,
          !complete,
          0,
          0,
          bucket,
          bucket.requestedCost());
    }

    Answer refused(Throwable failure) {
      var faults = Faults.of(failure, operation.requestId());
      tell(faults);
      var first = faults.getFirst();
      var retry = first.facts().get("retryAfterMillis") instanceof Long millis ? millis : 0L;
      var bucket = charged;
      if (first.code() == ErrorCode.RATE_LIMITED
          && first.facts().get("requested") instanceof Integer points) {
        // Nothing was taken; who is sent away is told of the bucket all the same.
        bucket = buckets.refund(operation.viewer(), points, points);
      }
      return new Answer(
          AnswerWriter.refused(faults, operation.requestId()),
          first.code(),
          false,
          0,
          first.code() == ErrorCode.SERVICE_UNAVAILABLE ? 2_000 : retry,
          bucket,
          charged == null ? 0 : charged.requestedCost());
    }

    private void tell(List<Fault> faults) {
      troubles.heard(
          operation.viewer(),
          operation.requestId(),
          name == null ? operation.operationName() : name,
          faults);
    }

    private @Nullable RateLimit settled(int actual) {
      return charged == null
          ? null
          : buckets.refund(operation.viewer(), charged.requestedCost(), actual);
    }
  }

  /**
   * What is in force is told by the day: answers stay right until the day ends. By the time of this
   * machine, which is not that of a clock that was moved.
   */
  private static long dayEnd(Moment moment) {
    var end = moment.day().plusDays(1).atStartOfDay(Moment.ZONE).toInstant();
    return System.currentTimeMillis() + end.toEpochMilli() - moment.now().toEpochMilli();
  }

  @Override
  public void close() {
    documents.close();
  }

  /** Runs an operation the engine's way, whatever it is: what plans are compared with. */
  Future<Answer> executeOnEngine(Operation operation) {
    return documents
        .prepare(operation.query(), operation.viewer().signedIn())
        .compose(
            prepared -> {
              var run = new Run(operation, Way.ENGINE, true);
              var reading =
                  new Reading(run.reads, operation.viewer(), Moment.present(clock.instant()));
              return run.onEngine(
                  prepared,
                  new Call(
                      reading,
                      operation.languages(),
                      buckets.refund(operation.viewer(), 0, 0),
                      meters,
                      limits,
                      operation.requestId()));
            });
  }
}
