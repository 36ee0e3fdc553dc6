package dev.fairground.usage;

import static dev.fairground.usage.UsageGround.id;
import static dev.fairground.usage.UsageGround.use;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A program that knows the public key and a file only finds whatever was forged. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifyUsageTest {
  static final String EXPORT =
      """
      query($grant: ID!, $older: Int!, $newer: Int!) {
        __typename
        node(id: $grant) { __typename ... on AccessGrant { usage(first: 100) { __typename nodes { __typename
          id number digest previousDigest canonicalForm salt quantity calls unit unitText findings settled corrects
          correctionReason purposeStatement outcome reference reportedAt
          term { __typename startsOn endsOn } billed { __typename amount currency } operator { __typename id }
          grant { __typename id } batch { __typename id } resource { __typename id } scenario { __typename id }
          proof(treeSize: $newer) { __typename recordId leafIndex treeSize rootHash hashes } } } } }
        older: usageHead(treeSize: $older) { __typename id treeSize rootHash timestamp keyId signature }
        newer: usageHead(treeSize: $newer) { __typename id treeSize rootHash timestamp keyId signature }
        usageConsistencyProof(first: $older, second: $newer) {
          __typename first second firstRootHash secondRootHash hashes } }
      """;

  private final UsageGround ground;
  private final UsageVerifier verifier;
  private JsonObject good = new JsonObject();

  VerifyUsageTest(Database database, MeterRegistry statements) throws Exception {
    ground = new UsageGround(database, new Asking(database, statements));
    verifier = new UsageVerifier();
  }

  /** Four records of a grant among those of another, and two heads. */
  @BeforeAll
  void export() {
    ground.into();
    var grant = ground.grant();
    var other = ground.grant();
    ground.reported(
        use(other, "2026-02"),
        use(
            grant,
            "2026-02",
            "billed",
            "0.80",
            "calls",
            "12",
            "resourceId",
            UsageGround.RESOURCE,
            "scenarioId",
            UsageGround.OTHER_SCENARIO,
            "purposeStatement",
            "放贷前 \"核验\"\t\\ é 😀",
            "outcome",
            "lent",
            "reference",
            "r-1",
            "unitText",
            "calls"),
        use(other, "2026-03"),
        use(grant, "2026-03", "quantity", "0.125"));
    ground.sequence();
    var older = size();
    ground.reported(
        use(
            grant,
            "2026-02",
            "corrects",
            1,
            "correctionReason",
            "twice",
            "quantity",
            "-1",
            "calls",
            "-1"),
        use(other, "2026-04"),
        use(grant, "2026-05", "quantity", "0"));
    ground.sequence();
    good = exported(grant, older, size());
  }

  @AfterAll
  void close() throws Exception {
    verifier.close();
  }

  private int size() {
    return ground
        .asking
        .data("{ usageHead { treeSize } }")
        .getJsonObject("usageHead")
        .getInteger("treeSize");
  }

  private JsonObject exported(UUID grant, int older, int newer) {
    var answer =
        ground.holder().answer(EXPORT, Map.of("grant", id(grant), "older", older, "newer", newer));
    assertThat(answer.containsKey("errors")).as(answer.encodePrettily()).isFalse();
    return answer;
  }

  @Test
  void what_the_api_tells_fits() {
    assertThat(verifier.verify(UsageGround.KEY, good.encode()))
        .startsWith("OK: 4 records of 1 grants, 4 proofs, 2 heads signed with the key ")
        .contains("records 1 to 4");
    assertThat(verifier.verify(UsageGround.KEY, good.encodePrettily(), "\n")).startsWith("OK");
  }

  @Test
  void the_public_key_is_told_and_another_one_does_not_fit() {
    var told =
        ground
            .asking
            .data("{ usageKeys { keyId algorithm publicKey } }")
            .getJsonArray("usageKeys")
            .getJsonObject(0);

    assertThat(told.getString("publicKey")).isEqualTo(UsageVerifier.publicKey(UsageGround.KEY));
    assertThat(told.getString("keyId")).isEqualTo(UsageGround.KEY.id());
    var other = new byte[32];
    other[0] = 1;
    assertThat(verifier.verify(HeadKey.of(other), good.encode()))
        .contains("is signed with the key");
  }

  @Test
  void heads_of_an_old_key_and_of_a_new_one_are_told_together() {
    var secret = new byte[32];
    secret[3] = 7;
    var next = HeadKey.of(secret);
    var size = size();
    ground.sequence(next);
    var heads =
        ground
            .asking
            .data(
                "{ usageHeads(first: 9) { nodes { __typename treeSize rootHash timestamp keyId signature } } }")
            .getJsonObject("usageHeads")
            .getJsonArray("nodes");
    var both = new JsonArray();
    heads.forEach(
        head -> {
          if (((JsonObject) head).getInteger("treeSize") == size) {
            both.add(head);
          }
        });
    var keys = UsageVerifier.publicKey(UsageGround.KEY) + "," + UsageVerifier.publicKey(next);

    assertThat(both).hasSize(2);
    assertThat(verifier.verify(keys, both.encode())).startsWith("OK");
    assertThat(verifier.verify(next, both.encode())).contains("is signed with the key");
    // A key that vouches for another log than the old one did.
    both.add(
        JsonObject.mapFrom(Map.of("__typename", "UsageHead"))
            .mergeIn(forged(next, size, "0".repeat(64))));
    assertThat(verifier.verify(keys, both.encode())).contains("the log was split");
  }

  private static JsonObject forged(HeadKey key, int size, String root) {
    var at = UsageGround.NOW.atOffset(java.time.ZoneOffset.UTC);
    var head = UsageHead.sign(key, size, java.util.HexFormat.of().parseHex(root), at);
    return new JsonObject()
        .put("treeSize", size)
        .put("rootHash", root)
        .put("timestamp", UsageRecord.moment(at))
        .put("keyId", key.id())
        .put("signature", head.signature());
  }

  /** All that vouches for something, by the way to it. */
  private static void leaves(Object value, List<Object> way, Consumer<List<Object>> each) {
    switch (value) {
      case JsonObject object ->
          object
              .fieldNames()
              .forEach(
                  name -> {
                    var further = new ArrayList<>(way);
                    further.add(name);
                    leaves(object.getValue(name), further, each);
                  });
      case JsonArray array ->
          IntStream.range(0, array.size())
              .forEach(
                  i -> {
                    var further = new ArrayList<>(way);
                    further.add(i);
                    leaves(array.getValue(i), further, each);
                  });
      case null, default -> each.accept(way);
    }
  }

  private static Object at(Object root, List<Object> way) {
    var value = root;
    for (var step : way) {
      value =
          value instanceof JsonObject object
              ? object.getValue((String) step)
              : ((JsonArray) value).getValue((Integer) step);
    }
    return value;
  }

  private static void put(JsonObject root, List<Object> way, Object value) {
    var parent = at(root, way.subList(0, way.size() - 1));
    if (parent instanceof JsonObject object) {
      object.put((String) way.getLast(), value);
    } else {
      ((JsonArray) parent).getList().set((Integer) way.getLast(), value);
    }
  }

  @Test
  void whichever_value_is_changed_it_is_found() {
    var ways = new ArrayList<List<Object>>();
    leaves(good, List.of(), ways::add);
    // The names of the types of what merely leads to records vouch for nothing.
    ways.removeIf(
        way ->
            way.getLast().equals("__typename")
                && !String.valueOf(at(good, way))
                    .matches("UsageRecord|UsageHead|UsageInclusionProof|UsageConsistencyProof"));
    ways.removeIf(
        way -> way.getLast().equals("id") && String.valueOf(at(good, way)).startsWith("ush_"));
    assertThat(ways).hasSizeGreaterThan(100);
    var let = new ArrayList<String>();
    for (var way : ways) {
      var value = at(good, way);
      var others = new ArrayList<Object>();
      switch (value) {
        case Integer number -> others.addAll(List.of(number + 1, number - 1));
        case String text -> {
          // Some bytes of each; the case of a letter, too.
          var step = Math.max(1, text.length() / 7);
          for (int i = 0; i < text.length(); i += step) {
            for (int bit : new int[] {1, 32}) {
              others.add(
                  text.substring(0, i) + (char) (text.charAt(i) ^ bit) + text.substring(i + 1));
            }
          }
          others.add(text + " ");
          others.add(text.isEmpty() ? "a" : text.substring(1));
        }
        case null -> others.add("something");
        default -> others.add("something");
      }
      for (var other : others) {
        var forged = good.copy();
        put(forged, way, other);
        if (verifier.verify(UsageGround.KEY, forged.encode()).startsWith("OK")) {
          let.add(way + " " + value + " -> " + other);
        }
      }
    }
    assertThat(let).isEmpty();
  }

  @Test
  void whichever_value_or_part_is_missing_it_is_found() {
    var let = new ArrayList<String>();
    for (var record : records(good)) {
      for (var name : List.of("digest", "canonicalForm", "proof", "__typename", "id")) {
        var forged = good.copy();
        records(forged).get(records(good).indexOf(record)).remove(name);
        if (verifier.verify(UsageGround.KEY, forged.encode()).startsWith("OK")
            && !name.equals("id")) {
          let.add(name);
        }
      }
    }
    for (var name : List.of("older", "newer", "usageConsistencyProof")) {
      var forged = good.copy();
      forged.getJsonObject("data").remove(name);
      if (verifier.verify(UsageGround.KEY, forged.encode()).startsWith("OK")) {
        let.add(name);
      }
    }
    assertThat(let).isEmpty();
  }

  private static List<JsonObject> records(JsonObject answer) {
    return UsageGround.objects(
        answer
            .getJsonObject("data")
            .getJsonObject("node")
            .getJsonObject("usage")
            .getJsonArray("nodes"));
  }

  private String verify(Consumer<JsonObject> forgery) {
    var forged = good.copy();
    forgery.accept(forged);
    return verifier.verify(UsageGround.KEY, forged.encode());
  }

  /** A record whose contents were changed, and whose digest was made anew. */
  private static void rewrite(JsonObject record) {
    var form =
        record.getString("canonicalForm").replace("\"quantity\":\"10\"", "\"quantity\":\"1\"");
    record.put("canonicalForm", form).put("quantity", "1");
    record.put(
        "digest",
        java.util.HexFormat.of()
            .formatHex(MerkleTree.sha256(form.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
  }

  @Test
  void forgeries_that_are_consistent_in_themselves_are_found() {
    assertThat(verify(all -> rewrite(records(all).getFirst()))).contains("does not lead to");
    // One record is passed over.
    assertThat(
            verify(
                all ->
                    all.getJsonObject("data")
                        .getJsonObject("node")
                        .getJsonObject("usage")
                        .getJsonArray("nodes")
                        .remove(1)))
        .contains("some are missing");
    // Two proofs are exchanged.
    assertThat(
            verify(
                all -> {
                  var one = records(all).get(0);
                  var two = records(all).get(1);
                  var proof = one.getJsonObject("proof");
                  one.put("proof", two.getJsonObject("proof"));
                  two.put("proof", proof);
                  one.getJsonObject("proof").put("recordId", one.getString("id"));
                  two.getJsonObject("proof").put("recordId", two.getString("id"));
                }))
        .contains("does not lead to the root");
    // A proof with a hash too many, and with one less.
    assertThat(
            verify(
                all ->
                    records(all)
                        .getFirst()
                        .getJsonObject("proof")
                        .getJsonArray("hashes")
                        .add("0".repeat(64))))
        .contains("proof");
    assertThat(
            verify(
                all ->
                    records(all)
                        .getFirst()
                        .getJsonObject("proof")
                        .getJsonArray("hashes")
                        .remove(0)))
        .contains("does not lead to the root");
    // A head over another tree with the signature of this one.
    assertThat(
            verify(
                all ->
                    all.getJsonObject("data")
                        .getJsonObject("newer")
                        .put("rootHash", "0".repeat(64))))
        .contains("is not signed with this key");
    // A record under a name that only looks like its own, or under none.
    for (var name : new String[] {"Us\u0430geRecord", "UsageRecordd", null}) {
      assertThat(
              verify(
                  all -> {
                    var record = records(all).getLast();
                    record.remove("digest");
                    record.remove("canonicalForm");
                    record.remove("proof");
                    record.put("quantity", "1000000").put("__typename", name);
                  }))
          .contains("not known");
    }
    // The last record is left out, and the end of the chain tells it.
    assertThat(
            verify(
                all -> {
                  var nodes =
                      all.getJsonObject("data")
                          .getJsonObject("node")
                          .getJsonObject("usage")
                          .getJsonArray("nodes");
                  var last = (JsonObject) nodes.remove(nodes.size() - 1);
                  all.getJsonObject("data")
                      .getJsonObject("node")
                      .put(
                          "usageChainHead",
                          new JsonObject()
                              .put("__typename", "UsageChain")
                              .put("recordCount", 4)
                              .put("digest", last.getString("digest")));
                }))
        .contains("the last record of a chain");
    assertThat(
            verify(
                all ->
                    all.getJsonObject("data")
                        .getJsonObject("node")
                        .put(
                            "usageChainHead",
                            new JsonObject()
                                .put("__typename", "UsageChain")
                                .put("recordCount", 9)
                                .put("digest", records(all).getLast().getString("digest")))))
        .contains("told to have 9");
    // What the digest is not of is not taken on trust.
    assertThat(verify(all -> records(all).getFirst().put("paid", true))).contains("paid");
    assertThat(verify(all -> records(all).getFirst().put("outcome", null))).contains("outcome");
    assertThat(
            verify(
                all ->
                    records(all)
                        .getFirst()
                        .put(
                            "canonicalForm",
                            records(all).getFirst().getString("canonicalForm") + " ")))
        .contains("digest is not that of");
  }

  @Test
  void a_log_that_was_begun_anew_is_found() throws Exception {
    var form = new HashMap<String, Object>();
    var head = good.getJsonObject("data").getJsonObject("newer");
    head.forEach(member -> form.put(member.getKey(), member.getValue()));
    var root = MerkleTree.leaf(new byte[32]);
    var other =
        UsageHead.sign(
            UsageGround.KEY,
            head.getInteger("treeSize"),
            root,
            UsageGround.NOW.atOffset(java.time.ZoneOffset.UTC));
    // Even who holds the key cannot sign two logs of one size unseen.
    var second =
        new JsonObject(form)
            .put("rootHash", other.rootHash())
            .put("timestamp", UsageRecord.moment(other.timestamp()))
            .put("signature", other.signature());

    assertThat(verifier.verify(UsageGround.KEY, good.encode(), second.encode()))
        .contains("the log was split");
  }
}
