package dev.fairground.bench;

import dev.fairground.kernel.Ids;
import dev.fairground.sql.DatabaseAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * The practical limit: a bare Vert.x handler that knows each query by heart. One hand-written
 * statement for each level, with only the columns that are shown and the to-one relations joined;
 * rows written as JSON with nothing between. It has no limits, no errors and no choice.
 */
final class BareServer {
  private static final int LOOPS = 2;
  private static final int CONNECTIONS = 6;

  private final SqlClient client;

  private BareServer(SqlClient client) {
    this.client = client;
  }

  /** Arguments: the database's address and the port. */
  public static void main(String[] arguments) throws Exception {
    var address = DatabaseAddress.parse(arguments[0]);
    var port = Integer.parseInt(arguments[1]);
    var vertx = Vertx.vertx();
    for (int loop = 0; loop < LOOPS; loop++) {
      vertx
          .deployVerticle(
              context -> {
                var server = new BareServer(connect(vertx, address));
                return vertx
                    .createHttpServer()
                    .requestHandler(server::answer)
                    .listen(port, "127.0.0.1");
              })
          .await();
    }
  }

  private static SqlClient connect(Vertx vertx, DatabaseAddress address) {
    return PgBuilder.client()
        .using(vertx)
        .connectingTo(
            new PgConnectOptions()
                .setHost(address.host())
                .setPort(address.port())
                .setDatabase(address.name())
                .setUser(address.user())
                .setPassword(address.password())
                .setPipeliningLimit(32)
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheSqlLimit(32_768)
                .addProperty("jit", "off"))
        .with(new PoolOptions().setMaxSize(CONNECTIONS))
        .build();
  }

  private void answer(HttpServerRequest request) {
    var found =
        switch (BenchQuery.valueOf(request.path().substring(1))) {
          case FIRST_PAGE -> firstPage();
          case PRODUCT -> product(Ids.uuid(request.getParam("id")));
          case OPERATOR -> operator(Ids.uuid(request.getParam("id")));
          case DEEP_PAGE -> deepPage(request.getParam("after"));
          case OPERATOR_FACETS -> operatorFacets(Ids.uuid(request.getParam("id")));
          case MARKET_FACETS -> marketFacets();
          case TYPENAME ->
              Future.succeededFuture(Json.data(json -> json.text("__typename", "Query")));
        };
    found
        .onSuccess(
            body ->
                request
                    .response()
                    .putHeader("content-type", "application/json; charset=utf-8")
                    .end(body))
        .onFailure(failure -> request.response().setStatusCode(500).end(String.valueOf(failure)));
  }

  private Future<RowSet<Row>> read(String sql, Object... arguments) {
    return client.preparedQuery(sql).execute(Tuple.from(List.of(arguments)));
  }

  private static final String FIRST_PAGE =
      """
      select p.product_id, p.kind, p.code, p.title, o.organization_id, o.name, e.code, e.name
        from product_version p
        join organization_version o on o.organization_id = p.operator_id and o.valid_to = 'infinity'
        left join code_entry e on e.list_id = 'REGION' and e.code = p.region_code and e.invalid_on is null
       where p.valid_to = 'infinity'
         and p.status = 'PUBLISHED'
       order by p.published_at desc, p.product_id desc
       limit 21
      """;

  private static final String RESOURCES =
      """
      select parent.id, r.resource_id, r.title
        from unnest($1::uuid[]) with ordinality as parent (id, place)
       cross join lateral (
         select u.resource_id
           from product_resource u
          where u.product_id = parent.id
            and u.valid_to = 'infinity'
          order by u.resource_id
          limit 5
       ) as used
        join data_resource_version r on r.resource_id = used.resource_id and r.valid_to = 'infinity'
       order by parent.place, r.resource_id
      """;

  private Future<Buffer> firstPage() {
    return read(FIRST_PAGE)
        .compose(
            rows -> {
              var products = first(rows, 20);
              return resources(products, 0)
                  .map(
                      resources ->
                          Json.data(
                              json -> {
                                json.object("products");
                                json.array("nodes");
                                for (var row : products) {
                                  json.element();
                                  productHead(json, row);
                                  json.object("operator");
                                  json.text("id", Ids.write("org", row.getUUID(4)));
                                  json.value("name", row.getString(5));
                                  json.end();
                                  if (row.getString(6) == null) {
                                    json.missing("region");
                                  } else {
                                    json.object("region");
                                    json.text("code", row.getString(6));
                                    json.value("name", row.getString(7));
                                    json.end();
                                  }
                                  resources(json, resources.get(row.getUUID(0)));
                                  json.end();
                                }
                                json.endArray();
                                json.object("pageInfo");
                                json.truth("hasNextPage", rows.size() > 20);
                                json.end();
                                json.end();
                              }));
            });
  }

