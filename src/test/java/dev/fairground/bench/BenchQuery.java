package dev.fairground.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** The queries that are measured. The bare server answers the path of the same name. */
enum BenchQuery {
  FIRST_PAGE(
      "first page of products, each with operator, region and five resources",
      """
      query FirstPage { products(first: 20) { nodes { id code title { value }
        operator { id name { value } } region { code name { value } }
        resources(first: 5) { nodes { resource { id title { value } } } } }
        pageInfo { hasNextPage } } }
      """),
  PRODUCT(
      "one product with everything",
      """
      query Product($id: ID!) { product(id: $id) { id code status title { value } summary { value }
        form purposeClass deliveries publishedAt operator { id code name { value } }
        authorization { number title { value } state term { startsOn endsOn } institution { name { value } } }
        resources(first: 20) { nodes { dataItems resource { id title { value } holder { name { value } } } } }
        scenarios(first: 20) { nodes { allowed scenario { title { value } purposeClass } } }
        tariffs { item unit freeOfCharge tiers { fromQuantity unitPrice { amount currency } } }
        registrations(first: 5) { nodes { code validUntil registrar { name { value } } } }
        listings(first: 5) { nodes { position list { number publishedAt } } } } }
      """),
  OPERATOR(
      "one operator, twenty products, five resources of each",
      """
      query Operator($id: ID!) { organization(id: $id) { id code name { value }
        products(first: 20) { nodes { id code title { value }
          resources(first: 5) { nodes { resource { id title { value } } } } } } } }
      """),
  DEEP_PAGE(
      "filtered keyset page deep in the list",
      """
      query DeepPage($after: String!) { products(first: 20, after: $after,
        filter: {purposeClass: INDUSTRY, form: [API]}) { nodes { id code title { value } publishedAt
          operator { name { value } } } pageInfo { hasNextPage hasPreviousPage } } }
      """),
  OPERATOR_FACETS(
      "count and facets of one operator's products",
      """
      query OperatorFacets($id: ID!) { organization(id: $id) { products(first: 1) {
        totalCount totalCountIsExact
        facets(keys: [KIND, PURPOSE_CLASS, FORM]) { key buckets { value count } } } } }
      """),
  MARKET_FACETS(
      "count and facets of the whole market",
      """
      query MarketFacets { products(first: 1) { totalCount totalCountIsExact
        facets(keys: [KIND, PURPOSE_CLASS, FORM]) { key buckets { value count } } } }
      """),
  TYPENAME("{ __typename }", "{ __typename }");

  final String title;
  final String text;

  BenchQuery(String title, String text) {
    this.title = title;
    this.text = text.strip();
  }

  /** One request: the variables for GraphQL, and the same as the path of the bare server. */
  record Ask(JsonObject body, String barePath) {}

  /**
   * @param cursors cursors of {@link #DEEP_PAGE}, from the depth of the list
   */
  Ask ask(Market market, List<String> cursors, Random random) {
    return switch (this) {
      case PRODUCT -> of("id", market.wholeProduct(random.nextInt(1 << 20)));
      case OPERATOR, OPERATOR_FACETS -> of("id", market.operator(random.nextInt(1 << 20)));
      case DEEP_PAGE -> of("after", cursors.get(random.nextInt(cursors.size())));
      case FIRST_PAGE, MARKET_FACETS, TYPENAME ->
          new Ask(new JsonObject().put("query", text), "/" + name());
    };
  }

  private Ask of(String variable, String value) {
    return new Ask(
        new JsonObject().put("query", text).put("variables", new JsonObject().put(variable, value)),
        "/" + name() + "?" + variable + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  /** The cursors of the second half of the way through the list, at most 20,000 rows deep. */
  static List<String> deepCursors(Target server) throws Exception {
    var query =
        """
        query Walk($after: String) { products(first: 100, after: $after,
          filter: {purposeClass: INDUSTRY, form: [API]}) { edges { cursor } pageInfo { hasNextPage endCursor } } }
        """;
    var cursors = new java.util.ArrayList<String>();
    String after = null;
    for (int page = 0; page < 200; page++) {
      var variables = new JsonObject().put("after", after);
      var products =
          server
              .post(new JsonObject().put("query", query).put("variables", variables))
              .getJsonObject("data")
              .getJsonObject("products");
      JsonArray edges = products.getJsonArray("edges");
      for (int i = 9; i < edges.size(); i += 10) {
        cursors.add(edges.getJsonObject(i).getString("cursor"));
      }
      if (!products.getJsonObject("pageInfo").getBoolean("hasNextPage")) {
        break;
      }
      after = products.getJsonObject("pageInfo").getString("endCursor");
    }
    var half = cursors.subList(cursors.size() / 2, cursors.size());
    // The last page is shorter than the others; it would be measured as a cheaper one.
    return List.copyOf(half.subList(0, Math.max(1, half.size() - 3)));
  }
}
