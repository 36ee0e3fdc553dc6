package dev.fairground.graphql;

import dev.fairground.kernel.Moment;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Wanted;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * One operation that runs: what its fields read with, and what they may tell of it.
 *
 * @param languages what the caller reads, best first
 * @param limits the caller's bucket
 * @param allowed how large pages, values and batches may be
 * @param requestId of the operation; written into the trail of what it changes
 */
record Call(
    Reading reading,
    List<String> languages,
    RateLimit limits,
    Meters meters,
    Limits allowed,
    String requestId) {
  /** Sends one batch. */
  Future<Map<Object, Object>> load(
      Loader<Object, Object, Object> loader,
      Object arguments,
      Moment moment,
      Wanted wanted,
      Collection<Object> keys) {
    meters.batch(loader.name(), keys.size());
    return loader.batch().load(reading.at(moment).wanting(wanted), arguments, keys);
  }
}
