package dev.fairground.graphql;

import dev.fairground.kernel.LegalBasis;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Money;
import dev.fairground.kernel.Period;
import dev.fairground.kernel.Text.LocalizedText;
import java.time.Instant;
import java.util.List;

/** Binds {@code schema/root.graphqls}. */
final class Root implements Feature {
  private final ServiceInfo info;

  /**
   * @param version the version that runs
   * @param schemaDigest SHA-256 of the schema's text
   */
  Root(String version, String schemaDigest) {
    info = new ServiceInfo(version, schemaDigest, Moment.ZONE.getId(), LOCALES);
  }

  /** The languages that messages and code lists are kept in. */
  static final List<String> LOCALES = List.of("zh", "en");

  /** The version that runs, and what it supports. */
  record ServiceInfo(
      String version, String schemaDigest, String timeZone, List<String> supportedLocales) {}

  /** The caller's limits, at a moment. */
  record LimitsNow(RateLimit limits, Instant now) {
    Instant resetAt() {
      var missing = limits.limit() - limits.remaining();
      return now.plusMillis(missing * 1_000L / Math.max(1, limits.restorePerSecond()));
    }
  }

  @Override
  public void wire(Wiring wiring) {
    wiring.pages();
    wiring.type(LocalizedText.class);
    wiring.type(Money.class);
    wiring.type(Period.class);
    wiring.type(LegalBasis.class);
    wiring.type(ServiceInfo.class);
    wiring
        .type("RateLimit", LimitsNow.class)
        .components(RateLimit.class, LimitsNow::limits)
        .computed("used", now -> now.limits().limit() - now.limits().remaining())
        .computed("resetAt", LimitsNow::resetAt);
    wiring
        .query()
        .answered(
            "node",
            (reading, arguments) ->
                wiring
                    .nodes(reading, "id", List.of(String.valueOf(arguments.string("id"))))
                    .map(List::getFirst))
        .answered(
            "nodes",
            (reading, arguments) -> {
              var ids = arguments.strings("ids");
              if (ids.size() > 100) {
                throw arguments.bad("ids", "at most 100 ids, but there are " + ids.size());
              }
              return wiring.nodes(reading, "ids", ids);
            })
        .told("rateLimit", call -> new LimitsNow(call.limits(), call.reading().moment().now()))
        .told("serviceInfo", call -> info);
  }
}
