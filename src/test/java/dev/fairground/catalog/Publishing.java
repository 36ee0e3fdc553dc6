package dev.fairground.catalog;

import dev.fairground.sql.DatabaseAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An operator at work in one transaction: writes versions of products and publishes editions. */
public final class Publishing implements AutoCloseable {
  /** The operator of {@code SmallMarket}. */
  public static final UUID OPERATOR = UUID.fromString("00000000-0000-4000-8000-000000000001");

  private final Connection connection;

  public Publishing(DatabaseAddress address) throws SQLException {
    connection = address.connect("test");
    connection.setAutoCommit(false);
  }

  /** An edition that was published. */
  public record Edition(
      UUID id, int number, int listingCount, int added, int changed, int removed) {
    public String globalId() {
      return "pl_" + id.toString().replace("-", "");
    }
  }

  /** Further products of the operator, from one number to another, published since 2024. */
  public void products(int from, int to) throws SQLException {
    execute(
        """
        insert into product (operator_id, id, kind, code, created_at)
        select ?, md5('product ' || n)::uuid, 'DATA_PRODUCT', 'p-' || n, '2024-01-01Z'
          from generate_series(?::int, ?::int) as n
        """,
        OPERATOR,
        from,
        to);
    execute(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration)
        select p.operator_id, p.id, 1, p.created_at, p.kind, p.code, 'PUBLISHED', p.code, 'zh',
               '00000000-0000-4000-a000-000000000001', 'API', 'BASE', 'INDUSTRY', p.created_at, true
          from product p
         where not exists (select 1 from product_version v where v.product_id = p.id)
        """);
  }

  public static UUID product(int number) {
    var digits = md5("product " + number);
    return UUID.fromString(
        digits.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
  }

  private static String md5(String text) {
    try {
      return java.util.HexFormat.of()
          .formatHex(
              java.security.MessageDigest.getInstance("MD5")
                  .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The next version of a product. */
  public void version(UUID product, String status, String title, OffsetDateTime at)
      throws SQLException {
    execute(
        "update product_version set valid_to = ? where product_id = ? and valid_to = 'infinity'",
        at,
        product);
    execute(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, capability_kind, published_at, demonstration)
        select operator_id, product_id, version + 1, valid_to, kind, code, ?, ?, locale, authorization_grant_id, form,
               tier, purpose_class, capability_kind, published_at, demonstration
          from product_version
         where product_id = ? and valid_to = ?
        """,
        status,
        title,
        product,
        at);
  }

  /**
   * @param products those that were touched; null for all
   */
  public @Nullable Edition publish(OffsetDateTime at, @Nullable Collection<UUID> products)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            select id, number, listing_count, added, changed, removed
              from publish_edition(?, ?, 'Ann Example', 'list', 'en', null, true, ?)
            """)) {
      statement.setObject(1, OPERATOR);
      statement.setObject(2, at);
      statement.setArray(
          3, products == null ? null : connection.createArrayOf("uuid", products.toArray()));
      try (var row = statement.executeQuery()) {
        return row.next()
            ? new Edition(
                row.getObject(1, UUID.class),
                row.getInt(2),
                row.getInt(3),
                row.getInt(4),
                row.getInt(5),
                row.getInt(6))
            : null;
      }
    }
  }

  /** The same where something differs; its global id. */
  public String published(OffsetDateTime at, @Nullable Collection<UUID> products)
      throws SQLException {
    return Objects.requireNonNull(publish(at, products)).globalId();
  }

  public void takeTurn() throws SQLException {
    execute("select take_turn_to_publish(?)", OPERATOR);
  }

  public void execute(String sql, Object... arguments) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      statement.execute();
    }
  }

  /** The rows of a read, each with its columns as texts, parted by blanks. */
  public List<String> rows(String sql) throws SQLException {
    var found = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        var row = new StringBuilder();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.append(i == 1 ? "" : " ").append(rows.getString(i));
        }
        found.add(row.toString());
      }
    }
    return found;
  }

  public String value(String sql) throws SQLException {
    return rows(sql).getFirst();
  }

  public void commit() throws SQLException {
    connection.commit();
  }

  public void rollback() throws SQLException {
    connection.rollback();
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}
