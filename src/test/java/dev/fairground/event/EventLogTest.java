package dev.fairground.event;

import static dev.fairground.event.Happenings.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairground.TestDatabase;
import dev.fairground.event.EventRepository.Range;
import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may read which events, how they are followed, and when they are forgotten. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EventLogTest {
  private static final int NUMBER = 400;

  private final Database database;
  private final EventRepository events;
  private final List<UUID> organizations =
      IntStream.range(0, 4).mapToObj(i -> UUID.randomUUID()).toList();
  private final List<UUID> subjects =
      IntStream.range(0, 5).mapToObj(i -> UUID.randomUUID()).toList();
  private final Random random = new Random(7);

  EventLogTest(Database database) {
    this.database = database;
    this.events = new EventRepository(database);
    var happenings = new Happenings(database);
    for (int i = 0; i < NUMBER / 100; i++) {
      await(
          happenings.commit(IntStream.range(0, 100).mapToObj(j -> any()).toArray(NewEvent[]::new)));
    }
    await(new Sequencer(database).drain());
  }

  private NewEvent any() {
    return new NewEvent(
        one(List.of(EventType.LIST_PUBLISHED, EventType.DRAFT_CHANGED, EventType.JOB_CHANGED)),
        Happenings.subject(one(subjects)),
        1 + random.nextInt(9),
        random.nextInt(5) == 0 ? null : one(organizations),
        random.nextBoolean(),
        List.of());
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  @Test
  @Order(1)
  void the_rule_for_one_event_is_that_of_the_statement() {
    var all = await(events.follow(0, NUMBER));
    assertThat(all).hasSize(NUMBER);
    var readers =
        List.of(
            Rights.NONE,
            rights(Role.OPERATOR, organizations.get(0)),
            rights(Role.DEVELOPER, organizations.get(1)),
            rights(Role.AUDITOR, organizations.get(2)));
    var wishes = new ArrayList<EventFilter>();
    for (var types :
        List.of(Set.<EventType>of(), Set.of(EventType.DRAFT_CHANGED, EventType.TEST))) {
      for (var subject : new @Nullable String[] {null, Happenings.subject(subjects.get(0))}) {
        for (var organization : new @Nullable UUID[] {null, organizations.get(0)}) {
          for (var mine : List.of(true, false)) {
            wishes.add(new EventFilter(types, subject, organization, mine));
          }
        }
      }
    }
    for (var rights : readers) {
      for (var wish : wishes) {
        var byRule =
            all.stream()
                .filter(event -> wish.wants(event, rights))
                .map(event -> event.shownTo(rights))
                .toList();
        var byStatement =
            await(events.first(new Reads(), Range.after(0), wish, rights, NUMBER)).events();
        assertThat(byStatement).as(wish + " for " + rights).isEqualTo(byRule);
      }
    }
    assertThat(
            wishes.stream()
                .mapToInt(
                    wish ->
                        (int)
                            all.stream()
                                .filter(event -> wish.wants(event, readers.get(1)))
                                .count()))
        .anyMatch(found -> found > 0 && found < NUMBER);
  }

  private static Rights rights(Role role, UUID organization) {
    return Rights.of(List.of(new Rights.Membership(organization, role)), null);
  }

  @Test
  @Order(2)
  void the_database_refuses_to_change_an_event() {
    assertThat(change("update event set open = true where position = 1").failed()).isTrue();
    assertThat(change("truncate event").failed()).isTrue();
  }

  private Future<?> change(String sql) {
    var changed =
        database.inTransaction(
            transaction -> database.rows(transaction, "-- change\n" + sql, Tuple.tuple()));
    return await(changed.transform(either -> Future.succeededFuture(changed)));
  }

  @Test
  @Order(3)
  void a_tail_that_keeps_little_still_tells_everything_in_order() {
    var tail = new EventTail(database, 8);
    var late = await(tail.follow(0L, EventFilter.ALL, rights(Role.AUDITOR, organizations.get(0))));
    var live =
        await(tail.follow(null, EventFilter.ALL, rights(Role.AUDITOR, organizations.get(0))));
    var waiting = live.event();
    assertThat(waiting.isComplete()).isFalse();
    await(
        new Happenings(database)
            .commit(IntStream.range(0, 100).mapToObj(j -> any()).toArray(NewEvent[]::new)));
    await(new Sequencer(database).drain());

    assertThat(await(waiting).position()).isEqualTo(NUMBER + 1);
    for (int i = 2; i <= 100; i++) {
      assertThat(await(live.event()).position()).isEqualTo(NUMBER + i);
    }
    for (int i = 1; i <= NUMBER + 100; i++) {
      assertThat(await(late.event()).position()).isEqualTo(i);
    }
    var last = late.event();
    assertThat(tail.waiting()).isEqualTo(1);
    late.close();
    assertThat(await(last)).isNull();
    assertThat(tail.waiting()).isZero();
    tail.close();
  }

  @Test
  @Order(4)
  void what_is_too_old_is_forgotten_in_order_and_said_to_be() {
    var cut = await(events.follow(199, 1)).getFirst();
    await(
        database.inTransaction(
            transaction ->
                database.rows(
                    transaction,
                    """
                    -- age
                    alter table event disable trigger event_never_change
                    """,
                    Tuple.tuple())));
    await(
        database.inTransaction(
            transaction ->
                database.rows(
                    transaction,
                    """
                    -- age
                    update event set recorded_at = recorded_at - interval '400 days' where position <= $1
                    """,
                    Tuple.of(cut.position()))));
    var tail = new EventTail(database);
    var following = await(tail.follow(0L, EventFilter.ALL, Rights.NONE));

    await(new EventRetention(database, Duration.ofDays(365), Instant::now, 7).forget());

    var head = await(events.head(new Reads()));
    assertThat(head.forgotten()).isEqualTo(cut.position());
    assertThat(await(events.follow(0, 1)).getFirst().position()).isEqualTo(cut.position() + 1);
    assertThat(await(tail.follow(cut.position(), EventFilter.ALL, Rights.NONE))).isNotNull();
    for (var failing :
        List.<Future<?>>of(
            tail.follow(cut.position() - 1, EventFilter.ALL, Rights.NONE), following.event())) {
      assertThatThrownBy(() -> failing.toCompletionStage().toCompletableFuture().join())
          .cause()
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> {
                assertThat(refusal.code()).isEqualTo(ErrorCode.CURSOR_TOO_OLD);
                assertThat(refusal.facts()).containsEntry("oldestCursor", head.oldestCursor());
              });
    }
    tail.close();
  }

  @Test
  @Order(5)
  void who_waits_long_for_one_event_keeps_nothing_of_the_others() {
    var tail = new EventTail(database, 8);
    var wanted = UUID.randomUUID();
    var feed =
        await(tail.follow(null, new EventFilter(Set.of(), null, wanted, false), Rights.NONE));
    var head = await(events.head(new Reads())).position();
    var waiting = feed.event();
    for (int i = 1; i <= 50_000; i++) {
      tail.add(List.of(at(head + i, null)));
    }
    tail.add(List.of(at(head + 50_001, wanted)));

    assertThat(await(waiting).position()).isEqualTo(head + 50_001);
    tail.close();
  }

  private static Event at(long position, @Nullable UUID organization) {
    return new Event(
        position,
        UUID.randomUUID(),
        Instant.EPOCH.atOffset(java.time.ZoneOffset.UTC),
        EventType.LIST_PUBLISHED,
        Happenings.subject(UUID.randomUUID()),
        1,
        organization,
        true,
        List.of(),
        "someone");
  }
}
