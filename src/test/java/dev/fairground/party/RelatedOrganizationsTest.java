package dev.fairground.party;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code related_organizations_of} against a closure that is written down plainly. */
@ExtendWith(TestDatabase.class)
class RelatedOrganizationsTest {
  private static final LocalDate DAY = LocalDate.parse("2025-06-15");

  private final Database database;
  private final Asking asking;
  private static int graphs;

  RelatedOrganizationsTest(Database database, MeterRegistry metrics) {
    this.database = database;
    this.asking = new Asking(database, metrics);
  }

  private record Link(
      UUID id, UUID from, UUID to, String kind, double share, LocalDate start, LocalDate end) {
    boolean holds() {
      return !DAY.isBefore(start) && !DAY.isAfter(end);
    }

    boolean controls() {
      return kind.equals("CONTROLS")
          || kind.equals("CONTRACT_CONTROL")
          || kind.equals("HOLDS_SHARES") && share > 50;
    }
  }

  private record Relation(boolean direct, boolean control, int steps) {}

  @Test
  void the_statement_finds_what_the_plain_closure_finds_on_random_graphs() {
    var random = new Random(20260726);
    for (int graph = 0; graph < 60; graph++) {
      var organizations = organizations(2 + random.nextInt(12));
      var links = links(random, organizations, random.nextInt(3 * organizations.size()));
      write(links);

      assertThat(found(organizations)).isEqualTo(plain(organizations, links));
    }
  }

  @Test
  void a_circle_of_controls_ends() {
    var organizations = organizations(3);
    var always = LocalDate.parse("2020-01-01");
    var until = LocalDate.parse("2030-01-01");
    var links = new ArrayList<Link>();
    for (int i = 0; i < 3; i++) {
      links.add(
          new Link(
              UUID.randomUUID(),
              organizations.get(i),
              organizations.get((i + 1) % 3),
              "CONTROLS",
              0,
              always,
              until));
    }
    write(links);

    assertThat(found(organizations).values()).allMatch(related -> related.size() == 2);
  }

  @Test
  void a_small_share_ties_from_where_the_rules_of_the_day_say_and_never_controls() {
    var organizations = organizations(2);
    write(
        List.of(
            new Link(
                UUID.randomUUID(),
                organizations.get(0),
                organizations.get(1),
                "HOLDS_SHARES",
                30,
                LocalDate.parse("2020-01-01"),
                LocalDate.parse("2030-01-01"))));
    var small = organizations(2);
    write(
        List.of(
            new Link(
                UUID.randomUUID(),
                small.get(0),
                small.get(1),
                "HOLDS_SHARES",
                24.99,
                LocalDate.parse("2020-01-01"),
                LocalDate.parse("2030-01-01"))));
    assertThat(control(organizations.get(0), "2025-06-15")).containsExactly("false");
    assertThat(control(small.get(0), "2025-06-15")).containsExactly("false");

    asking.change(
        "insert into jurisdiction (code, level, name, name_en, time_zone) values ('000000', 'NATIONAL', '全国', 'the nation', 'Asia/Shanghai')");
    asking.change(
        """
        insert into rule_set (id, jurisdiction_code, version, title, title_en, effective_on, published_at)
        values ('00000000-0000-4000-e000-000000000001', '000000', 1, '规则', 'rules', '2027-01-01', '2024-01-01Z')
        """);
    asking.change(
        """
        insert into rule_parameter (rule_set_id, name, value, unit, description, description_en, document, confidence)
        values ('00000000-0000-4000-e000-000000000001', 'affiliateSharePercent', '25', 'PERCENT', '比例', 'share', 'a test',
                'PROPOSAL')
        """);

    // It ties, and never controls: a number that is a proposal blocks nobody.
    assertThat(control(organizations.get(0), "2027-01-01")).containsExactly("false");
    assertThat(control(small.get(0), "2026-12-31")).containsExactly("false");
    assertThat(control(small.get(0), "2027-01-01")).isEmpty();
  }

  private List<String> control(UUID organization, String on) {
    return asking.rows(
        "select control::text from related_organizations('%s', '%s')".formatted(organization, on));
  }

