package dev.fairground.eligibility;

import static dev.fairground.eligibility.Said.text;

import dev.fairground.fairaccess.Outcome;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.LegalBasis;
import dev.fairground.kernel.Text;
import dev.fairground.policy.AccessPolicy;
import dev.fairground.policy.Applicant;
import dev.fairground.policy.Asked;
import dev.fairground.policy.ConditionTest;
import dev.fairground.policy.PolicyCondition;
import dev.fairground.policy.PolicyResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The conditions of the access policy in force, each tested as far as a machine can. Pure. */
final class PolicyChecks {
  private static final Text NOT_SAID = text("申请人未知或未提供该信息。", "Nobody said it of the applicant.");

  private PolicyChecks() {}

  static List<EligibilityCheck> of(Known known, Settled settled) {
    var ask = known.ask();
    var asked =
        new Asked(
            settled.purposeClass(),
            ask.scenarioId(),
            settled.startsOn(),
            settled.endsOn(),
            ask.quantity(),
            ask.documents());
    return known.policy().conditions().stream()
        .map(condition -> check(known, condition, asked))
        .toList();
  }

  private static EligibilityCheck check(Known known, PolicyCondition condition, Asked asked) {
    var policy = known.policy();
    var id = policy.id();
    var evidence = new ArrayList<String>();
    if (id != null) {
      evidence.add(Ids.write(PolicyResolver.POLICY, id));
    }
    if (known.applicant().id() != null && isOfApplicant(condition)) {
      evidence.add(Ids.write("org", known.applicant().id()));
    }
    var said =
        new Said(
            "POLICY." + condition.code(),
            condition.text(),
            clause(policy, condition),
            evidence.toArray(String[]::new));
    var outcome = ConditionTest.of(condition, known.applicant(), asked);
    return said.of(
        outcome,
        message(condition, outcome, known.applicant(), asked),
        outcome == Outcome.PASS ? null : remedy(condition, outcome));
  }

  private static LegalBasis clause(AccessPolicy policy, PolicyCondition condition) {
    return new LegalBasis(
        "准入条件 第%d版 / access policy, version %d".formatted(policy.version(), policy.version()),
        condition.code(),
        null);
  }

  private static boolean isOfApplicant(PolicyCondition condition) {
    return switch (condition.rule()) {
      case APPLICANT_KIND,
          APPLICANT_ROLE,
          APPLICANT_REGION,
          APPLICANT_CREDIT_CODE,
          NO_UNCORRECTED_MISUSE ->
          true;
      case null -> false;
      default -> false;
    };
  }

  private static Text message(
      PolicyCondition condition, Outcome outcome, Applicant applicant, Asked asked) {
    if (outcome == Outcome.PASS) {
      return text("符合条件。", "The condition is met.");
    }
    var values = String.join(", ", condition.values());
    return switch (condition.rule()) {
      case null ->
          text(
              "该条件由人审核：" + condition.reason(),
              "People look at this condition: " + condition.reason());
      case DOCUMENT ->
          text(
              "尚未说明已备有文件 %s。".formatted(values),
              "Nobody said that the document %s is at hand.".formatted(values));
      case APPLICANT_KIND ->
          found(outcome, "申请人类型", "The applicant's kind", applicant.kind(), values);
      case APPLICANT_ROLE ->
          found(
              outcome,
              "申请人角色",
              "The applicant's roles",
              applicant.roles().isEmpty()
                  ? "-"
                  : applicant.roles().stream().sorted().collect(Collectors.joining(", ")),
              values);
      case APPLICANT_REGION ->
          found(outcome, "申请人地区", "The applicant's region", applicant.regionCode(), values);
      case APPLICANT_CREDIT_CODE ->
          outcome == Outcome.UNKNOWN
              ? NOT_SAID
              : text(
                  "统一社会信用代码的校验位有误。", "The check digit of the unified social credit code is wrong.");
      case NO_UNCORRECTED_MISUSE ->
          outcome == Outcome.UNKNOWN
              ? NOT_SAID
              : text(
                  "申请人有尚未纠正的不当使用。",
                  "Misuse of an access grant of the applicant's was not put right yet.");
      case PURPOSE_CLASS ->
          found(outcome, "用途类别", "The class of purpose", asked.purposeClass(), values);
      case SCENARIO ->
          found(
              outcome,
              "应用场景",
              "The scenario",
              asked.scenarioId() == null ? null : Ids.write("sce", asked.scenarioId()),
              values);
      case TERM_MONTHS_AT_MOST ->
          text(
              "%s 至 %s 超过 %s 个月。".formatted(asked.startsOn(), asked.endsOn(), values),
              "%s to %s is more than %s months."
                  .formatted(asked.startsOn(), asked.endsOn(), values));
      case QUANTITY_AT_LEAST, QUANTITY_AT_MOST ->
          found(
              outcome,
              "数量",
              "The quantity",
              asked.quantity() == null ? null : asked.quantity().toPlainString(),
              values);
    };
  }

