package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request is judged by the policy that held when it was handed in, or by a later one that is
 * better for the applicant; a policy that asks for more is shown before. Operation Spec 3; after
 * the Sharing Regulations 15.
 */
final class FA11NoLaterConditions {
  private static final String RULE = "laterConditions";
  private static final String TIGHTER = "TIGHTER";

  private FA11NoLaterConditions() {}

  private static @Nullable StatedPolicy version(List<StatedPolicy> policies, int version) {
    return policies.stream().filter(one -> one.version() == version).findFirst().orElse(null);
  }

  private static void unknown(Findings found, String subject, int version) {
    found.unknown(
        "POLICY_UNKNOWN",
        text(
            "使用规则第 %d 版不存在。".formatted(version),
            "Version %d of the access policy is not kept.".formatted(version)),
        List.of(subject),
        text("请由运营机构公布该版使用规则。", "The operator publishes that version."));
  }

  /** Of a request: the policy of its day, and reasons that were published later. */
  static Result of(Ground ground, RequestFacts facts) {
    var found = new Findings(Check.FA_11, ground);
    if (!found.forbids(RULE)) {
      return found.notApplicable();
    }
    var policy = version(facts.policies(), facts.policyVersion());
    if (policy == null) {
      unknown(found, facts.subject(), facts.policyVersion());
      return found.result();
    }
    if (policy.effectiveOn().isAfter(facts.submittedOn())) {
      found.block(
          "POLICY_AFTER_REQUEST",
          text(
              "申请于 %s 提交，所依据的使用规则自 %s 起适用。".formatted(facts.submittedOn(), policy.effectiveOn()),
              "It was handed in on %s, and is judged by a policy that holds from %s on."
                  .formatted(facts.submittedOn(), policy.effectiveOn())),
          List.of(facts.subject(), policy.id()),
          text("请适用提交时有效的使用规则。", "Judge it by the policy that held on that day."));
    }
    for (var decision : facts.decisions()) {
      for (var reason : decision.reasons()) {
        var later =
            facts.policies().stream()
                .filter(one -> one.version() > policy.version())
                .filter(one -> one.reasons().contains(reason.code()))
                .min(Comparator.comparing(StatedPolicy::version))
                .orElse(null);
        if (later != null && !policy.reasons().contains(reason.code())) {
          found.block(
              "REASON_ADDED_LATER",
              text(
                  "拒绝理由 %s 是申请提交后第 %d 版使用规则才增加的。".formatted(reason.code(), later.version()),
                  "The reason %s came with version %d of the policy, after the request was handed in."
                      .formatted(reason.code(), later.version())),
              List.of(facts.subject(), decision.id(), later.id()),
              text("请改用提交时已公布的理由，或予以批准。", "Give a reason that was published then, or approve."));
        }
      }
    }
    return found.result();
  }

  /** Of a grant: that it does not rest on a policy that asks for more than that of its request. */
  static Result of(Ground ground, AccessGrantFacts facts) {
    var found = new Findings(Check.FA_11, ground);
    if (!found.forbids(RULE) || facts.notSigned()) {
      return found.notApplicable();
    }
    var requested = facts.requestedPolicyVersion();
    var used = facts.policyVersion();
    if (used == requested) {
      return found.result();
    }
    if (used < requested) {
      found.flag(
          "EARLIER_POLICY",
          text(
              "合同依据使用规则第 %d 版，早于申请所依据的第 %d 版。".formatted(used, requested),
              "It rests on version %d of the policy, before version %d, by which its request is judged."
                  .formatted(used, requested)),
          List.of(facts.subject()),
          text("请适用申请所依据的使用规则。", "Let it rest on the policy of the request."));
      return found.result();
    }
    for (int version = requested + 1; version <= used; version++) {
      var policy = version(facts.policies(), version);
      if (policy == null) {
        unknown(found, facts.subject(), version);
      } else if (policy.change().equals(TIGHTER)) {
        found.block(
            "LATER_CONDITION",
            text(
                "合同适用了申请提交后收紧的使用规则第 %d 版。".formatted(version),
                "It rests on version %d of the policy, which asks for more than that of the request."
                    .formatted(version)),
            List.of(facts.subject(), policy.id()),
            text("请适用申请所依据的使用规则。", "Let it rest on the policy of the request."));
      }
    }
    if (found.isEmpty()) {
      found.disclose(
          "BETTER_POLICY",
          text(
              "合同适用了此后更有利的使用规则第 %d 版。".formatted(used),
              "It rests on version %d of the policy, which came later and is better for the holder."
                  .formatted(used)),
          List.of(facts.subject()));
    }
    return found.result();
  }

  /** Of a product: that a policy that asks for more was shown before. */
  static Result of(Ground ground, ProductFacts facts) {
    var found = new Findings(Check.FA_11, ground);
    var days = found.number("ruleChangeNoticeDays");
    if (!found.forbids(RULE) || facts.offer().policies().isEmpty()) {
      return found.notApplicable();
    }
    for (var policy : facts.offer().policies()) {
      if (days != null
          && policy.change().equals(TIGHTER)
          && policy.effectiveOn().isBefore(policy.shownOn().plusDays(days))) {
        found.flag(
            "SHORT_NOTICE",
            text(
                "收紧的使用规则第 %d 版于 %s 公布、%s 适用，提前公示不足 %d 天。"
                    .formatted(policy.version(), policy.shownOn(), policy.effectiveOn(), days),
                "Version %d of the policy asks for more, was shown on %s and holds from %s on: less than %d days."
                    .formatted(policy.version(), policy.shownOn(), policy.effectiveOn(), days)),
            List.of(facts.subject(), policy.id()),
            text("请推迟适用日期。", "Let it hold from a later day on."));
      }
    }
    return found.result();
  }
}
