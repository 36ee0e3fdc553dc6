package dev.fairground.check;

import dev.fairground.Asking;
import dev.fairground.draft.DraftMarket;
import dev.fairground.kernel.Role;
import dev.fairground.reference.ReferenceData;
import dev.fairground.sql.Database;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The market of drafts with the rules that are shipped. */
final class CheckMarket {
  static final String PRODUCT = "dp_0000000000004000b000000000000011";
  static final UUID PRODUCT_ID = UUID.fromString("00000000-0000-4000-b000-000000000011");

  static final String CHECKS =
      "checks { check outcome title { value } message(locale: \"en\") { value } reasons { code outcome evidence message { value } remedy { value } } rules { name ruleSetVersion basis { document clause } } checkedOn runId }";

  private CheckMarket() {}

  static void into(Asking asking, Database database) {
    DraftMarket.into(asking);
    try {
      new ReferenceData(database)
          .load()
          .toCompletionStage()
          .toCompletableFuture()
          .get(60, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
    asking.change("update jurisdiction set calendar_id = 'CN' where code = '000000'");
    for (int n = 1; n <= 3; n++) {
      resource(asking, n, "GENERAL_1", "CONDITIONAL");
    }
  }

  /** A next version of a resource that says what checks ask. */
  static void resource(Asking asking, int n, String grade, String openness) {
    var id = UUID.fromString("00000000-0000-4000-9000-00000000000" + n);
    asking.change(
        "update data_resource_version set valid_to = clock_timestamp() where resource_id = $1 and valid_to = 'infinity'",
        id);
    asking.change(
        """
        insert into data_resource_version (resource_id, version, valid_from, code, title, locale, source, origin, grade,
               openness, personal_information, topic, demonstration)
        select resource_id, version + 1, valid_to, code, title, locale, source, 'ORIGINAL', $2, $3, false, 'weather',
               demonstration
          from data_resource_version
         where resource_id = $1
         order by version desc limit 1
        """,
        id,
        grade,
        openness);
  }

  static Asking authority(Asking asking) {
    return asking.as(Role.DATA_AUTHORITY, DraftMarket.AUTHORITY);
  }

  /** A new product of operator 1, published. */
  static JsonObject publish(Asking asking, Map<String, Object> content) {
    var draft = DraftMarket.reviewed(asking, DraftMarket.create(asking, content));
    return DraftMarket.publish(
        DraftMarket.operator(asking), "draftIds", List.of(draft.getString("id")));
  }

  static String published(Asking asking) {
    return DraftMarket.done(publish(asking, DraftMarket.content()))
        .getJsonArray("changes")
        .getJsonObject(0)
        .getString("productId");
  }

  static JsonObject product(Asking as, String id, String selection) {
    return as.data("{ product(id: \"%s\") { %s } }".formatted(id, selection))
        .getJsonObject("product");
  }

  static JsonObject result(JsonObject product, String check) {
    return product.getJsonArray("checks").stream()
        .map(JsonObject.class::cast)
        .filter(one -> check.equals(one.getString("check")))
        .findFirst()
        .orElseThrow(() -> new AssertionError(product.encodePrettily()));
  }

  /** Takes resource 1 out of the authorization of operator 1. */
  static void withdrawScope(Asking asking) {
    asking.change(
        "update authorized_resource set valid_to = clock_timestamp() where grant_id = '00000000-0000-4000-a000-000000000001' and resource_id = '00000000-0000-4000-9000-000000000001' and valid_to = 'infinity'");
  }
}
