package dev.fairground.usage;

import static dev.fairground.usage.UsageGround.use;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsageSequencerTest {
  private final UsageGround ground;
  private final Database database;

  UsageSequencerTest(Database database, MeterRegistry statements) {
    this.database = database;
    ground = new UsageGround(database, new Asking(database, statements));
  }

  @BeforeAll
  void market() {
    ground.into();
  }

  private UsageSequencer sequencer(int batch) {
    return new UsageSequencer(
        database, UsageGround.KEY, InstantSource.fixed(UsageGround.NOW), batch, 1_000);
  }

  private JsonObject head() {
    return ground.asking.data("{ usageHead { treeSize rootHash } }").getJsonObject("usageHead");
  }

  @Test
  void a_record_that_no_server_came_to_gets_its_place_later_and_has_no_proof_until_then() {
    var grant = ground.grant();
    var record =
        UsageGround.nodes(ground.reported(use(grant, "2026-02"))).getFirst().getString("id");
    var query =
        "query($id: ID!) { usageRecord(id: $id) { proof { leafIndex treeSize } } usageProof(recordId: $id) { leafIndex } }";

    var before = ground.holder().answer(query, Map.of("id", record)).getJsonObject("data");
    ground.sequence();
    var after = ground.holder().answer(query, Map.of("id", record)).getJsonObject("data");

    assertThat(before.encode()).isEqualTo("{\"usageRecord\":{\"proof\":null},\"usageProof\":null}");
    assertThat(after.getJsonObject("usageProof").getInteger("leafIndex"))
        .isEqualTo(
            after.getJsonObject("usageRecord").getJsonObject("proof").getInteger("leafIndex"));
  }

  @Test
  void several_servers_at_once_leave_one_tree_without_gaps_and_only_true_proofs() throws Exception {
    var grant = ground.grant();
    var work = new ArrayList<CompletableFuture<?>>();
    for (int i = 0; i < 12; i++) {
      work.add(
          CompletableFuture.runAsync(
              () ->
                  ground.reported(
                      IntStream.range(0, 5)
                          .mapToObj(row -> use(grant, "2026-02"))
                          .toArray(Map[]::new))));
      work.add(sequencer(1 + i).drain().toCompletionStage().toCompletableFuture());
    }
    CompletableFuture.allOf(work.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    Future.all(List.of(sequencer(4).drain(), sequencer(3).drain())).await(20, TimeUnit.SECONDS);
    ground.sequence();

    assertThat(
            ground.asking.rows(
                "select count(*) || ' ' || max(leaf_index) + 1 || ' ' || (select count(*) from usage_record) || ' ' || (select size from usage_tree) || ' ' || (select count(*) from usage_waiting) from usage_leaf"))
        .allSatisfy(
            row -> {
              var numbers = row.split(" ", -1);
              assertThat(numbers[0])
                  .isEqualTo(numbers[1])
                  .isEqualTo(numbers[2])
                  .isEqualTo(numbers[3]);
              assertThat(numbers[4]).isEqualTo("0");
            });
    // The tree as the digests themselves make it, at each head that was signed.
    var leaves = new ArrayList<byte[]>();
    ground
        .asking
        .rows(
            "select encode(r.digest, 'hex') from usage_leaf l join usage_record r on r.id = l.record_id order by l.leaf_index")
        .forEach(digest -> leaves.add(java.util.HexFormat.of().parseHex(digest)));
    var tree = MerkleTree.append(0, Map.of(), leaves.stream().map(MerkleTree::leaf).toList());
    var heads =
        ground.asking.rows(
            "select tree_size || ' ' || encode(root_hash, 'hex') from usage_head order by tree_size");
    assertThat(heads).hasSizeGreaterThan(3);
    for (var head : heads) {
      var size = Long.parseLong(head.split(" ", -1)[0]);
      var root = MerkleTree.root(size, node -> java.util.Objects.requireNonNull(tree.get(node)));
      assertThat(head).isEqualTo(size + " " + java.util.HexFormat.of().formatHex(root));
    }
  }

  @Test
  void servers_that_see_the_same_records_wait_tell_of_one_head() throws Exception {
    for (int i = 0; i < 15; i++) {
      ground.reported(use(ground.grant(), "2026-02"));
      var work = IntStream.range(0, 6).mapToObj(server -> sequencer(100).drain()).toList();
      Future.all(work).await(20, TimeUnit.SECONDS);
    }
    ground.sequence();

    assertThat(
            ground.asking.rows(
                "select e.subject from event_outbox e where e.type = 'USAGE_HEAD_SIGNED' and not exists (select 1 from usage_head h where global_id('ush', h.id) = e.subject)"))
        .isEmpty();
  }

  @Test
  void records_of_a_grant_have_their_places_in_the_order_of_their_chain() throws Exception {
    var grant = ground.grant();
    for (int i = 0; i < 4; i++) {
      ground.reported(use(grant, "2026-02"), use(grant, "2026-03"));
    }
    sequencer(3).drain().await(20, TimeUnit.SECONDS);

    assertThat(
            ground.asking.rows(
                "select r.number::text from usage_leaf l join usage_record r on r.id = l.record_id where r.grant_id = '%s' order by l.leaf_index"
                    .formatted(grant)))
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
  }

  @Test
  void a_new_key_signs_what_is_there_and_the_old_one_stays_known() {
    var grant = ground.grant();
    ground.reported(use(grant, "2026-02"));
    ground.sequence();
    var before = head();
    var secret = new byte[32];
    secret[5] = 9;
    var other = HeadKey.of(secret);

    ground.sequence(other);

    assertThat(head()).isEqualTo(before);
    assertThat(ground.asking.rows("select id from usage_key"))
        .contains(UsageGround.KEY.id(), other.id());
    assertThat(
            ground.asking.rows(
                "select key_id from usage_head where tree_size = " + before.getInteger("treeSize")))
        .containsExactlyInAnyOrder(UsageGround.KEY.id(), other.id());
    assertThat(
            ground.asking.rows(
                "select open || ' ' || (organization_id is null) from event_outbox where type = 'USAGE_HEAD_SIGNED' order by number desc limit 1"))
        .containsExactly("true true");
  }

  @Test
  void a_running_server_gives_places_by_itself() throws Exception {
    var grant = ground.grant();
    try (var running = sequencer(100).start()) {
      ground.reported(use(grant, "2026-02"));
      for (int i = 0;
          i < 100 && !ground.asking.rows("select record_id::text from usage_waiting").isEmpty();
          i++) {
        Thread.sleep(100);
      }
      assertThat(running).isNotNull();
    }
    assertThat(ground.asking.rows("select record_id::text from usage_waiting")).isEmpty();
  }

  @Test
  void proofs_of_trees_that_are_not_there_are_none_and_of_no_tree_refused() {
    ground.reported(use(ground.grant(), "2026-02"));
    ground.sequence();
    var size = head().getInteger("treeSize");

    assertThat(
            ground
                .asking
                .data(
                    "{ usageConsistencyProof(first: 1, second: %d) { hashes } }"
                        .formatted(size + 1))
                .encode())
        .isEqualTo("{\"usageConsistencyProof\":null}");
    assertThat(
            ground.asking.data("{ usageHead(treeSize: %d) { id } }".formatted(size + 1)).encode())
        .isEqualTo("{\"usageHead\":null}");
    assertThat(
            ground
                .asking
                .errors("{ usageConsistencyProof(first: 0, second: 1) { hashes } }")
                .encode())
        .contains("BAD_USER_INPUT");
    assertThat(
            ground
                .asking
                .errors("{ usageConsistencyProof(first: 3, second: 2) { hashes } }")
                .encode())
        .contains("smaller");
    assertThat(
            ground
                .asking
                .data("{ usageHeads(first: 2) { nodes { id treeSize } } }")
                .getJsonObject("usageHeads")
                .getJsonArray("nodes"))
        .isNotEmpty();
  }
}
