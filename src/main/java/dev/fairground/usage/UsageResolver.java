package dev.fairground.usage;

import static java.util.Objects.requireNonNull;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.catalog.CatalogResolver;
import dev.fairground.catalog.DataProduct;
import dev.fairground.catalog.Product;
import dev.fairground.catalog.ServiceCapability;
import dev.fairground.contract.AccessGrant;
import dev.fairground.contract.ContractResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.party.Organization;
import dev.fairground.party.PartyResolver;
import dev.fairground.resource.DataResource;
import dev.fairground.resource.ResourceResolver;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Binds {@code schema/usage.graphqls}. */
public final class UsageResolver implements Feature {
  private final Database database;
  private final PartyResolver party;
  private final ResourceResolver resources;
  private final AuthorizationResolver authorizations;
  private final CatalogResolver catalog;
  private final ContractResolver contracts;
  private final UsageLog log;
  private final Listing<UsageRecord> records;
  private final Listing<UsageRecord> inBatches;
  private final Listing<UsageHead> heads;
  private final Loader<UUID, Loader.None, UsageRecord> byId;
  private final Loader<UUID, Loader.None, UsageBatch> batches;
  private final Loader<UUID, Loader.None, UsageHead> headById;
  private final Loader<UUID, Optional<Integer>, UsageInclusionProof> proofs;

  public UsageResolver(
      Database database,
      PartyResolver party,
      ResourceResolver resources,
      AuthorizationResolver authorizations,
      CatalogResolver catalog,
      ContractResolver contracts) {
    this.database = database;
    this.party = party;
    this.resources = resources;
    this.authorizations = authorizations;
    this.catalog = catalog;
    this.contracts = contracts;
    log = new UsageLog(database);
    var repository = new UsageRecordRepository(database);
    byId = Loader.one("usageRecordsById", repository::findByIds, UsageRecord::id);
    batches = Loader.one("usageBatchesById", repository::findBatches, UsageBatch::id);
    headById = Loader.one("usageHeadsById", log::findHeads, UsageHead::id);
    proofs =
        new Loader<>(
            "proofsOfUsageRecords",
            (reading, size, ids) -> log.proofs(reading, size.orElse(null), ids));
    records =
        Listing.hidden(
            database,
            UsageRecordRepository.LIST,
            (arguments, moment) -> UsageFilter.clause(arguments.input("filter")),
            arguments -> List.of(Key.integer("r.number", false, UsageRecord::number)),
            (viewer, moment) -> UsageAccess.of(viewer, moment).clause());
    inBatches =
        Listing.hidden(
            database,
            UsageRecordRepository.LIST,
            (arguments, moment) -> UsageFilter.clause(arguments.input("filter")),
            // Not by their places in the call: a cursor would tell a holder of records of others.
            arguments ->
                List.of(
                    Key.id("r.grant_id", false, UsageRecord::grantId),
                    Key.integer("r.number", false, UsageRecord::number)),
            (viewer, moment) -> UsageAccess.of(viewer, moment).clause());
    heads =
        new Listing<>(
            database,
            UsageLog.LIST,
            (arguments, moment) -> dev.fairground.sql.Clause.TRUE,
            arguments ->
                List.of(
                    Key.instant("h.signed_at", true, UsageHead::timestamp),
                    Key.id("h.id", true, UsageHead::id)));
  }

  @Override
  public void wire(Wiring wiring) {
    record(wiring);
    log(wiring);
    grants(wiring);
    totals(wiring);
    wiring.mutation().mutated("usageReport", new UsageReport(database)::run);
    wiring
        .type(UsageReportPayload.class)
        .loaded("usageBatch", batches, UsageReportPayload::batchId);
  }

  private void record(Wiring wiring) {
    wiring
        .type(UsageRecord.class)
        .identified(UsageRecord.PREFIX, UsageRecord::id, byId)
        .loaded("operator", party.byId(), UsageRecord::operatorId)
        .loaded("grant", contracts.byId(), UsageRecord::grantId)
        .loaded("product", catalog.products(), UsageRecord::productId)
        .loaded("batch", batches, UsageRecord::batchId)
        .loaded("resource", resources.byId(), UsageRecord::resourceId)
        .loaded("scenario", authorizations.scenarios(), UsageRecord::scenarioId)
        .computed("salt", record -> HexFormat.of().formatHex(record.salt()))
        .computed("previousDigest", UsageResolver::previous)
        .computed("digest", record -> HexFormat.of().formatHex(record.digest()))
        .computed("canonicalForm", UsageRecord::canonicalForm)
        .loaded("proof", proofs, UsageRecord::id, UsageResolver::treeSize);
    wiring
        .type(UsageBatch.class)
        .identified(UsageBatch.PREFIX, UsageBatch::id, batches)
        .loaded("operator", party.byId(), UsageBatch::operatorId)
        .loaded(
            "records",
            inBatches.of(UsageRecordRepository.OF_BATCHES),
            UsageBatch::id,
            inBatches::cut);
    wiring.connection("UsageRecord", records);
    wiring
        .query()
        .found(
            "usageRecord",
            byId,
            arguments -> requireNonNull(arguments.id("id", UsageRecord.PREFIX)))
        .found(
            "usageBatch",
            batches,
            arguments -> requireNonNull(arguments.id("id", UsageBatch.PREFIX)));
  }

