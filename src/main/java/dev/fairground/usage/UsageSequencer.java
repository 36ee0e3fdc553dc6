package dev.fairground.usage;

import static java.util.Objects.requireNonNull;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import dev.fairground.usage.MerkleTree.Node;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives records that were committed their places in the log, and signs a head over it. Every server
 * runs one; whoever holds the tree does the work of all, and the others go home at once.
 *
 * <p>Places come without gaps and in the order of commits, as those of events do: the tree is
 * locked in a statement of its own, so that the next one sees everything that was committed before.
 * A record that no server came to before the end of all is found by the next that begins.
 */
public final class UsageSequencer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UsageSequencer.class);
  private static final String CHANNEL = "fairground_usage_waiting";
  private static final String REQUEST = "usage-log";

  private final Database database;
  private final EventLog events;
  private final HeadKey key;
  private final InstantSource time;
  private final int batch;
  private final int everyMillis;
  private final AtomicBoolean working = new AtomicBoolean();
  private volatile boolean wokenMeanwhile;
  private volatile long timer = -1;
  private volatile boolean closed;

  /**
   * @param key what heads are signed with; the same on all servers of a database
   */
  public UsageSequencer(Database database, HeadKey key, InstantSource time) {
    this(database, key, time, 10_000, 1_000);
  }

  /**
   * @param batch records that get their places in one transaction
   * @param everyMillis how often it looks without being woken
   */
  UsageSequencer(Database database, HeadKey key, InstantSource time, int batch, int everyMillis) {
    this.database = database;
    this.events = new EventLog(database);
    this.key = key;
    this.time = time;
    this.batch = batch;
    this.everyMillis = everyMillis;
  }

  /** Begins to work, now and whenever records were committed. */
  public UsageSequencer start() {
    database.hear(CHANNEL, this::wake);
    timer = database.vertx().setPeriodic(everyMillis, tick -> wake());
    wake();
    return this;
  }

  private void wake() {
    wokenMeanwhile = true;
    if (!closed && working.compareAndSet(false, true)) {
      wokenMeanwhile = false;
      drain()
          .onComplete(
              done -> {
                working.set(false);
                if (wokenMeanwhile) {
                  wake();
                }
              },
              away -> {
                working.set(false);
                LOG.debug("records wait for their places: {}", String.valueOf(away.getMessage()));
              });
    }
  }

  /** Gives places until no record is left without, and signs. */
  public Future<Void> drain() {
    return isWaiting()
        .compose(
            waiting ->
                waiting && !closed
                    ? database
                        .inTransaction(this::step)
                        .compose(moved -> moved == 0 ? Future.succeededFuture() : drain())
                    : Future.succeededFuture());
  }

  // A key that is new signs what is there.
  private static final String WAITING =
      """
      -- usageWaiting
      select exists (select 1 from usage_waiting)
             or exists (select 1 from usage_tree t
                         where t.size > 0
                           and not exists (select 1 from usage_head h where h.tree_size = t.size and h.key_id = $1))
      """;

  /** A transaction that moves nothing would make servers throw away what they share. */
  private Future<Boolean> isWaiting() {
    return database
        .first(new Reads(), WAITING, Tuple.of(key.id()), row -> row.getBoolean(0))
        .map(waiting -> requireNonNull(waiting));
  }

  private static final String LOCK =
      """
      -- lockUsageTree
      select t.size from usage_tree t where t.id = 1 for update skip locked
      """;

  /** How many were moved or signed; none when another server is about it. */
  private Future<Integer> step(SqlConnection transaction) {
    return database
        .first(transaction, LOCK, Tuple.tuple(), row -> row.getLong(0))
        .compose(size -> size == null ? Future.succeededFuture(0) : behind(transaction, size));
  }

  private static final String TAKE =
      """
      -- takeUsageWaiting
      with next as (
             select number from usage_waiting order by number limit $1),
           taken as (
             delete from usage_waiting w using next where w.number = next.number
             returning w.number, w.operator_id, w.record_id, w.digest)
      select operator_id, record_id, digest from taken order by number
      """;

  private record Waiting(UUID operatorId, UUID recordId, byte[] digest) {}

  private Future<Integer> behind(SqlConnection transaction, long size) {
    var taken =
        database.list(
            transaction,
            TAKE,
            Tuple.of(batch),
            row -> new Waiting(row.getUUID(0), row.getUUID(1), row.getBuffer(2).getBytes()));
    var edge =
        database
            .rows(transaction, UsageLog.NODES, UsageLog.arguments(MerkleTree.edge(size)))
            .map(UsageLog::nodes);
    return Future.all(taken, edge)
        .compose(both -> grow(transaction, size, taken.result(), edge.result()))
        .map(grown -> Math.max(1, taken.result().size()));
  }

  /** The tree as it is then, and what is new in it. */
  private record Grown(Map<Node, byte[]> fresh, byte[] root) {
    static Grown of(long size, List<Waiting> taken, Map<Node, byte[]> edge) {
      var leaves = taken.stream().map(one -> MerkleTree.leaf(one.digest())).toList();
      var fresh = MerkleTree.append(size, edge, leaves);
      var known = new HashMap<>(edge);
      known.putAll(fresh);
      return new Grown(
          fresh, MerkleTree.root(size + leaves.size(), node -> requireNonNull(known.get(node))));
    }
  }

  private Future<Void> grow(
      SqlConnection transaction, long size, List<Waiting> taken, Map<Node, byte[]> edge) {
    var after = size + taken.size();
    return database
        .vertx()
        .executeBlocking(() -> Grown.of(size, taken, edge), false)
        .compose(
            grown ->
                (taken.isEmpty()
                        ? Future.<Void>succeededFuture()
                        : write(transaction, size, taken, grown))
                    .compose(written -> sign(transaction, Math.toIntExact(after), grown.root())));
  }

  private static final String LEAVES =
      """
      -- insertUsageLeaves
      insert into usage_leaf (leaf_index, operator_id, record_id)
      select $1 + l.place - 1, l.operator_id, l.record_id
        from unnest($2::uuid[], $3::uuid[]) with ordinality as l (operator_id, record_id, place)
      """;

  private static final String NODES =
      """
      -- insertUsageNodes
      insert into usage_node (level, position, hash)
      select n.level, n.position, n.hash
        from unnest($1::smallint[], $2::bigint[], $3::bytea[]) as n (level, position, hash)
      """;

  private static final String SIZE =
      """
      -- growUsageTree
      update usage_tree set size = $1 where id = 1
      """;

  private Future<Void> write(
      SqlConnection transaction, long size, List<Waiting> taken, Grown grown) {
    var nodes = new ArrayList<>(grown.fresh().entrySet());
    return database
        .rows(
            transaction,
            LEAVES,
            Tuple.of(
                size,
                taken.stream().map(Waiting::operatorId).toArray(UUID[]::new),
                taken.stream().map(Waiting::recordId).toArray(UUID[]::new)))
        .compose(
            done ->
                database.rows(
                    transaction,
                    NODES,
                    Tuple.of(
                        nodes.stream()
                            .map(node -> (short) node.getKey().level())
                            .toArray(Short[]::new),
                        nodes.stream().map(node -> node.getKey().position()).toArray(Long[]::new),
                        nodes.stream()
                            .map(node -> Buffer.buffer(node.getValue()))
                            .toArray(Buffer[]::new))))
        .compose(done -> database.rows(transaction, SIZE, Tuple.of(size + taken.size())))
        .mapEmpty();
  }

  private static final String KEY =
      """
      -- keepUsageKey
      insert into usage_key (id, public_key, first_used_at) values ($1, $2, $3) on conflict do nothing
      """;

  private static final String HEAD =
      """
      -- insertUsageHead
      insert into usage_head (id, tree_size, root_hash, signed_at, key_id, signature)
      values ($1, $2, $3, $4, $5, $6)
          on conflict (tree_size, key_id) do nothing
      returning id
      """;

  private Future<Void> sign(SqlConnection transaction, int size, byte[] root) {
    if (size == 0) {
      return Future.succeededFuture();
    }
    var now = time.instant().truncatedTo(ChronoUnit.MICROS);
    var at = now.atOffset(ZoneOffset.UTC);
    var head = UsageHead.sign(key, size, root, at);
    var signature = HexFormat.of().parseHex(head.signature());
    return database
        .rows(transaction, KEY, Tuple.of(key.id(), Buffer.buffer(key.publicKey()), at))
        .compose(
            kept ->
                database.rows(
                    transaction,
                    HEAD,
                    Tuple.of(head.id(), (long) size, Buffer.buffer(root), at, key.id())
                        .addBuffer(Buffer.buffer(signature))))
        // Another server with the same key may have signed it since we looked.
        .compose(
            signed ->
                signed.size() == 0
                    ? Future.succeededFuture()
                    : events.append(
                        transaction,
                        Write.ofServer(Moment.present(now), REQUEST),
                        List.of(
                            new NewEvent(
                                EventType.USAGE_HEAD_SIGNED,
                                head.globalId(),
                                null,
                                null,
                                true,
                                List.of()))));
  }

  @Override
  public void close() {
    closed = true;
    database.vertx().cancelTimer(timer);
  }
}
