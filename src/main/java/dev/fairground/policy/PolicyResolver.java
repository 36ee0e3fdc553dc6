package dev.fairground.policy;

import static java.util.Objects.requireNonNull;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.catalog.DataProduct;
import dev.fairground.catalog.Product;
import dev.fairground.catalog.ServiceCapability;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.kernel.Page;
import dev.fairground.policy.Kinds.DifferenceFactorKind;
import dev.fairground.policy.Kinds.RefusalReasonKind;
import dev.fairground.policy.PolicyRepository.Of;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Binds {@code schema/policy.graphqls}. */
public final class PolicyResolver implements Feature {
  /** The prefixes of ids. */
  public static final String POLICY = "acp";

  public static final String TERMS = "stt";

  private final CatalogResolver catalog;
  private final PolicyRepository policies;
  private final AccessPolicySet set;
  private final Listing<PolicyVersion> history;
  private final Loader<UUID, Loader.None, PolicyVersion> byId;
  private final Loader<PolicyVersion.Key, Loader.None, PolicyVersion> byVersion;
  private final Loader<UUID, Optional<LocalDate>, PolicyVersion> onDay;
  private final Loader<UUID, Loader.None, StandardTerms> termsById;
  private final Loader<PolicyVersion.TermsKey, Loader.None, StandardTerms> termsByNumber;
  private final Loader<UUID, Optional<LocalDate>, StandardTerms> termsOnDay;

  public PolicyResolver(Database database, CatalogResolver catalog) {
    this.catalog = catalog;
    this.policies = new PolicyRepository(database);
    this.set = new AccessPolicySet(database);
    byId = Loader.one("accessPoliciesById", policies::findByIds, PolicyVersion::id);
    byVersion = Loader.one("accessPoliciesByVersion", policies::findByVersions, PolicyVersion::key);
    onDay = one("accessPolicyOfProducts", policies::findOnDay, PolicyVersion::productId);
    termsById = Loader.one("standardTermsById", policies::findTermsByIds, PolicyResolver::id);
    termsByNumber =
        Loader.one(
            "standardTermsByNumber",
            policies::findTerms,
            terms -> new PolicyVersion.TermsKey(terms.productId(), terms.number()));
    termsOnDay = one("standardTermsOfProducts", policies::findTermsOnDay, StandardTerms::productId);
    history =
        new Listing<>(
            database,
            PolicyRepository.OF_PRODUCTS,
            (arguments, moment) ->
                Clause.of("a.published_at <= ?", moment.at().atOffset(ZoneOffset.UTC)),
            arguments -> List.of(Key.integer("a.version", true, PolicyVersion::version)));
  }

  /** Versions of policies, as they are stamped on requests; 0 finds the basic policy. */
  public Loader<PolicyVersion.Key, Loader.None, PolicyVersion> byVersion() {
    return byVersion;
  }

  /** Standard terms by product and number; 0 finds the basic ones. */
  public Loader<PolicyVersion.TermsKey, Loader.None, StandardTerms> terms() {
    return termsByNumber;
  }

  @Override
  public void wire(Wiring wiring) {
    wiring
        .type("AccessPolicy", PolicyVersion.class)
        .identified(POLICY, PolicyVersion::id, byId)
        .computed("basic", PolicyVersion::basic)
        .loaded("product", catalog.products(), PolicyVersion::productId)
        .loaded(
            "conditions",
            parts("conditionsOfPolicies", policies::findConditions),
            PolicyVersion::key)
        .loaded("reasons", reasons(), PolicyVersion::key)
        .loaded("terms", termsByNumber, PolicyVersion::terms);
    wiring
        .type("AccessPolicyCondition", PolicyCondition.class)
        .localized("text", PolicyCondition::text)
        .computed("texts", condition -> condition.text().inAll());
    wiring
        .type("AccessPolicyReason", PolicyReason.class)
        .localized("text", PolicyReason::text)
        .computed("texts", reason -> reason.text() == null ? List.of() : reason.text().inAll());
    wiring.type("AccessPolicyDifference", PolicyDifference.class);
    wiring
        .type(StandardTerms.class)
        .identified(TERMS, PolicyResolver::id, termsById)
        .loaded("product", catalog.products(), StandardTerms::productId)
        .localized("title", StandardTerms::title)
        .computed("titles", terms -> terms.title().inAll())
        .localized("text", StandardTerms::text)
        .computed("texts", terms -> terms.text().inAll())
        .computed("odrl", terms -> terms.odrl().encode())
        .computed("exclusive", terms -> false);
    wiring
        .type(RefusalReasonKind.class)
        .localized("title", RefusalReasonKind::title)
        .localized("meaning", RefusalReasonKind::meaning);
    wiring
        .type(DifferenceFactorKind.class)
        .localized("title", DifferenceFactorKind::title)
        .localized("meaning", DifferenceFactorKind::meaning);
    wiring.connection("AccessPolicy", history);
    var ofProducts = history.of(PolicyRepository.OF_PRODUCTS);
    bind(wiring.extend(DataProduct.class), ofProducts);
    bind(wiring.extend(ServiceCapability.class), ofProducts);
    wiring
        .query()
        .found("accessPolicy", byId, arguments -> requireNonNull(arguments.id("id", POLICY)))
        .answered(
            "refusalReasonKinds", (reading, arguments) -> Future.succeededFuture(Kinds.REASONS))
        .answered(
            "differenceFactorKinds", (reading, arguments) -> Future.succeededFuture(Kinds.FACTORS));
    mutation(wiring);
  }

