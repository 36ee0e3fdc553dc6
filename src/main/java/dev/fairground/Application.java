package dev.fairground;

import dev.fairground.access.AccessResolver;
import dev.fairground.access.AccessSweep;
import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.authorizing.AuthorizationSweep;
import dev.fairground.authorizing.AuthorizingResolver;
import dev.fairground.authorizing.EffectWorker;
import dev.fairground.bulk.BulkResolver;
import dev.fairground.catalog.CatalogResolver;
import dev.fairground.check.CheckResolver;
import dev.fairground.check.DueWorker;
import dev.fairground.check.SweepWorker;
import dev.fairground.clock.ClockResolver;
import dev.fairground.clock.ClockSweep;
import dev.fairground.code.CodeResolver;
import dev.fairground.contract.ContractResolver;
import dev.fairground.contract.GrantSweep;
import dev.fairground.demo.DemoMarket;
import dev.fairground.demo.DemoTokens;
import dev.fairground.draft.DraftResolver;
import dev.fairground.eligibility.EligibilityResolver;
import dev.fairground.eligibility.ViewerEligible;
import dev.fairground.equal.EqualResolver;
import dev.fairground.equal.EqualWorker;
import dev.fairground.event.EventResolver;
import dev.fairground.event.EventRetention;
import dev.fairground.event.EventTail;
import dev.fairground.event.Sequencer;
import dev.fairground.fairness.ClosedMonths;
import dev.fairground.fairness.FairnessResolver;
import dev.fairground.format.ListTemplates;
import dev.fairground.graphql.Engine;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Limits;
import dev.fairground.graphql.Schema;
import dev.fairground.http.CallerAddresses;
import dev.fairground.http.ClockDoor;
import dev.fairground.http.GraphqlBackend;
import dev.fairground.http.GraphqlServer;
import dev.fairground.http.HttpLimits;
import dev.fairground.http.Management;
import dev.fairground.identity.Identity;
import dev.fairground.identity.IdentityLimits;
import dev.fairground.identity.IdentityResolver;
import dev.fairground.job.FileStore;
import dev.fairground.job.JobLimits;
import dev.fairground.job.JobResolver;
import dev.fairground.job.JobWorkers;
import dev.fairground.jurisdiction.JurisdictionResolver;
import dev.fairground.kernel.MovableClock;
import dev.fairground.mutation.Housekeeping;
import dev.fairground.mutation.MutationResolver;
import dev.fairground.party.PartyResolver;
import dev.fairground.policy.PolicyResolver;
import dev.fairground.pricing.PricingResolver;
import dev.fairground.reference.ReferenceData;
import dev.fairground.registration.RegistrationResolver;
import dev.fairground.registration.RegistrationSweep;
import dev.fairground.resource.ResourceResolver;
import dev.fairground.search.SearchResolver;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import dev.fairground.sql.DatabaseLimits;
import dev.fairground.sql.EmbeddedDatabase;
import dev.fairground.sql.Migrations;
import dev.fairground.usage.HeadKey;
import dev.fairground.usage.UsageResolver;
import dev.fairground.usage.UsageSequencer;
import dev.fairground.webhook.WebhookResolver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every {@code new} of the program, in the order of the data's way. What was opened is closed in
 * the opposite order, also when the start fails half way.
 */