  private static Text found(
      Outcome outcome, String chinese, String english, @Nullable String is, String values) {
    return outcome == Outcome.UNKNOWN || is == null
        ? text(chinese + "未知。", english + " is not known.")
        : text(
            "%s为 %s；条件为 %s。".formatted(chinese, is, values),
            "%s: %s. The condition: %s.".formatted(english, is, values));
  }

  private static Text remedy(PolicyCondition condition, Outcome outcome) {
    var values = String.join(", ", condition.values());
    return switch (condition.rule()) {
      case null ->
          text("请在申请中说明如何满足该条件。", "Say in the request how it is met; the operator looks at it.");
      case DOCUMENT ->
          text("请随申请提交文件 %s。".formatted(values), "Hand in the document %s.".formatted(values));
      case APPLICANT_KIND, APPLICANT_ROLE, APPLICANT_REGION, APPLICANT_CREDIT_CODE ->
          outcome == Outcome.UNKNOWN
              ? text(
                  "请登录并说明申请单位，或更正单位信息。",
                  "Sign in and say who applies, or have the organization's record completed.")
              : text(
                  "如单位信息有误请更正；否则请以符合条件的单位申请。",
                  "Have the organization's record corrected if it is wrong; else one that meets it applies.");
      case NO_UNCORRECTED_MISUSE ->
          outcome == Outcome.UNKNOWN
              ? text("请登录并说明申请单位。", "Sign in and say who applies.")
              : text("请先纠正并由运营机构恢复使用。", "Put it right first, and have the grant resumed.");
      case PURPOSE_CLASS ->
          text("请按以下用途申请：%s。".formatted(values), "Ask for one of: %s.".formatted(values));
      case SCENARIO ->
          text(
              "请选择以下应用场景之一：%s。".formatted(values),
              "Ask for one of the scenarios %s.".formatted(values));
      case TERM_MONTHS_AT_MOST ->
          text(
              "请将期限缩短至 %s 个月以内。".formatted(values), "Ask for at most %s months.".formatted(values));
      case QUANTITY_AT_LEAST ->
          text(
              "请说明不少于 %s 的数量。".formatted(values),
              "Ask for a quantity of %s or more.".formatted(values));
      case QUANTITY_AT_MOST ->
          text(
              "请说明不超过 %s 的数量。".formatted(values),
              "Ask for a quantity of %s or less.".formatted(values));
    };
  }

  /** The documents that the policy asks for, in the order of its conditions. */
  static List<RequiredDocument> documents(Known known) {
    return known.policy().conditions().stream()
        .filter(condition -> condition.document() != null)
        .map(
            condition -> {
              var code = Objects.requireNonNull(condition.document());
              return new RequiredDocument(
                  code, condition.text(), known.ask().documents().contains(code));
            })
        .toList();
  }
}
