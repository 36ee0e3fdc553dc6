package dev.fairground.policy;

import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Wiring;
import dev.fairground.policy.Kinds.DifferenceFactorKind;
import dev.fairground.policy.Kinds.RefusalReasonKind;
import dev.fairground.sql.Database;
import io.vertx.core.Future;

/** Binds {@code schema/policy.graphqls}. */
public final class PolicyResolver implements Feature {
  /** The prefixes of ids. */
  public static final String POLICY = "acp";

  public static final String TERMS = "stt";

  public PolicyResolver(Database database) {}

  @Override
  public void wire(Wiring wiring) {
    wiring
        .type(RefusalReasonKind.class)
        .localized("title", RefusalReasonKind::title)
        .localized("meaning", RefusalReasonKind::meaning);
    wiring
        .type(DifferenceFactorKind.class)
        .localized("title", DifferenceFactorKind::title)
        .localized("meaning", DifferenceFactorKind::meaning);
    wiring
        .query()
        .answered(
            "refusalReasonKinds", (reading, arguments) -> Future.succeededFuture(Kinds.REASONS))
        .answered(
            "differenceFactorKinds", (reading, arguments) -> Future.succeededFuture(Kinds.FACTORS));
  }
}