  private static void productHead(Json json, Row row) {
    json.text("id", productId(row.getString(1), row.getUUID(0)));
    json.text("code", row.getString(2));
    json.value("title", row.getString(3));
  }

  private static String productId(String kind, UUID id) {
    return Ids.write(kind.equals("DATA_PRODUCT") ? "dp" : "sc", id);
  }

  private Future<Map<UUID, List<Row>>> resources(List<Row> products, int idColumn) {
    var ids = products.stream().map(row -> row.getUUID(idColumn)).toArray(UUID[]::new);
    return read(RESOURCES, (Object) ids)
        .map(
            rows -> {
              var byProduct = new HashMap<UUID, List<Row>>();
              rows.forEach(
                  row ->
                      byProduct
                          .computeIfAbsent(row.getUUID(0), unseen -> new ArrayList<>(5))
                          .add(row));
              return byProduct;
            });
  }

  private static void resources(Json json, List<Row> resources) {
    json.object("resources");
    json.array("nodes");
    for (var row : Objects.requireNonNullElse(resources, List.<Row>of())) {
      json.element();
      json.object("resource");
      json.text("id", Ids.write("res", row.getUUID(1)));
      json.value("title", row.getString(2));
      json.end();
      json.end();
    }
    json.endArray();
    json.end();
  }

  private static final String PRODUCT =
      """
      select p.product_id, p.kind, p.code, p.title, p.status, p.summary, p.form, p.purpose_class,
             p.deliveries, p.published_at, o.organization_id, o.code, o.name, g.number, g.title, g.state,
             g.starts_on, g.ends_on, i.name
        from product_version p
        join organization_version o on o.organization_id = p.operator_id and o.valid_to = 'infinity'
        join authorization_grant_version g
          on g.grant_id = p.authorization_grant_id and g.valid_to = 'infinity'
        join organization_version i on i.organization_id = g.institution_id and i.valid_to = 'infinity'
       where p.product_id = $1
         and p.valid_to = 'infinity'
      """;

  private static final String PRODUCT_RESOURCES =
      """
      select u.data_items, r.resource_id, r.title, h.name
        from product_resource u
        join data_resource_version r on r.resource_id = u.resource_id and r.valid_to = 'infinity'
        left join organization_version h on h.organization_id = r.holder_id and h.valid_to = 'infinity'
       where u.product_id = $1
         and u.valid_to = 'infinity'
       order by u.resource_id
       limit 20
      """;

  private static final String PRODUCT_SCENARIOS =
      """
      select u.allowed, s.title, s.purpose_class
        from product_scenario u
        join scenario_version s on s.scenario_id = u.scenario_id and s.valid_to = 'infinity'
       where u.product_id = $1
         and u.valid_to = 'infinity'
       order by u.scenario_id
       limit 20
      """;

  private static final String PRODUCT_TARIFFS =
      """
      select t.id, t.item, t.unit, t.free_of_charge, t.currency, s.from_quantity, s.unit_price
        from (select id, version, item, unit, free_of_charge, currency, position
                from tariff
               where product_id = $1
                 and valid_to = 'infinity'
                 and effective_on <= current_date
                 and (ends_on is null or ends_on >= current_date)
               order by position, effective_on desc, id
               limit 50) as t
        left join tariff_tier s on s.tariff_id = t.id and s.tariff_version = t.version
       order by t.position, s.from_quantity
      """;

  private static final String PRODUCT_REGISTRATIONS =
      """
      select r.code, r.valid_until, o.name
        from registration_version r
        join organization_version o on o.organization_id = r.registrar_id and o.valid_to = 'infinity'
       where r.product_id = $1
         and r.valid_to = 'infinity'
       order by r.coded_on desc, r.registration_id desc
       limit 5
      """;

  private static final String PRODUCT_LISTINGS =
      """
      select l.position, e.number, e.published_at
        from product_listing l
        join product_list e on e.operator_id = l.operator_id and e.number >= l.first_number
         and (l.last_number is null or e.number <= l.last_number)
       where l.product_id = $1
       order by e.number desc
       limit 5
      """;

