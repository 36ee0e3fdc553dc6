package dev.fairground.equal;

import static java.util.Objects.requireNonNull;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.catalog.DataProduct;
import dev.fairground.catalog.Offer;
import dev.fairground.catalog.Product;
import dev.fairground.catalog.ServiceCapability;
import dev.fairground.equal.ShownRepository.Filter;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Binds {@code schema/equal.graphqls}. */
public final class EqualResolver implements Feature {
  private static final String SCENARIO = "sce";

  private final CatalogResolver catalog;
  private final Loader<UUID, Filter, ShownTerms> shown;
  private final Loader<CohortOf, Loader.None, Object> ofGrants;

  public EqualResolver(Database database, CatalogResolver catalog) {
    this.catalog = catalog;
    var loader = new ShownLoader(database);
    this.shown = loader.loader();
    this.ofGrants = new CohortLoader(loader).loader();
  }

  /** The terms of grants that are like one. */
  public Loader<CohortOf, Loader.None, Object> ofGrants() {
    return ofGrants;
  }

  @Override
  public void wire(Wiring wiring) {
    wiring
        .type("EqualTerms", ShownTerms.class)
        .loaded("product", catalog.products(), ShownTerms::productId);
    wiring.type("TermsCohort", ShownTerms.Cohort.class);
    wiring.type("TermsPrice", ShownTerms.Price.class);
    wiring.type("TermsDeviation", ShownTerms.Deviation.class);
    wiring.type("UnjustifiedTerms", ShownTerms.Unexplained.class);
    wiring.type("DecisionTimes", DecisionTimes.class);
    wiring
        .type("TermsComparison", Comparison.class)
        .components(CohortKey.class, Comparison::cohort)
        .computed("unjustified", Comparison::unjustified)
        .computed("flagged", Comparison::flagged);
    wiring.type("TermsDifference", Difference.class).computed("justified", Difference::justified);
    wiring.type(UnequalTermsError.class).computed("code", UnequalTermsError::code);
    wiring
        .extend(DataProduct.class)
        .loaded("equalTerms", shown, Product::id, EqualResolver::filter);
    wiring
        .extend(ServiceCapability.class)
        .loaded("equalTerms", shown, Product::id, EqualResolver::filter);
    wiring.query().answered("equalTerms", this::ofProduct);
  }

  private Future<@Nullable ShownTerms> ofProduct(Reading reading, Arguments arguments) {
    var id =
        requireNonNull(
            arguments.id(
                "productId", CatalogResolver.DATA_PRODUCT, CatalogResolver.SERVICE_CAPABILITY));
    return shown.batch().load(reading, filter(arguments), List.of(id)).map(found -> found.get(id));
  }

  private static Filter filter(Arguments arguments) {
    return new Filter(
        requireNonNull(arguments.value("purpose", Offer.PurposeClass.class)).name(),
        arguments.id("scenarioId", SCENARIO),
        arguments.string("scenarioClass"),
        arguments.string("unit"),
        arguments.string("volumeBand"),
        arguments.string("termBand"));
  }
}
