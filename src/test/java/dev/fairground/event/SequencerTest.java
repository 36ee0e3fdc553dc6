package dev.fairground.event;

import static dev.fairground.event.Happenings.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.TestDatabase;
import dev.fairground.kernel.Rights;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import dev.fairground.sql.DatabaseLimits;
import dev.fairground.sql.Reads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two servers number the events of many writers. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SequencerTest {
  private static final int WRITERS = 12;
  private static final int CHANGES = 60;
  private static final int SUBJECTS = 5;

  private final Database here;
  private final Database there;
  private final Happenings happenings;
  private Sequencer first;
  private Sequencer second;

  SequencerTest(Vertx vertx, DatabaseAddress address) {
    here = patient(vertx, address);
    there = patient(vertx, address);
    happenings = new Happenings(here).prepare();
  }

  /** Many wait for few rows, for as long as it takes. */
  private static Database patient(Vertx vertx, DatabaseAddress address) {
    return Database.connect(
        vertx,
        address,
        DatabaseLimits.read(
            (name, standard, least, most) ->
                name.endsWith("LOCK_MILLIS")
                        || name.endsWith("STATEMENT_MILLIS")
                        || name.endsWith("DEADLINE_MILLIS")
                        || name.endsWith("CONNECT_MILLIS")
                    ? 30_000
                    : standard),
        new SimpleMeterRegistry());
  }

  @BeforeAll
  void listen() {
    await(here.listen());
    await(there.listen());
    start();
  }

  private void start() {
    // Small batches, so that the two take turns.
    first = new Sequencer(here, 7, 1_000).start();
    second = new Sequencer(there, 7, 1_000).start();
  }

  @AfterAll
  void stop() {
    first.close();
    second.close();
    await(here.close());
    await(there.close());
  }

  @Test
  void events_come_in_the_order_of_commits_and_no_reader_misses_one() throws Exception {
    var subjects = IntStream.range(0, SUBJECTS).mapToObj(i -> UUID.randomUUID()).toList();
    var repository = new EventRepository(there);
    var begin = await(repository.head(new Reads())).position();
    var elsewhere = new Happenings(there);
    var read = new ConcurrentLinkedQueue<Event>();
    var polling =
        Thread.ofVirtual()
            .start(
                () -> {
                  var position = begin;
                  while (read.size() < WRITERS * CHANGES) {
                    var page = await(repository.follow(position, 3));
                    read.addAll(page);
                    position = page.isEmpty() ? position : page.getLast().position();
                  }
                });
    var writers = new ArrayList<Thread>();
    for (int i = 0; i < WRITERS; i++) {
      var by = i % 2 == 0 ? happenings : elsewhere;
      var number = i;
      writers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int change = 0; change < CHANGES; change++) {
                      await(by.change(subjects.get((number + change) % SUBJECTS)));
                    }
                  }));
    }
    for (var writer : writers) {
      writer.join();
    }
    polling.join(30_000);

    var events = List.copyOf(read);
    assertThat(events)
        .extracting(Event::position)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(begin + 1, begin + WRITERS * CHANGES).boxed().toList());
    var versions = new HashMap<String, Integer>();
    for (var event : events) {
      assertThat(event.subjectVersion())
          .as(event.subjectId())
          .isEqualTo(versions.merge(event.subjectId(), 1, Integer::sum));
    }
  }

  @Test
  void events_of_one_change_keep_their_order() {
    var organization = UUID.randomUUID();
    var events =
        IntStream.rangeClosed(1, 40)
            .mapToObj(
                number ->
                    new NewEvent(
                        EventType.DRAFT_CHANGED,
                        Happenings.subject(organization),
                        number,
                        organization,
                        true,
                        List.of("title", "summary")))
            .toArray(NewEvent[]::new);

    await(happenings.commit(events));

    assertThat(arrived(organization, 40))
        .extracting(Event::subjectVersion)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 40).boxed().toList());
  }

  @Test
  void what_was_committed_while_no_server_ran_is_numbered_by_the_next_one() {
    var organization = UUID.randomUUID();
    first.close();
    second.close();
    happenings.happen(EventType.LIST_PUBLISHED, organization, true);
    assertThat(
            await(
                    new EventRepository(here)
                        .first(new Reads(), all(), of(organization), Rights.NONE, 10))
                .events())
        .isEmpty();

    start();

    assertThat(arrived(organization, 1)).hasSize(1);
  }

  @Test
  void a_lost_notice_only_costs_a_moment() {
    var organization = UUID.randomUUID();
    await(
        there.inTransaction(
            transaction ->
                there.rows(
                    transaction,
                    "-- kill\nselect pg_terminate_backend(pid)::text from pg_stat_activity"
                        + " where datname = current_database() and query like 'listen%'",
                    Tuple.tuple())));

    happenings.happen(EventType.LIST_PUBLISHED, organization, true);

    assertThat(arrived(organization, 1)).hasSize(1);
  }

  @Test
  void a_change_that_is_taken_back_tells_nothing() {
    var organization = UUID.randomUUID();
    var log = new EventLog(here);
    var failed =
        here.<Void>inTransaction(
            transaction ->
                log.append(
                        transaction,
                        Happenings.write("nobody"),
                        List.of(
                            new NewEvent(
                                EventType.LIST_PUBLISHED,
                                Happenings.subject(organization),
                                1,
                                organization,
                                true,
                                List.of())))
                    .compose(done -> Future.failedFuture("taken back")));
    assertThat(failed.otherwiseEmpty().toCompletionStage().toCompletableFuture().join()).isNull();

    happenings.happen(EventType.PRODUCT_CHANGED, organization, true);

    assertThat(arrived(organization, 1))
        .extracting(Event::type)
        .containsExactly(EventType.PRODUCT_CHANGED);
  }

  private static EventRepository.Range all() {
    return EventRepository.Range.after(0);
  }

  private static EventFilter of(UUID organization) {
    return new EventFilter(java.util.Set.of(), null, organization, false);
  }

  private List<Event> arrived(UUID organization, int number) {
    var end = System.nanoTime() + 20_000_000_000L;
    while (true) {
      var found =
          await(
                  new EventRepository(here)
                      .first(new Reads(), all(), of(organization), Rights.NONE, 1_000))
              .events();
      if (found.size() >= number || System.nanoTime() > end) {
        return found;
      }
    }
  }
}