  private static @Nullable String previous(UsageRecord record) {
    var previous = record.previous();
    return previous == null ? null : HexFormat.of().formatHex(previous);
  }

  private static Optional<Integer> treeSize(Arguments arguments) {
    return Optional.ofNullable(size(arguments, "treeSize"));
  }

  private static @Nullable Integer size(Arguments arguments, String name) {
    var size = arguments.integer(name);
    if (size != null && size < 1) {
      throw arguments.bad(name, "a tree has at least one record");
    }
    return size;
  }

  private void log(Wiring wiring) {
    wiring.type(UsageHead.class).identified(UsageHead.PREFIX, UsageHead::id, headById);
    wiring.type(UsageKey.class);
    wiring.type(UsageInclusionProof.class);
    wiring.type(UsageConsistencyProof.class);
    wiring.connection("UsageHead", heads);
    wiring
        .query()
        .answered(
            "usageHead", (reading, arguments) -> log.head(reading, size(arguments, "treeSize")))
        .answered("usageHeads", heads::page)
        .answered("usageKeys", (reading, arguments) -> log.keys(reading))
        .answered("usageProof", this::proof)
        .answered("usageConsistencyProof", this::consistency);
  }

  /** Of a record that the reader may see; else of none, as of one that is not there. */
  private Future<@Nullable UsageInclusionProof> proof(Reading reading, Arguments arguments) {
    var id = requireNonNull(arguments.id("recordId", UsageRecord.PREFIX));
    var size = size(arguments, "treeSize");
    return byId.batch()
        .load(reading, Loader.None.NONE, List.of(id))
        .compose(
            found -> log.proofs(reading, size, found.containsKey(id) ? List.of(id) : List.of()))
        .map(proofs -> proofs.get(id));
  }

  private Future<@Nullable UsageConsistencyProof> consistency(
      Reading reading, Arguments arguments) {
    var first = requireNonNull(size(arguments, "first"));
    var second = requireNonNull(size(arguments, "second"));
    if (first > second) {
      throw arguments.bad("first", "the first tree is the smaller one");
    }
    return log.consistency(reading, first, second);
  }

  private void grants(Wiring wiring) {
    var ofGrants = new UsageOfGrants(database);
    Loader<UUID, Loader.None, List<UsageMonth>> months =
        Loader.many("usageMonthsOfGrants", ofGrants::findMonths, UsageMonth::grantId);
    Loader<UUID, Loader.None, UsageChain> chains =
        Loader.one("usageChainsOfGrants", ofGrants::findChains, UsageChain::grantId);
    Loader<UUID, Loader.None, List<LocalDate>> missing =
        new Loader<>(
            "missingUsageMonths",
            (reading, none, ids) ->
                ofGrants
                    .findMissing(reading, ids)
                    .map(
                        found -> {
                          var byGrant = new java.util.HashMap<UUID, List<LocalDate>>();
                          ids.forEach(id -> byGrant.put(id, new java.util.ArrayList<>()));
                          found.forEach(
                              one -> requireNonNull(byGrant.get(one.grantId())).add(one.month()));
                          return (Map<UUID, List<LocalDate>>) byGrant;
                        }));
    wiring.type(UsageMonth.class);
    wiring.type(UsageMonth.UsageFindingCount.class);
    wiring.type(UsageChain.class);
    wiring
        .extend(AccessGrant.class)
        .loaded("usage", records.of(UsageRecordRepository.OF_GRANTS), AccessGrant::id, records::cut)
        .loaded("usageMonths", months, AccessGrant::id)
        .loaded("missingUsageMonths", missing, AccessGrant::id)
        .loaded("usageChainHead", chains, AccessGrant::id);
  }

  private void totals(Wiring wiring) {
    var totals = new UsageTotals(database);
    var ofProducts = totals.ofProducts();
    wiring.type(UsageTotal.class);
    wiring.type(UsageTotal.UsageQuantity.class);
    wiring
        .extend(DataProduct.class)
        .loaded("usageTotals", ofProducts, Product::id, UsageTotals.Span::new);
    wiring
        .extend(ServiceCapability.class)
        .loaded("usageTotals", ofProducts, Product::id, UsageTotals.Span::new);
    wiring
        .extend(Organization.class)
        .loaded("usageTotals", totals.ofOperators(), Organization::id, UsageTotals.Span::new);
    wiring
        .extend(DataResource.class)
        .loaded("usageTotals", totals.ofResources(), DataResource::id, UsageTotals.Span::new);
  }
}
