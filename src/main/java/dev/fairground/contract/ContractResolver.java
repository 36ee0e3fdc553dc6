package dev.fairground.contract;


import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.sql.Database;
import java.util.UUID;

/** Binds {@code schema/contract.graphqls}. */
public final class ContractResolver implements Feature {
  private final Loader<UUID, Loader.None, AccessGrant> byId;
  private final Loader<UUID, Loader.None, AccessGrant> byRequest;

  public ContractResolver(Database database) {
    var grants = new GrantRepository(database);
    byId = Loader.one("accessGrantsById", grants::findByIds, AccessGrant::id);
    byRequest =
        Loader.one("accessGrantsByRequest", grants::findByRequests, AccessGrant::requestId);
  }

  /** Grants by their ids, as far as the reader may see them. */
  public Loader<UUID, Loader.None, AccessGrant> byId() {
    return byId;
  }

  /** Grants by the ids of the requests that they followed from. */
  public Loader<UUID, Loader.None, AccessGrant> byRequest() {
    return byRequest;
  }

  @Override
  public void wire(Wiring wiring) {}
}