  private List<UUID> organizations(int number) {
    var ids = new ArrayList<UUID>();
    graphs++;
    for (int i = 0; i < number; i++) {
      var id = new UUID(graphs, i + 1);
      asking.change(
          "insert into organization (id, code, created_at) values ($1, $2, '2024-01-01Z')",
          id,
          graphs + "-" + i);
      ids.add(id);
    }
    return ids;
  }

  private static List<Link> links(Random random, List<UUID> organizations, int number) {
    var kinds = List.of("CONTROLS", "CONTROLS", "CONTRACT_CONTROL", "HOLDS_SHARES", "OTHER");
    var links = new ArrayList<Link>();
    while (links.size() < number) {
      var from = organizations.get(random.nextInt(organizations.size()));
      var to = organizations.get(random.nextInt(organizations.size()));
      if (from.equals(to)) {
        continue;
      }
      var start = DAY.plusDays(random.nextInt(20) - 17);
      links.add(
          new Link(
              UUID.randomUUID(),
              from,
              to,
              kinds.get(random.nextInt(kinds.size())),
              30 + random.nextInt(50),
              start,
              start.plusDays(random.nextInt(40))));
    }
    return links;
  }

  private void write(List<Link> links) {
    for (var link : links) {
      asking.change(
          """
          insert into affiliation (id, organization_id, affiliate_id, kind, share_percent, starts_on, ends_on, evidence,
                 demonstration)
          values ($1, $2, $3, $4, $5::text::numeric, $6, $7, 'a test', true)
          """,
          link.id(),
          link.from(),
          link.to(),
          link.kind(),
          String.valueOf(link.share()),
          link.start(),
          link.end());
    }
  }

  private Map<UUID, Map<UUID, Relation>> found(List<UUID> organizations) {
    try {
      var found = new HashMap<UUID, Map<UUID, Relation>>();
      database
          .list(
              new Reads(),
              "select of_id, organization_id, direct, control, cardinality(links) from related_organizations_of($1, $2)",
              Tuple.of(organizations.toArray(UUID[]::new), DAY),
              row ->
                  found
                      .computeIfAbsent(row.getUUID(0), unseen -> new TreeMap<>())
                      .put(
                          row.getUUID(1),
                          new Relation(row.getBoolean(2), row.getBoolean(3), row.getInteger(4))))
          .await(20, TimeUnit.SECONDS);
      return found;
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  /** Common controllers: first up, then down, by breadth. */
  private static Map<UUID, Map<UUID, Relation>> plain(List<UUID> organizations, List<Link> links) {
    record State(UUID at, boolean down) {}
    var related = new HashMap<UUID, Map<UUID, Relation>>();
    for (var root : organizations) {
      var steps = new HashMap<State, Integer>(Map.of(new State(root, false), 0));
      var next = new ArrayDeque<>(steps.keySet());
      while (!next.isEmpty()) {
        var state = next.remove();
        Set<State> reached = new HashSet<>();
        for (var link : links) {
          if (!link.holds() || !link.controls()) {
            continue;
          }
          if (!state.down() && link.to().equals(state.at())) {
            reached.add(new State(link.from(), false));
          }
          if (link.from().equals(state.at())) {
            reached.add(new State(link.to(), true));
          }
        }
        for (var other : reached) {
          if (steps.putIfAbsent(other, steps.getOrDefault(state, 0) + 1) == null) {
            next.add(other);
          }
        }
      }
      var of = new TreeMap<UUID, Relation>();
      steps.forEach(
          (state, number) -> {
            if (!state.at().equals(root)) {
              of.merge(
                  state.at(),
                  new Relation(number == 1, true, number),
                  (a, b) -> a.steps() <= b.steps() ? a : b);
            }
          });
      for (var link : links) {
        if (link.holds() && !link.controls()) {
          if (link.from().equals(root)) {
            of.putIfAbsent(link.to(), new Relation(true, false, 1));
          }
          if (link.to().equals(root)) {
            of.putIfAbsent(link.from(), new Relation(true, false, 1));
          }
        }
      }
      if (!of.isEmpty()) {
        related.put(root, of);
      }
    }
    return related;
  }
}
