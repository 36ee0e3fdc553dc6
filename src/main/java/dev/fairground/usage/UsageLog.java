package dev.fairground.usage;

import dev.fairground.kernel.Ids;
import dev.fairground.sql.Database;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Reads;
import dev.fairground.sql.Rows;
import dev.fairground.usage.MerkleTree.Node;
import dev.fairground.usage.MerkleTree.Range;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the log: places of records, heads, and proofs, each of a few hashes. */
final class UsageLog {
  private static final HexFormat HEX = HexFormat.of();
  private static final String HEADS =
      "h.id, h.tree_size, h.root_hash, h.signed_at, h.key_id, h.signature";

  static final PageSelect<UsageHead> LIST =
      PageSelect.plain("usageHeads", HEADS, "usage_head h", UsageLog::head);

  private final Database database;

  UsageLog(Database database) {
    this.database = database;
  }

  private static UsageHead head(Row row) {
    return new UsageHead(
        row.getUUID(0),
        Math.toIntExact(row.getLong(1)),
        HEX.formatHex(row.getBuffer(2).getBytes()),
        row.getOffsetDateTime(3),
        row.getString(4),
        HEX.formatHex(row.getBuffer(5).getBytes()));
  }

  private static final String BY_ID =
      "-- usageHeadsById\nselect " + HEADS + " from usage_head h where h.id = any($1)";

  Future<List<UsageHead>> findHeads(Reading reading, Collection<UUID> ids) {
    return database.list(reading.reads(), BY_ID, Tuple.of((Object) Rows.ids(ids)), UsageLog::head);
  }

  private static final String NEWEST =
      "-- newestUsageHead\nselect "
          + HEADS
          + " from usage_head h order by h.tree_size desc, h.signed_at desc, h.id limit 1";

  private static final String OF_SIZE =
      "-- usageHeadOfSize\nselect "
          + HEADS
          + " from usage_head h where h.tree_size = $1 order by h.signed_at desc, h.id limit 1";

  /** The newest, or that of a size; null where there is none. */
  Future<@Nullable UsageHead> head(Reading reading, @Nullable Integer treeSize) {
    return treeSize == null
        ? database.first(reading.reads(), NEWEST, Tuple.tuple(), UsageLog::head)
        : database.first(reading.reads(), OF_SIZE, Tuple.of(treeSize.longValue()), UsageLog::head);
  }

  private static final String KEYS =
      """
      -- usageKeys
      select k.id, k.public_key, k.first_used_at
        from usage_key k
       order by k.first_used_at desc, k.id
       limit 100
      """;

  Future<List<UsageKey>> keys(Reading reading) {
    return database.list(
        reading.reads(),
        KEYS,
        Tuple.tuple(),
        row ->
            new UsageKey(
                row.getString(0),
                "Ed25519",
                Base64.getEncoder().encodeToString(row.getBuffer(1).getBytes()),
                row.getOffsetDateTime(2)));
  }

  private static final String LEAVES =
      """
      -- leavesOfUsageRecords
      select l.record_id, l.leaf_index,
             coalesce((select max(h.tree_size) from usage_head h), 0), (select t.size from usage_tree t where t.id = 1)
        from usage_leaf l
       where l.record_id = any($1)
      """;

  private record Leaf(UUID recordId, long index, long newest, long size) {}

  /**
   * Proofs of records; none for one that has no place in that tree.
   *
   * @param treeSize null for the newest head's
   */
  Future<Map<UUID, UsageInclusionProof>> proofs(
      Reading reading, @Nullable Integer treeSize, Collection<UUID> records) {
    return database
        .list(
            reading.reads(),
            LEAVES,
            Tuple.of((Object) Rows.ids(records)),
            row -> new Leaf(row.getUUID(0), row.getLong(1), row.getLong(2), row.getLong(3)))
        .compose(
            leaves -> {
              var ranges = new HashMap<Leaf, List<Range>>();
              var wanted = new LinkedHashSet<Range>();
              for (var leaf : leaves) {
                var size = treeSize == null ? leaf.newest() : treeSize;
                if (leaf.index() < size && size <= leaf.size()) {
                  var path = MerkleTree.inclusion(leaf.index(), size);
                  ranges.put(leaf, path);
                  wanted.addAll(path);
                  wanted.add(new Range(0, size));
                }
              }
              return nodes(reading.reads(), MerkleTree.needed(wanted))
                  .map(
                      known -> {
                        var hash = hashes(known);
                        var proofs = new HashMap<UUID, UsageInclusionProof>();
                        ranges.forEach(
                            (leaf, path) -> {
                              var size = treeSize == null ? leaf.newest() : treeSize;
                              proofs.put(
                                  leaf.recordId(),
                                  new UsageInclusionProof(
                                      Ids.write(UsageRecord.PREFIX, leaf.recordId()),
                                      Math.toIntExact(leaf.index()),
                                      Math.toIntExact(size),
                                      hash.apply(new Range(0, size)),
                                      path.stream().map(hash).toList()));
                            });
                        return proofs;
                      });
            });
  }

  private static final String SIZE =
      """
      -- sizeOfUsageTree
      select t.size from usage_tree t where t.id = 1
      """;

  /** The proof between two trees; null where the second one is not there yet. */
  Future<@Nullable UsageConsistencyProof> consistency(Reading reading, int first, int second) {
    var path = MerkleTree.consistency(first, second);
    var wanted = new ArrayList<>(path);
    var before = new Range(0, first);
    var after = new Range(0, second);
    wanted.add(before);
    wanted.add(after);
    var size = database.first(reading.reads(), SIZE, Tuple.tuple(), row -> row.getLong(0));
    var nodes = nodes(reading.reads(), MerkleTree.needed(wanted));
    return Future.all(size, nodes)
        .map(
            all -> {
              // The nodes of a tree that was there are there; those of a later one may be half.
              if (second > Objects.requireNonNull(size.result())
                  || nodes.result().size() < MerkleTree.needed(wanted).size()) {
                return null;
              }
              var hash = hashes(nodes.result());
              return new UsageConsistencyProof(
                  first,
                  second,
                  hash.apply(before),
                  hash.apply(after),
                  path.stream().map(hash).toList());
            });
  }

  /** Ranges come up again and again, as the root does: each is hashed once. */
  private static Function<Range, String> hashes(Map<Node, byte[]> known) {
    var told = new HashMap<Range, String>();
    return range ->
        told.computeIfAbsent(
            range,
            unseen ->
                HEX.formatHex(
                    MerkleTree.hash(unseen, node -> Objects.requireNonNull(known.get(node)))));
  }

  static final String NODES =
      """
      -- usageNodes
      select n.level, n.position, n.hash
        from unnest($1::smallint[], $2::bigint[]) as w (level, position)
        join usage_node n on n.level = w.level and n.position = w.position
      """;

  private Future<Map<Node, byte[]>> nodes(Reads reads, Set<Node> wanted) {
    if (wanted.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return database.rows(reads, NODES, arguments(wanted)).map(UsageLog::nodes);
  }

  static Tuple arguments(Set<Node> wanted) {
    return Tuple.of(
        wanted.stream().map(node -> (short) node.level()).toArray(Short[]::new),
        (Object) wanted.stream().map(Node::position).toArray(Long[]::new));
  }

  static Map<Node, byte[]> nodes(Iterable<Row> rows) {
    var nodes = new HashMap<Node, byte[]>();
    for (var row : rows) {
      nodes.put(new Node(row.getShort(0), row.getLong(1)), row.getBuffer(2).getBytes());
    }
    return nodes;
  }
}
