package dev.fairground.check;

import dev.fairground.check.SharedFacts.Shared;
import dev.fairground.fairaccess.Check;
import dev.fairground.fairaccess.ProductFacts;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the facts of many products at once: what each has for itself by one statement of {@link
 * ProductFactsSql}, and what they share by those of {@link SharedFacts}.
 */
final class ProductFactsRepository {
  private ProductFactsRepository() {}

  /**
   * What a product has for itself.
   *
   * @param sourceId the product's id, or that of its draft
   */
  record Own(
      UUID sourceId,
      UUID productId,
      int version,
      UUID operatorId,
      String kind,
      Row row,
      UUID grantId,
      @Nullable JsonArray uses) {

    static Own of(Row row) {
      return new Own(
          row.getUUID(0),
          row.getUUID(1),
          row.getInteger(2),
          row.getUUID(3),
          row.getString(4),
          row,
          row.getUUID(13),
          (JsonArray) row.getValue(15));
    }

    String globalId() {
      return Parts.productId(kind, productId);
    }

    /** On which days the links of its base's operator count: of delivery and of redevelopment. */
    List<SharedFacts.OnDay> baseDays() {
      var lineage = lineage((JsonArray) row.getValue(19));
      var days = new ArrayList<SharedFacts.OnDay>();
      if (lineage != null && lineage.getString("baseOperator") != null) {
        var operator = Parts.uuid(lineage, "baseOperator");
        var delivered = Parts.day(lineage, "baseOn");
        days.add(new SharedFacts.OnDay(operator, Objects.requireNonNull(row.getLocalDate(22))));
        if (delivered != null) {
          days.add(new SharedFacts.OnDay(operator, delivered));
        }
      }
      return days;
    }
  }

  /** Of published products. */
  static Future<List<Gathered<ProductFacts>>> ofListed(
      FactSource source, Collection<UUID> products) {
    return of(source, ProductFactsSql.LISTED_PRODUCTS, products)
        .map(found -> found.stream().map(Of::gathered).toList());
  }

  /** The facts of a draft. */
  record Of(UUID sourceId, Gathered<ProductFacts> gathered) {}

  /** Of drafts that name an authorization, by the drafts' ids. */
  static Future<List<Of>> ofDrafts(FactSource source, Collection<UUID> drafts) {
    return of(source, ProductFactsSql.DRAFTS, drafts);
  }

  private static Future<List<Of>> of(FactSource source, FactSql sql, Collection<UUID> keys) {
    return source
        .list(sql, keys, Own::of)
        .compose(
            owns -> {
              var used = new LinkedHashSet<SharedFacts.InGrant>();
              var grants = new LinkedHashSet<UUID>();
              var operators = new LinkedHashSet<SharedFacts.OnDay>();
              for (var own : owns) {
                if (own.grantId() != null) {
                  grants.add(own.grantId());
                }
                operators.addAll(own.baseDays());
                if (own.grantId() != null) {
                  Parts.each(
                      own.uses(),
                      use ->
                          used.add(new SharedFacts.InGrant(own.grantId(), Parts.uuid(use, "r"))));
                }
              }
              var offers =
                  OfferFactsRepository.find(source, owns.stream().map(Own::productId).toList());
              var shared = SharedFacts.find(source, used, grants, operators);
              return Future.all(shared, offers)
                  .compose(
                      both ->
                          Aside.run(
                              source.database(),
                              owns.size(),
                              () -> all(owns, shared.result(), offers.result())));
            });
  }

  private static List<Of> all(
      List<Own> owns, Shared shared, Map<UUID, OfferFactsRepository.Read> offers) {
    var all = new ArrayList<Of>(owns.size());
    for (var own : owns) {
      var grant = own.grantId() == null ? null : shared.grants().get(own.grantId());
      if (grant != null) {
        all.add(
            new Of(
                own.sourceId(),
                gathered(
                    own,
                    grant,
                    shared,
                    offers.getOrDefault(own.productId(), OfferFactsRepository.Read.NOTHING))));
      }
    }
    return all;
  }

  private static Gathered<ProductFacts> gathered(
      Own own, SharedFacts.Grant grant, Shared shared, OfferFactsRepository.Read offer) {
    var row = own.row();
    var declared = (JsonArray) row.getValue(19);
    var lineage = lineage(declared);
    var uses = own.uses() == null ? null : uses(own.uses(), shared);
    var facts =
        new ProductFacts(
            own.globalId(),
            own.version(),
            own.operatorId(),
            grant.jurisdictionCode(),
            own.kind(),
            Objects.requireNonNull(row.getString(5)),
            Objects.requireNonNull(row.getString(6)),
            Objects.requireNonNull(row.getString(7)),
            row.getString(8),
            row.getBoolean(9),
            List.of(row.getArrayOfStrings(10)),
            row.getLocalDate(11),
            row.getLocalDate(12),
            row.getLocalDate(21),
            row.getLocalDate(23),
            grant.withScope(own.uses(), shared),
            uses,
            Parts.list(
                (JsonArray) row.getValue(16),
                one ->
                    new ProductFacts.Scenario(
                        Parts.id("sce", one, "s"), one.getBoolean("a"), one.getString("c"), null)),
            Parts.list((JsonArray) row.getValue(17), ProductFactsRepository::price),
            grant.ceilings(),
            Parts.list((JsonArray) row.getValue(18), Parts::registration),
            declarations(declared),
            lineage == null ? null : Parts.uuidOrNull(lineage, "developer"),
            base(lineage, own, shared),
            Parts.list((JsonArray) row.getValue(20), ProductFactsRepository::bundle),
            offer.offer());
    return new Gathered<>(
        Subject.open(
            Check.Subject.PRODUCT,
            own.productId(),
            own.globalId(),
            own.version(),
            own.operatorId(),
            grant.institutionId(),
            grant.jurisdictionCode(),
            readAt(
                facts, Objects.requireNonNull(row.getOffsetDateTime(14)), grant, offer.readAt())),
        facts);
  }