  private void mutation(Wiring wiring) {
    wiring.type(AccessPolicySetPayload.class);
    wiring
        .type("AccessPolicyOutcome", AccessPolicySetPayload.Outcome.class)
        .loaded("product", catalog.products(), AccessPolicySetPayload.Outcome::productId)
        .loaded("accessPolicy", byVersion, AccessPolicySetPayload.Outcome::key);
    wiring
        .type("AccessPolicyNoticeError", PolicyNoticeError.class)
        .computed("code", PolicyNoticeError::code)
        .computed("message", PolicyNoticeError::message)
        .computed("rule", PolicyNoticeError::rule)
        .loaded("product", catalog.products(), PolicyNoticeError::productId);
    wiring.mutation().mutated("accessPolicySet", set::run);
  }

  private <P extends Product> void bind(
      Wiring.TypeWiring<P> product, Loader<UUID, Listing.Cut, Page<PolicyVersion>> ofProducts) {
    product
        .loaded("accessPolicy", onDay, Product::id, PolicyResolver::on)
        .loaded("accessPolicies", ofProducts, Product::id, history::cut)
        .loaded("standardTerms", termsOnDay, Product::id, PolicyResolver::on);
  }

  private static UUID id(StandardTerms terms) {
    return terms.id() == null ? terms.productId() : terms.id();
  }

  private static Optional<LocalDate> on(Arguments arguments) {
    return Optional.ofNullable(arguments.date("on"));
  }

  /** Finds what products have on a day. */
  @FunctionalInterface
  private interface FindOnDay<V> {
    Future<List<V>> find(Reading reading, LocalDate day, Collection<UUID> products);
  }

  private static <V> Loader<UUID, Optional<LocalDate>, V> one(
      String name, FindOnDay<V> find, Function<V, UUID> productOf) {
    return new Loader<>(
        name,
        (reading, on, products) ->
            find.find(reading, on.orElse(reading.moment().day()), products)
                .map(
                    found -> {
                      var byProduct = new HashMap<UUID, V>();
                      found.forEach(one -> byProduct.put(productOf.apply(one), one));
                      return byProduct;
                    }));
  }

  /** The reasons of policies; a basic policy has those that stand in law by themselves. */
  private Loader<PolicyVersion.Key, Loader.None, List<PolicyReason>> reasons() {
    var written = parts("reasonsOfPolicies", policies::findReasons);
    return new Loader<>(
        written.name(),
        (reading, none, keys) ->
            written
                .batch()
                .load(reading, none, keys)
                .map(
                    found -> {
                      keys.stream()
                          .filter(key -> key.version() == 0)
                          .forEach(key -> found.put(key, BasicPolicy.REASONS));
                      return found;
                    }));
  }

  private static <T> Loader<PolicyVersion.Key, Loader.None, List<T>> parts(
      String name, Loader.Find<PolicyVersion.Key, Of<T>> find) {
    return new Loader<>(
        name,
        (reading, none, keys) ->
            find.find(reading, keys)
                .map(
                    rows -> {
                      Map<PolicyVersion.Key, List<T>> found = new HashMap<>();
                      keys.forEach(key -> found.put(key, new ArrayList<>()));
                      rows.forEach(
                          row -> Objects.requireNonNull(found.get(row.key())).add(row.part()));
                      return found;
                    }));
  }
}
