package dev.fairground.resource;

import static java.util.Objects.requireNonNull;

import dev.fairground.code.CodeKey;
import dev.fairground.code.CodeList;
import dev.fairground.code.CodeResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Highlights;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.party.Organization;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import java.util.List;
import java.util.UUID;

/** Binds {@code schema/resource.graphqls}. */
public final class ResourceResolver implements Feature {
  /** The prefix of resources' ids. */
  public static final String PREFIX = "res";

  private final CodeResolver codes;
  private final PartyResolver party;
  private final Listing<DataResource> list;
  private final Highlights<DataResource> highlights;
  private final Loader<UUID, Loader.None, DataResource> byId;
  private final Loader<String, Loader.None, DataResource> byCode;
  private final Loader<DataResource.Version, Loader.None, List<DataItem>> items;

  public ResourceResolver(Database database, CodeResolver codes, PartyResolver party) {
    this.codes = codes;
    this.party = party;
    var resources = new DataResourceRepository(database);
    highlights = new Highlights<>("textsOfResources", DataResource::id, resources::findTexts);
    list =
        new Listing<>(
            database,
            DataResourceRepository.LIST,
            (arguments, moment) -> DataResourceFilter.listed(arguments.input("filter"), moment),
            ResourceResolver::order,
            DataResourceRepository.SEARCH);
    byId = Loader.one("resourcesById", resources::findByIds, DataResource::id);
    byCode = Loader.one("resourcesByCode", resources::findByCodes, DataResource::code);
    items = Loader.many("itemsOfResources", resources::findItems, DataItem::resource);
  }

  /** Resources by id. */
  public Loader<UUID, Loader.None, DataResource> byId() {
    return byId;
  }

  @Override
  public void wire(Wiring wiring) {
    wiring
        .type(DataResource.class)
        .identified(PREFIX, DataResource::id, byId)
        .localized("title", DataResource::title)
        .localized("summary", DataResource::summary)
        .loaded("holder", party.byId(), DataResource::holderId)
        .loaded(
            "sector",
            codes.entries(),
            resource -> CodeKey.orNull(CodeList.SECTOR, resource.sectorCode()))
        .loaded(
            "region",
            codes.entries(),
            resource -> CodeKey.orNull(CodeList.REGION, resource.regionCode()))
        .loaded("dataItems", items, DataResource::key);
    wiring.type(DataItem.class);
    wiring.searched("DataResource", list, highlights);
    wiring
        .extend(Organization.class)
        .loaded(
            "resources", list.of(DataResourceRepository.OF_HOLDERS), Organization::id, list::cut);
    wiring
        .query()
        .foundByEither("resource", byId, PREFIX, "code", byCode)
        .answered("resources", list::page);
  }

  private static List<Key<DataResource>> order(Arguments arguments) {
    var order = arguments.input("orderBy");
    var descending = order != null && "DESC".equals(order.string("direction"));
    var field = order == null ? "TITLE" : requireNonNull(order.string("field"));
    Key<DataResource> id = Key.id("r.resource_id", descending, DataResource::id);
    return switch (field) {
      case "UPDATED_AT" ->
          List.of(Key.instant("r.valid_from", descending, DataResource::validFrom), id);
      default -> List.of(Key.text("r.title", descending, resource -> resource.title().value()), id);
    };
  }
}
