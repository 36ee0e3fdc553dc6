package dev.fairground.registration;

import dev.fairground.graphql.Write;
import dev.fairground.kernel.Moment;
import dev.fairground.mutation.Verdict;
import dev.fairground.registration.ApplicationDesk.Outcome;
import dev.fairground.registration.RegistrationCoding.Given;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what comes with time: gives codes when publicity is over, and ends registrations that nobody
 * renewed. Several servers may do it at once: what one works on the others pass over. Whoever was
 * down catches up.
 */
public final class RegistrationSweep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegistrationSweep.class);
  private static final long EVERY_MILLIS = TimeUnit.MINUTES.toMillis(5);
  private static final int AT_ONCE = 50;

  /** One run does no more of each; the next one goes on. */
  private static final int MOST = 1_000;

  private static final UUID NO_ID = new UUID(0, 0);

  private final Database database;
  private final InstantSource clock;
  private final RegistrationApplications applications;
  private final RegisteredVersions versions;
  private final RegistrationEffects effects;
  private final RegistrationCoding coding;
  private final ApplicationDesk desk;
  private final FollowedClocks followed;
  private volatile long timer = -1;

  public RegistrationSweep(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.applications = new RegistrationApplications(database);
    this.versions = new RegisteredVersions(database);
    this.effects = new RegistrationEffects(database);
    this.coding = new RegistrationCoding(database);
    this.desk = new ApplicationDesk(database);
    this.followed = new FollowedClocks(database);
  }

  /** Looks every five minutes: a day ends at midnight of the registers' zone. */
  public RegistrationSweep start() {
    timer =
        database
            .vertx()
            .setPeriodic(
                EVERY_MILLIS,
                tick ->
                    run()
                        .onFailure(
                            away ->
                                LOG.warn(
                                    "registrations were not looked at: {}", away.getMessage())));
    return this;
  }

  @Override
  public void close() {
    database.vertx().cancelTimer(timer);
  }

  /**
   * What was done.
   *
   * @param coded applications that were given their codes
   * @param ended registrations that were not renewed
   */
  public record Swept(int coded, int ended) {}

  /** Does everything that is due now. */
  public Future<Swept> run() {
    var write = Write.ofServer(Moment.present(clock.instant()), "registrations");
    return database
        .inTransaction(transaction -> followed.run(transaction, write))
        .compose(done -> code(write, new Place(LocalDate.of(2000, 1, 1), NO_ID), 0))
        .compose(coded -> end(write, 0).map(ended -> new Swept(coded, ended)));
  }

  /** Where the looking has come to. */
  private record Place(LocalDate day, UUID id) {}

  private Future<Integer> code(Write write, Place after, int before) {
    var reached = new Place[1];
    return database
        .inTransaction(
            transaction ->
                applications
                    .nextEnded(transaction, write.moment().day(), after.day(), after.id())
                    .compose(
                        of -> {
                          if (of == null) {
                            reached[0] = null;
                            return Future.succeededFuture(0);
                          }
                          reached[0] =
                              new Place(
                                  java.util.Objects.requireNonNull(of.publicityEndsOn()), of.id());
                          return coding
                              .code(transaction, write, of, new Given(List.of(), null, null))
                              .compose(verdict -> save(transaction, write, of, verdict));
                        }))
        .recover(
            failure -> {
              if (reached[0] == null) {
                return Future.failedFuture(failure);
              }
              LOG.warn("no code was given to {}: {}", reached[0].id(), failure.getMessage());
              return Future.succeededFuture(0);
            })
        .compose(
            coded ->
                reached[0] == null || before + coded >= MOST
                    ? Future.succeededFuture(before + coded)
                    : code(write, reached[0], before + coded));
  }

  private Future<Integer> save(
      SqlConnection transaction,
      Write write,
      RegistrationApplication of,
      Verdict<Outcome> verdict) {
    return switch (verdict) {
      case Verdict.Accepted<Outcome> accepted ->
          desk.save(transaction, write, accepted.payload().application()).map(1);
      case Verdict.Rejected<Outcome> rejected -> {
        LOG.info(
            "no code for {}, which its registrar has to decide: {}",
            of.globalId(),
            rejected.errors().getFirst().message());
        yield desk.save(transaction, write, new ApplicationCopy(of).codeByItself(false).made())
            .map(0);
      }
    };
  }

  // What was applied for in time is renewed, however long that takes.
  private static final String EXPIRED =
      """
      -- expiredRegistrations
      select r.id
        from registration_version v
        join registration r on r.id = v.registration_id
       where v.valid_to = 'infinity'
         and v.state = 'VALID'
         and v.valid_until < $1
         and not exists (
           select 1 from registration_application p
            where p.registration_id = r.id and p.kind = 'RENEWAL'
              and p.state in ('SUBMITTED', 'SUPPLEMENT_REQUIRED', 'ACCEPTED'))
       order by v.valid_until, v.registration_id
       limit $2
         for no key update of r skip locked
      """;

  private Future<Integer> end(Write write, int before) {
    return database
        .inTransaction(
            transaction ->
                database
                    .list(
                        transaction,
                        EXPIRED,
                        Tuple.of(write.moment().day(), AT_ONCE),
                        row -> row.getUUID(0))
                    .compose(
                        expired -> {
                          Future<Integer> all = Future.succeededFuture(0);
                          for (var id : expired) {
                            all =
                                all.compose(
                                    done -> end(transaction, write, id).map(one -> done + one));
                          }
                          return all;
                        }))
        .compose(ended -> ended == 0 ? Future.succeededFuture(before) : end(write, before + ended));
  }

  private Future<Integer> end(SqlConnection transaction, Write write, UUID id) {
    return versions
        .lock(transaction, id)
        .compose(
            registration -> {
              if (registration == null
                  || registration.state() != Registration.State.VALID
                  || !write.moment().day().isAfter(registration.validUntil())) {
                return Future.succeededFuture(0);
              }
              var next =
                  registration.moved(
                      registration.kind(),
                      Registration.State.DEREGISTERED,
                      "It was valid until %s, and was not renewed."
                          .formatted(registration.validUntil()));
              return versions
                  .next(transaction, write, next, List.of("state", "stateReason"))
                  .compose(written -> effects.of(transaction, write, next))
                  .map(1);
            });
  }
}