  private Future<Buffer> product(UUID id) {
    var product = read(PRODUCT, id);
    var resources = read(PRODUCT_RESOURCES, id);
    var scenarios = read(PRODUCT_SCENARIOS, id);
    var tariffs = read(PRODUCT_TARIFFS, id);
    var registrations = read(PRODUCT_REGISTRATIONS, id);
    var listings = read(PRODUCT_LISTINGS, id);
    return Future.all(List.of(product, resources, scenarios, tariffs, registrations, listings))
        .map(
            found ->
                Json.data(
                    json -> {
                      json.object("product");
                      productWhole(json, product.result().iterator().next());
                      json.object("resources");
                      json.array("nodes");
                      for (var row : resources.result()) {
                        json.element();
                        json.missing("dataItems");
                        json.object("resource");
                        json.text("id", Ids.write("res", row.getUUID(1)));
                        json.value("title", row.getString(2));
                        json.object("holder");
                        json.value("name", row.getString(3));
                        json.end();
                        json.end();
                        json.end();
                      }
                      json.endArray();
                      json.end();
                      json.object("scenarios");
                      json.array("nodes");
                      for (var row : scenarios.result()) {
                        json.element();
                        json.truth("allowed", row.getBoolean(0));
                        json.object("scenario");
                        json.value("title", row.getString(1));
                        json.text("purposeClass", row.getString(2));
                        json.end();
                        json.end();
                      }
                      json.endArray();
                      json.end();
                      tariffs(json, tariffs.result());
                      json.object("registrations");
                      json.array("nodes");
                      for (var row : registrations.result()) {
                        json.element();
                        json.text("code", row.getString(0));
                        json.text("validUntil", row.getLocalDate(1).toString());
                        json.object("registrar");
                        json.value("name", row.getString(2));
                        json.end();
                        json.end();
                      }
                      json.endArray();
                      json.end();
                      json.object("listings");
                      json.array("nodes");
                      for (var row : listings.result()) {
                        json.element();
                        json.number("position", row.getInteger(0));
                        json.object("list");
                        json.number("number", row.getInteger(1));
                        json.moment("publishedAt", row.getOffsetDateTime(2));
                        json.end();
                        json.end();
                      }
                      json.endArray();
                      json.end();
                      json.end();
                    }));
  }

  private static void productWhole(Json json, Row row) {
    json.text("id", productId(row.getString(1), row.getUUID(0)));
    json.text("code", row.getString(2));
    json.text("status", row.getString(4));
    json.value("title", row.getString(3));
    json.value("summary", row.getString(5));
    json.text("form", row.getString(6));
    json.text("purposeClass", row.getString(7));
    json.array("deliveries");
    for (var delivery : row.getArrayOfStrings(8)) {
      json.element(delivery);
    }
    json.endArray();
    json.moment("publishedAt", row.getOffsetDateTime(9));
    json.object("operator");
    json.text("id", Ids.write("org", row.getUUID(10)));
    json.text("code", row.getString(11));
    json.value("name", row.getString(12));
    json.end();
    json.object("authorization");
    json.text("number", row.getString(13));
    json.value("title", row.getString(14));
    json.text("state", row.getString(15));
    json.object("term");
    json.text("startsOn", row.getLocalDate(16).toString());
    json.text("endsOn", row.getLocalDate(17).toString());
    json.end();
    json.object("institution");
    json.value("name", row.getString(18));
    json.end();
    json.end();
  }

  private static void tariffs(Json json, RowSet<Row> rows) {
    json.array("tariffs");
    UUID open = null;
    for (var row : rows) {
      if (!row.getUUID(0).equals(open)) {
        if (open != null) {
          json.endArray();
          json.end();
        }
        open = row.getUUID(0);
        json.element();
        json.text("item", row.getString(1));
        json.text("unit", row.getString(2));
        json.truth("freeOfCharge", row.getBoolean(3));
        json.array("tiers");
      }
      json.element();
      json.decimal("fromQuantity", row.getBigDecimal(5));
      json.object("unitPrice");
      json.decimal("amount", row.getBigDecimal(6));
      json.text("currency", row.getString(4));
      json.end();
      json.end();
    }
    if (open != null) {
      json.endArray();
      json.end();
    }
    json.endArray();
  }

  private static final String OPERATOR =
      """
      select o.organization_id, o.code, o.name
        from organization_version o
       where o.organization_id = $1
         and o.valid_to = 'infinity'
      """;

  private static final String OPERATOR_PRODUCTS =
      """
      select p.product_id, p.kind, p.code, p.title
        from product_version p
       where p.operator_id = $1
         and p.valid_to = 'infinity'
         and p.status = 'PUBLISHED'
       order by p.published_at desc, p.product_id desc
       limit 20
      """;