public final class Application implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Application.class);
  private static final long START_SECONDS = 30;

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private int httpPort;
  private int managementPort;

  private Application() {}

  /**
   * What features need beside the database.
   *
   * @param ended is told of each token that was ended
   * @param key what secrets are derived from
   * @param privateWebhooks whether events may be sent by http and to private addresses
   */
  record Surroundings(
      IdentityLimits identity,
      Consumer<UUID> ended,
      JobLimits jobs,
      byte[] key,
      boolean privateWebhooks) {
    /** Those of a server of its own, for trying things out. */
    static final Surroundings PLAIN =
        new Surroundings(
            IdentityLimits.DEFAULTS, ended -> {}, JobLimits.DEFAULTS, new byte[32], true);
  }

  /** The features of the schema, in reading order. */
  static List<Feature> features(Database database, Surroundings around) {
    var tail = new EventTail(database);
    var codes = new CodeResolver(database);
    var jurisdictions = new JurisdictionResolver(database);
    var clocks = new ClockResolver(database, jurisdictions);
    var party = new PartyResolver(database);
    var resources = new ResourceResolver(database, codes, party);
    var authorizations = new AuthorizationResolver(database, jurisdictions, party, resources);
    var catalog =
        new CatalogResolver(
            database, codes, party, resources, authorizations, new ViewerEligible(database));
    var equal = new EqualResolver(database, catalog);
    var checks = new CheckResolver(database, clocks, party, catalog);
    var policies = new PolicyResolver(database, catalog);
    var contracts =
        new ContractResolver(
            database,
            jurisdictions,
            clocks,
            party,
            authorizations,
            catalog,
            equal,
            checks,
            policies);
    return List.of(
        new EventResolver(database, tail),
        new MutationResolver(),
        codes,
        jurisdictions,
        clocks,
        party,
        new IdentityResolver(database, party, around.identity(), around.ended()),
        resources,
        authorizations,
        catalog,
        equal,
        checks,
        new DraftResolver(database, party, resources, authorizations, catalog),
        new SearchResolver(database),
        new RegistrationResolver(database, jurisdictions, clocks, party, resources, catalog),
        new PricingResolver(database, party, authorizations, catalog, clocks),
        new AuthorizingResolver(database, clocks, party, authorizations, catalog),
        policies,
        new EligibilityResolver(database, party, catalog),
        contracts,
        new AccessResolver(
            database, jurisdictions, clocks, party, authorizations, catalog, checks, contracts),
        new UsageResolver(database, party, resources, authorizations, catalog, contracts),
        new FairnessResolver(database, party, catalog),
        new WebhookResolver(database, party, around.key(), around.privateWebhooks()),
        new JobResolver(database, party, tail, around.jobs()),
        new BulkResolver(database));
  }

  /**
   * Starts the server and returns when both ports listen. Waits for an external database that is
   * not there yet, for as long as it takes; the management port listens meanwhile. An interrupt
   * ends the waiting.
   *
   * @throws dev.fairground.sql.DatabaseStartFailure if the embedded database does not start
   */
  public static Application start(Config config) throws Exception {
    var application = new Application();
    try {
      application.open(config);
      return application;
    } catch (Exception | Error failure) {
      // Closing waits, which it could not with an interrupt pending.
      Thread.interrupted();
      application.close();
      throw failure;
    }
  }

  /** The port that GraphQL is served on. */
  public int httpPort() {
    return httpPort;
  }

  /** The port of health and metrics. */
  public int managementPort() {
    return managementPort;
  }

  private void open(Config config) throws Exception {
    var clock = ServerClock.of(config);
    var time = clock.source();
    var vertx = Vertx.vertx();
    opened.push(() -> await(vertx.close()));
    var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    opened.push(metrics::close);
    new JvmMemoryMetrics().bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
    new UptimeMetrics().bindTo(metrics);
    var management = new Management(vertx, metrics::scrape);
    managementPort =
        listening(
            "FAIRGROUND_MANAGEMENT_PORT",
            config.managementPort(),
            config.managementHost(),
            management.start(config.managementHost(), config.managementPort()));
    var address = database(config);
    new Migrations(address).run();
    var database = Database.connect(vertx, address, DatabaseLimits.read(config::number), metrics);
    opened.push(() -> await(database.close()));
    await(new ReferenceData(database).load());
    if (config.settings().flag("FAIRGROUND_DEMO", config.database() == null)
        && await(new DemoMarket(database).load())) {
      LOG.info("an empty database was filled with the demonstration market");
    }
    var demoTokens =
        config.settings().flag("FAIRGROUND_DEMO_TOKENS", config.database() == null)
            ? await(new DemoTokens(database, InstantSource.system()).keep(config.dataDirectory()))
            : List.<DemoTokens.Told>of();
    var publicContent = await(database.listen());
    opened.push(new Sequencer(database).start());
    opened.push(new UsageSequencer(database, HeadKey.of(UsageKeyFile.of(config)), time).start());
    opened.push(
        new EventRetention(
                database,
                Duration.ofDays(config.number("FAIRGROUND_EVENT_RETENTION_DAYS", 365, 1, 36_500)),
                time)
            .start());
    var limits = Limits.read(config::number);
    var jobLimits = JobLimits.read(config::number);
    var identityLimits = IdentityLimits.read(config::number);
    // Who signs in does so by the time of the machine: an issuer's tokens, and those of a
    // demonstration, do not run out because a clock was moved.
    var identity =
        new Identity(vertx, database, InstantSource.system(), identityLimits, config.oidc());
    opened.push(() -> await(identity.close()));
    identity.start();
    var housekeeping = new Housekeeping(vertx, database, time, List.of(Identity.chore()));
    opened.push(housekeeping::close);
    housekeeping.start();
    var clockSweep = new ClockSweep(database, time).start();
    opened.push(clockSweep);
    var registrations = new RegistrationSweep(database, time).start();
    opened.push(registrations);
    var authorizationSweep = new AuthorizationSweep(database, time).start();
    opened.push(authorizationSweep);
    var accessSweep = new AccessSweep(database, time).start();
    opened.push(accessSweep);
    var accessGrants = new GrantSweep(database, time).start();
    opened.push(accessGrants);
    if (clock.movable() != null) {
      movable(
          clock,
          clock.movable(),
          management,
          database,
          clockSweep,
          registrations,
          authorizationSweep,
          accessSweep,
          accessGrants);
    }
    var features =
        features(
            database,
            new Surroundings(
                identityLimits,
                identity::forget,
                jobLimits,
                ServerKey.of(config),
                config.settings().flag("FAIRGROUND_WEBHOOK_PRIVATE", false)));
    var engine = new Engine(Schema.of(features), limits, time, metrics, identity.troubles());
    opened.push(engine);
    opened.push(new JobWorkers(vertx, database, address, engine, time, jobLimits).start());
    opened.push(new DueWorker(database, time).start());
    opened.push(new SweepWorker(database, time, sweepPace(config)).start());
    opened.push(new EffectWorker(database, time).start());
    opened.push(new EqualWorker(database, time).start());
    opened.push(new ClosedMonths(database, time).start());
    var withExplorer = config.settings().flag("FAIRGROUND_EXPLORER", config.database() == null);
    var server =
        new GraphqlServer(
            vertx,
            HttpLimits.read(config::number),
            CallerAddresses.behind(config.settings().text("FAIRGROUND_TRUSTED_PROXIES", "")),
            withExplorer,
            new GraphqlBackend(
                engine::execute,
                identity::viewer,
                engine::left,
                publicContent::version,
                engine::open,
                identity.troubles(),
                JobDoors.of(
                    new FileStore(database, time, jobLimits), new ListTemplates(engine::fields))));
    Gauge.builder("fairground.http.streams", server, GraphqlServer::streams)
        .description("WebSockets and event streams that are open")
        .register(metrics);
    Gauge.builder("fairground.http.in.flight", server, GraphqlServer::inFlight)
        .description("Requests that are worked on")
        .register(metrics);
    Gauge.builder("fairground.http.waiting", server, GraphqlServer::waiting)
        .description("Requests that wait for a place")
        .register(metrics);
    var deliverer =
        only(features, WebhookResolver.class)
            .deliverer(
                time, Duration.ofDays(config.number("FAIRGROUND_WEBHOOK_KEPT_DAYS", 30, 1, 3_650)));
    deliverer.start();
    opened.push(deliverer);
    var host = config.settings().text("FAIRGROUND_HTTP_HOST", "0.0.0.0");
    httpPort =
        listening(
            "FAIRGROUND_HTTP_PORT", config.httpPort(), host, server.start(host, config.httpPort()));
    opened.push(
        () -> {
          management.drain();
          await(server.drain());
        });
    management.ready(database::ping);
    for (String name : config.settings().unasked()) {
      LOG.warn("there is no setting {}; its value changes nothing", name);
    }
    LOG.atInfo()
        .addKeyValue("graphql", "http://localhost:" + httpPort + "/graphql")
        .addKeyValue(
            "explorer", withExplorer ? "http://localhost:" + httpPort + "/graphiql" : "off")
        .addKeyValue("management", "http://localhost:" + managementPort + "/health/ready")
        .log("serving");
    if (!demoTokens.isEmpty()) {
      // For people, beside the log: it is read once, from the console of one's own machine.
      System.out.print(DemoTokens.text(demoTokens, config.dataDirectory()));
      System.out.flush();
    }
  }

  private static SweepWorker.Pace sweepPace(Config config) {
    var at = config.settings().text("FAIRGROUND_CHECK_SWEEP_AT", "02:00");
    var pause = config.number("FAIRGROUND_CHECK_SWEEP_PAUSE_MILLIS", 1_000, 0, 60_000);
    try {
      return new SweepWorker.Pace(
          LocalTime.parse(at),
          Duration.ofMillis(pause),
          SweepWorker.Pace.PLAIN.batch(),
          SweepWorker.Pace.PLAIN.look());
    } catch (DateTimeParseException form) {
      throw new BadSetting("FAIRGROUND_CHECK_SWEEP_AT", "must be like 02:00, but is " + at);
    }
  }

  private static void movable(
      ServerClock clock,
      MovableClock movable,
      Management management,
      Database database,
      ClockSweep sweep,
      RegistrationSweep registrations,
      AuthorizationSweep authorizations,
      AccessSweep requests,
      GrantSweep accessGrants) {
    LOG.warn(
        "the clock can be moved, and stands at {}, {} ahead: this server is for trials",
        movable.instant(),
        movable.ahead());
    management.clock(
        new ClockDoor(
            movable,
            () -> {
              clock.keep();
              LOG.warn("the clock was moved to {}, {} ahead", movable.instant(), movable.ahead());
              // Answers that are shared were those of another day.
              return database
                  .inTransaction(nothing -> Future.<Void>succeededFuture())
                  .compose(forgotten -> registrations.run())
                  .compose(swept -> authorizations.run())
                  .compose(ended -> requests.run())
                  .compose(told -> accessGrants.run())
                  .compose(ended -> sweep.now());
            }));
  }

  private static <F> F only(List<Feature> features, Class<F> type) {
    return features.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  private DatabaseAddress database(Config config) {
    var external = config.database();
    if (external != null) {
      return external;
    }
    var embedded = EmbeddedDatabase.start(config.dataDirectory());
    opened.push(embedded);
    return embedded.address();
  }

  private static int listening(String setting, int port, String host, Future<Integer> started)
      throws Exception {
    try {
      return await(started);
    } catch (ExecutionException refused) {
      throw new BadSetting(
          setting,
          "is %d, but nothing can listen there on %s: %s"
              .formatted(port, host, Main.causeOf(refused)));
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException silent) {
      throw new IllegalStateException("nothing was heard for " + START_SECONDS + " s", silent);
    }
  }

  /** Lets answers in work finish, then closes everything; each part, whatever the others do. */
  @Override
  public void close() {
    if (httpPort != 0) {
      LOG.info("ending: answers in work have their time to come");
    }
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception failure) {
        LOG.warn("a part of the server did not close in order", failure);
      }
    }
  }
}