  /**
   * What was written in the transaction may be dated a little later than the moment of its change:
   * the facts stand so from the latest of what was read.
   */
  private static OffsetDateTime readAt(
      ProductFacts facts,
      OffsetDateTime read,
      SharedFacts.Grant grant,
      @Nullable OffsetDateTime offered) {
    var latest = read.toInstant();
    var prices = facts.prices() == null ? List.<ProductFacts.Price>of() : facts.prices();
    for (var set :
        Stream.of(
                Stream.of(grant.readAt().toInstant()),
                Stream.ofNullable(offered).map(OffsetDateTime::toInstant),
                prices.stream().map(ProductFacts.Price::setAt),
                facts.ceilings().stream().map(ProductFacts.Ceiling::setAt))
            .flatMap(Function.identity())
            .toList()) {
      latest = set.isAfter(latest) ? set : latest;
    }
    return latest.atOffset(ZoneOffset.UTC);
  }

  private static List<ProductFacts.Use> uses(JsonArray uses, Shared shared) {
    var list = new ArrayList<ProductFacts.Use>(uses.size());
    Parts.each(
        uses,
        use -> {
          var items = Parts.strings(use.getJsonArray("i"));
          var resource = shared.resources().get(Parts.uuid(use, "r"));
          if (resource != null) {
            list.add(resource.use(items));
          }
        });
    return list;
  }

  private static ProductFacts.Price price(JsonObject one) {
    return new ProductFacts.Price(
        Parts.id("tar", one, "id"),
        Parts.instant(one, "set"),
        one.getString("item"),
        one.getString("class"),
        one.getString("unit"),
        one.getString("text"),
        one.getString("currency"),
        Parts.number(one, "base"),
        one.getString("period"),
        Objects.requireNonNull(Parts.strings(one.getJsonArray("purposes"))),
        one.getBoolean("free"),
        one.getBoolean("trial"),
        LocalDate.parse(one.getString("from")),
        Parts.day(one, "to"),
        Parts.tiers(one.getJsonArray("tiers")));
  }

  private static @Nullable JsonObject lineage(@Nullable JsonArray declared) {
    return declared == null
        ? null
        : declared.stream()
            .map(JsonObject.class::cast)
            .filter(one -> "LINEAGE".equals(one.getString("kind")))
            .findFirst()
            .orElse(null);
  }

  private static ProductFacts.@Nullable Base base(
      @Nullable JsonObject lineage, Own own, Shared shared) {
    if (lineage == null
        || lineage.getString("base") == null
        || lineage.getString("baseOperator") == null) {
      return null;
    }
    return new ProductFacts.Base(
        Parts.productId(lineage.getString("baseKind"), Parts.uuid(lineage, "base")),
        Parts.uuid(lineage, "baseOperator"),
        Parts.day(lineage, "baseOn"),
        shared.relatedOn(own.baseDays()));
  }

  private static List<ProductFacts.Declaration> declarations(@Nullable JsonArray declared) {
    return Parts.list(declared, Function.identity()).stream()
        .filter(one -> !"LINEAGE".equals(one.getString("kind")))
        .map(
            one ->
                new ProductFacts.Declaration(
                    Parts.id(Declaration.PREFIX, one, "id"),
                    one.getString("kind"),
                    one.getString("text"),
                    one.getString("evidence")))
        .toList();
  }

  private static ProductFacts.Bundle bundle(JsonObject one) {
    return new ProductFacts.Bundle(
        Parts.id("pb", one, "id"),
        Parts.list(
            one.getJsonArray("members"),
            member ->
                new ProductFacts.Member(
                    Parts.productId(
                        Objects.requireNonNullElse(member.getString("kind"), "DATA_PRODUCT"),
                        Parts.uuid(member, "p")),
                    Parts.number(member, "alone"),
                    Boolean.TRUE.equals(member.getBoolean("listed")))),
        new BigDecimal(one.getString("price")),
        one.getString("currency"),
        Parts.pairs(
            one.getJsonArray("conditions"),
            (text, need) -> new ProductFacts.Condition(Objects.requireNonNull(text), need)));
  }
}