  private Future<Buffer> operator(UUID id) {
    var operator = read(OPERATOR, id);
    var products = read(OPERATOR_PRODUCTS, id).map(rows -> first(rows, 20));
    return Future.all(operator, products.compose(rows -> resources(rows, 0)))
        .map(
            found ->
                Json.data(
                    json -> {
                      Map<UUID, List<Row>> resources = found.resultAt(1);
                      var row = operator.result().iterator().next();
                      json.object("organization");
                      json.text("id", Ids.write("org", row.getUUID(0)));
                      json.text("code", row.getString(1));
                      json.value("name", row.getString(2));
                      json.object("products");
                      json.array("nodes");
                      for (var product : products.result()) {
                        json.element();
                        productHead(json, product);
                        resources(json, resources.get(product.getUUID(0)));
                        json.end();
                      }
                      json.endArray();
                      json.end();
                      json.end();
                    }));
  }

  private static final String DEEP_PAGE =
      """
      select p.product_id, p.kind, p.code, p.title, p.published_at, o.name
        from product_version p
        join organization_version o on o.organization_id = p.operator_id and o.valid_to = 'infinity'
       where p.valid_to = 'infinity'
         and p.status = 'PUBLISHED'
         and p.purpose_class = 'INDUSTRY'
         and p.form = any('{API}')
         and (p.published_at, p.product_id) < ($1, $2)
       order by p.published_at desc, p.product_id desc
       limit 21
      """;

  private Future<Buffer> deepPage(String cursor) {
    var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor)).position(8);
    return read(DEEP_PAGE, OffsetDateTime.parse(part(bytes)), UUID.fromString(part(bytes)))
        .map(
            rows ->
                Json.data(
                    json -> {
                      json.object("products");
                      json.array("nodes");
                      for (var row : first(rows, 20)) {
                        json.element();
                        productHead(json, row);
                        json.moment("publishedAt", row.getOffsetDateTime(4));
                        json.object("operator");
                        json.value("name", row.getString(5));
                        json.end();
                        json.end();
                      }
                      json.endArray();
                      json.object("pageInfo");
                      json.truth("hasNextPage", rows.size() > 20);
                      json.truth("hasPreviousPage", true);
                      json.end();
                      json.end();
                    }));
  }

  private static String part(ByteBuffer bytes) {
    var part = new byte[bytes.getShort()];
    bytes.get(part);
    return new String(part, StandardCharsets.UTF_8);
  }

  private static final String FACETS =
      """
      select 'COUNT', null, count(*)::int
        from (select 1 from product_version p where {shown} limit 10001) as bounded
      union all
      (select 'KIND', kind, count(*)::int
        from (select p.kind from product_version p where {shown} limit 10001) as bounded
       group by 2 order by 3 desc, 2)
      union all
      (select 'PURPOSE_CLASS', purpose_class, count(*)::int
        from (select p.purpose_class from product_version p where {shown} limit 10001) as bounded
       group by 2 order by 3 desc, 2)
      union all
      (select 'FORM', form, count(*)::int
        from (select p.form from product_version p where {shown} limit 10001) as bounded
       group by 2 order by 3 desc, 2)
      """;

  private static final String SHOWN = "p.valid_to = 'infinity' and p.status = 'PUBLISHED'";
  private static final String MARKET_FACETS = FACETS.replace("{shown}", SHOWN);
  private static final String OPERATOR_FACETS =
      FACETS.replace("{shown}", "p.operator_id = $1 and " + SHOWN);

  private Future<Buffer> operatorFacets(UUID id) {
    return read(OPERATOR_FACETS, id)
        .map(
            rows ->
                Json.data(
                    json -> {
                      json.object("organization");
                      facets(json, rows);
                      json.end();
                    }));
  }

  private Future<Buffer> marketFacets() {
    return read(MARKET_FACETS).map(rows -> Json.data(json -> facets(json, rows)));
  }

  private static void facets(Json json, RowSet<Row> rows) {
    json.object("products");
    String open = null;
    for (var row : rows) {
      var key = row.getString(0);
      if (key.equals("COUNT")) {
        json.number("totalCount", Math.min(10_000, row.getInteger(2)));
        json.truth("totalCountIsExact", row.getInteger(2) <= 10_000);
        json.array("facets");
        continue;
      }
      if (!key.equals(open)) {
        if (open != null) {
          json.endArray();
          json.end();
        }
        open = key;
        json.element();
        json.text("key", key);
        json.array("buckets");
      }
      json.element();
      json.text("value", row.getString(1));
      json.number("count", row.getInteger(2));
      json.end();
    }
    if (open != null) {
      json.endArray();
      json.end();
    }
    json.endArray();
    json.end();
  }

  private static List<Row> first(RowSet<Row> rows, int count) {
    var kept = new ArrayList<Row>(count);
    for (var row : rows) {
      if (kept.size() == count) {
        break;
      }
      kept.add(row);
    }
    return kept;
  }
}
