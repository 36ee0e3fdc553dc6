package dev.fairground.fairness;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.catalog.DataProduct;
import dev.fairground.catalog.ServiceCapability;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.kernel.Moment;
import dev.fairground.party.Organization;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Binds {@code schema/fairness.graphqls}. */
public final class FairnessResolver implements Feature {
  /** The prefix of ids of public records. */
  static final String RECORD = "arc";

  private final PartyResolver party;
  private final CatalogResolver catalog;
  private final Figures figures;
  private final AccessRecordRepository records;
  private final Loader<UUID, Loader.None, AccessRecord> recordById;
  private final Listing<AccessRecord> list;

  public FairnessResolver(Database database, PartyResolver party, CatalogResolver catalog) {
    this.party = party;
    this.catalog = catalog;
    figures = new Figures(database);
    records = new AccessRecordRepository(database);
    recordById = Loader.one("accessRecordsById", records::findByIds, AccessRecord::id);
    list =
        new Listing<>(
            database,
            AccessRecordRepository.LIST,
            FairnessResolver::where,
            arguments ->
                List.of(
                    Key.date("r.submitted_in", true, AccessRecord::submittedIn),
                    Key.id("r.id", true, AccessRecord::id)));
  }

  private static Clause where(Arguments arguments, Moment moment) {
    return AccessRecordFilter.clause(arguments.input("filter"), moment.day());
  }

  @Override
  public void wire(Wiring wiring) {
    wiring
        .type(AccessRecord.class)
        .identified(RECORD, AccessRecord::id, recordById)
        .loaded("operator", party.byId(), AccessRecord::operatorId)
        .loaded("product", catalog.products(), AccessRecord::productId)
        .loaded("overdue", overdue(), record -> record);
    wiring.connection("AccessRecord", list);
    wiring.type(AccessRecordRepository.DecisionDays.class);
    wiring.type(HolderShare.class).computed("share", HolderShare::share);
    wiring.type(ReasonCount.class);
    wiring.type(Recompute.class);
    wiring
        .type(FairnessIndicators.class)
        .computed("period", FairnessIndicators::period)
        .computed("onTimeShare", FairnessIndicators::onTimeShare)
        .computed("freeShare", FairnessIndicators::freeShare)
        .loaded("operator", party.byId(), source -> source.whose().operatorId())
        .loaded("product", catalog.products(), source -> source.whose().productId())
        .loaded("byMonth", figures.byMonth(), source -> source)
        .computed(
            "recompute",
            (source, arguments) ->
                Recompute.of(source, arguments.values("figures", FairnessFigure.class)));
    wiring
        .extend(Organization.class)
        .loaded("fairness", figures.ofOperators(), Organization::id, Figures::period);
    var ofProducts = figures.ofProducts();
    wiring
        .extend(DataProduct.class)
        .loaded("fairness", ofProducts, Whose::product, Figures::period);
    wiring
        .extend(ServiceCapability.class)
        .loaded("fairness", ofProducts, Whose::product, Figures::period);
    wiring
        .query()
        .answered("accessRecords", list::page)
        .answered(
            "accessRecordCount",
            (reading, arguments) -> records.count(reading, where(arguments, reading.moment())))
        .answered(
            "accessRecordDays",
            (reading, arguments) -> records.days(reading, where(arguments, reading.moment())))
        .answered("marketFairness", figures::ofMarket)
        .answered("fairnessFigures", figures::compared);
  }

  /** Whether it is past its day hangs on the day that is read. */
  private static Loader<AccessRecord, Loader.None, Boolean> overdue() {
    return new Loader<>(
        "accessRecordsOverdue",
        (reading, none, all) -> {
          Map<AccessRecord, Boolean> found = new HashMap<>();
          all.forEach(one -> found.put(one, one.isOverdue(reading.moment().day())));
          return Future.succeededFuture(found);
        });
  }
}
