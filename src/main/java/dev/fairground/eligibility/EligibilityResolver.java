package dev.fairground.eligibility;

import static java.util.Objects.requireNonNull;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.catalog.DataProduct;
import dev.fairground.catalog.Product;
import dev.fairground.catalog.ServiceCapability;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Money;
import dev.fairground.party.PartyResolver;
import dev.fairground.policy.PolicyResolver;
import dev.fairground.pricing.PricingResolver;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Binds {@code schema/eligibility.graphqls}. */
public final class EligibilityResolver implements Feature {
  private final Eligibilities eligibilities;
  private final PartyResolver party;
  private final CatalogResolver catalog;
  private final Loader<UUID, AskForm, EligibilityReport> ofProducts;

  public EligibilityResolver(Database database, PartyResolver party, CatalogResolver catalog) {
    this.eligibilities = new Eligibilities(database);
    this.party = party;
    this.catalog = catalog;
    ofProducts = new Loader<>("eligibilityOfProducts", this::load);
  }

  private Future<Map<UUID, EligibilityReport>> load(
      Reading reading, AskForm form, Collection<UUID> products) {
    return eligibilities
        .of(reading, products.stream().map(product -> form.of(product, reading.viewer())).toList())
        .map(
            reports ->
                reports.stream()
                    .collect(Collectors.toMap(EligibilityReport::productId, one -> one)));
  }

  @Override
  public void wire(Wiring wiring) {
    wiring
        .query()
        .answered(
            "eligibility",
            (reading, arguments) -> {
              var id =
                  requireNonNull(
                      arguments.id(
                          "productId",
                          CatalogResolver.DATA_PRODUCT,
                          CatalogResolver.SERVICE_CAPABILITY));
              return load(reading, AskForm.read(arguments), List.of(id))
                  .map(found -> ofKind(found.get(id), arguments.string("productId")));
            });
    wiring.extend(DataProduct.class).loaded("eligibility", ofProducts, Product::id, AskForm::read);
    wiring
        .extend(ServiceCapability.class)
        .loaded("eligibility", ofProducts, Product::id, AskForm::read);
    wiring
        .type(EligibilityReport.class)
        .loaded("product", catalog.products(), EligibilityReport::productId)
        .loaded("applicant", party.byId(), EligibilityReport::applicantId)
        .computed("eligible", EligibilityReport::eligible)
        .computed("standing", EligibilityReport::standing)
        .computed("purpose", EligibilityReport::purposeClass)
        .computed(
            "checks",
            (report, arguments) -> {
              var outcomes = arguments.strings("outcome");
              return outcomes.isEmpty()
                  ? report.checks()
                  : report.checks().stream()
                      .filter(check -> outcomes.contains(check.outcome().name()))
                      .toList();
            })
        .computed("unknownYears", report -> report.unknownYears().stream().sorted().toList())
        .computed("decisionDueIsProvisional", report -> !report.unknownYears().isEmpty())
        .computed(
            "policyId",
            report ->
                report.policyId() == null
                    ? null
                    : Ids.write(PolicyResolver.POLICY, report.policyId()));
    wiring
        .type(EligibilityCheck.class)
        .localized("title", EligibilityCheck::title)
        .localized("message", EligibilityCheck::message)
        .localized("remedy", EligibilityCheck::remedy);
    wiring.type(RequiredDocument.class).localized("text", RequiredDocument::text);
    quotes(wiring);
  }

  /** An id of the other kind of products finds nothing: its prefix says what it is. */
  private static @Nullable EligibilityReport ofKind(
      @Nullable EligibilityReport report, @Nullable String asked) {
    return report != null && report.productGlobalId().equals(asked) ? report : null;
  }

  private static void quotes(Wiring wiring) {
    wiring
        .type(Quote.class)
        .computed("tariffId", quote -> tariff(quote.tariffId()))
        .computed("total", quote -> money(quote.total(), quote.currency()))
        .computed("unitPrice", quote -> money(quote.unitPrice(), quote.currency()))
        .computed("ceilingTotal", quote -> money(quote.ceilingTotal(), quote.currency()))
        .computed("headroom", quote -> money(quote.headroom(), quote.currency()));
    wiring
        .type(QuoteItem.class)
        .computed("tariffId", item -> tariff(item.tariffId()))
        .computed("total", item -> money(item.total(), item.currency()))
        .computed("ceilingTotal", item -> money(item.ceilingTotal(), item.currency()))
        .computed("headroom", item -> money(item.headroom(), item.currency()));
    wiring
        .type(QuoteStep.class)
        .computed("unitPrice", step -> money(step.unitPrice(), step.currency()))
        .computed("amount", step -> money(step.amount(), step.currency()));
    wiring
        .type(QuoteFee.class)
        .computed("amount", fee -> money(fee.amount(), fee.currency()))
        .computed("total", fee -> money(fee.total(), fee.currency()));
  }

  private static @Nullable String tariff(@Nullable UUID id) {
    return id == null ? null : Ids.write(PricingResolver.TARIFF, id);
  }

  private static @Nullable Money money(@Nullable BigDecimal amount, String currency) {
    return amount == null ? null : new Money(amount, currency);
  }
}
