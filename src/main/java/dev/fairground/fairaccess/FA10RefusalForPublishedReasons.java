package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import dev.fairground.fairaccess.RequestFacts.Decision;
import dev.fairground.fairaccess.RequestFacts.Given;
import dev.fairground.kernel.Text;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request is refused for reasons that were published before it, each with what it rests on. What
 * is missing, or that there is no room, is no reason before the applicant was told once. Operation
 * Spec 3; Opinions (3); after the Sharing Regulations 15 and 21.
 */
final class FA10RefusalForPublishedReasons {
  private static final Set<String> REFUSED = Set.of("REFUSED", "UPHELD");
  private static final String CAPACITY = "CAPACITY_EXHAUSTED";
  private static final String INCOMPLETE = "INCOMPLETE_AFTER_NOTICE";
  private static final Pattern DAY =
      Pattern.compile(
          "\\d{4}\\s*[-/.年]\\s*\\d{1,2}\\s*[-/.月]\\s*\\d{1,2}|\\d{1,2}\\s*月\\s*\\d{1,2}\\s*日");
  private static final Pattern QUEUE =
      Pattern.compile(
          "排队|队列|候补|第\\s*[0-9一二三四五六七八九十百]+\\s*(位|名|个)|(?i)queue|waiting list|position|place");
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "竞争对手|竞争关系|同业竞争|(已|已经)(授权|许可|提供|出让|独家)[^，,。；;]{0,6}(其他|他人|第三方|第三人|另一)|已有(其他|他人|另一)?[^，,。；;]{0,4}(使用方|持有人|被授权)"
              + "|(?i)competitor|compet(es|ing) with|already (licen[cs]ed|granted|given|sold|provided|assigned)[^.;]{0,20}(another|other|someone|somebody|third)");

  private final Findings found;
  private final RequestFacts facts;
  private final Ground ground;

  private FA10RefusalForPublishedReasons(Findings found, RequestFacts facts, Ground ground) {
    this.found = found;
    this.facts = facts;
    this.ground = ground;
  }

  static Result of(Ground ground, RequestFacts facts) {
    var found = new Findings(Check.FA_10, ground);
    if (!found.holds("refusalByPublishedReason")) {
      return found.notApplicable();
    }
    var refusals =
        facts.decisions().stream().filter(one -> REFUSED.contains(one.outcome())).toList();
    var overturned = facts.decisions().stream().anyMatch(one -> one.outcome().equals("OVERTURNED"));
    if (refusals.isEmpty() || overturned) {
      return found.notApplicable();
    }
    var check = new FA10RefusalForPublishedReasons(found, facts, ground);
    refusals.forEach(check::refusal);
    return found.result();
  }

  private void refusal(Decision decision) {
    var evidence = List.of(facts.subject(), decision.id());
    if (decision.reasons().isEmpty() && decision.outcome().equals("REFUSED")) {
      found.block(
          "REASON_MISSING",
          text("拒绝没有给出理由。", "The refusal gives no reason."),
          evidence,
          text("请给出使用规则中公布的理由。", "Give a reason that the access policy publishes."));
    }
    published(decision, evidence);
    decision.reasons().forEach(reason -> filledIn(reason, evidence));
    var sole = decision.reasons().stream().map(Given::code).distinct().toList();
    if (facts.notices().isEmpty() && sole.equals(List.of(CAPACITY))) {
      found.block(
          "SOLE_GROUND_WITHOUT_NOTICE",
          text(
              "仅以容量不足为由拒绝，且未一次性告知。",
              "There being no room is the sole ground, and the applicant was not told before."),
          evidence,
          text("请先一次性告知申请人。", "Tell the applicant once before."));
    }
  }

  private void published(Decision decision, List<String> evidence) {
    var policy =
        facts.policies().stream()
            .filter(one -> one.version() == facts.policyVersion())
            .findFirst()
            .orElse(null);
    if (policy == null) {
      found.unknown(
          "POLICY_UNKNOWN",
          text(
              "申请所依据的使用规则第 %d 版不存在。".formatted(facts.policyVersion()),
              "Version %d of the access policy, by which it is judged, is not kept."
                  .formatted(facts.policyVersion())),
          evidence,
          text("请由运营机构公布该版使用规则。", "The operator publishes that version."));
      return;
    }
    for (var reason : decision.reasons()) {
      if (!policy.reasons().contains(reason.code())) {
        found.block(
            "REASON_NOT_PUBLISHED",
            text(
                "理由 %s 不在申请所依据的使用规则第 %d 版中。".formatted(reason.code(), policy.version()),
                "The reason %s is not in version %d of the access policy, by which the request is judged."
                    .formatted(reason.code(), policy.version())),
            List.of(facts.subject(), decision.id(), policy.id()),
            text("请改用已公布的理由，或予以批准。", "Give a reason that was published, or approve."));
      }
    }
  }

  private void filledIn(Given reason, List<String> evidence) {
    if (isBlank(reason.explanation())) {
      block(
          "EXPLANATION_MISSING",
          text(
              "理由 %s 没有说明。".formatted(reason.code()),
              "The reason %s is not explained.".formatted(reason.code())),
          evidence,
          text("请说明具体情况。", "Say what the case is."));
    } else if (Stream.of(reason.explanation(), reason.curableBy())
        .anyMatch(said -> said != null && FORBIDDEN.matcher(said).find())) {
      found.flag(
          "FORBIDDEN_GROUND",
          text(
              "说明提到申请人与运营机构竞争，或产品已提供给他人；这不能作为理由。",
              "The explanation says that the applicant competes, or that another has the product; neither is a reason."),
          evidence,
          text("请核对拒绝的真实理由。", "Look at what the true reason is."));
    }
    switch (reason.code()) {
      case "FORBIDDEN_BY_LAW" -> {
        if (isBlank(reason.document()) || isBlank(reason.clause())) {
          block(
              "LAW_NOT_NAMED",
              text("未写明所依据的法律文件和条款。", "The law that forbids it is not named with its clause."),
              evidence,
              text("请写明文件和条款。", "Name the document and the clause."));
        }
      }
      case "BAD_CREDIT" -> {
        if (isBlank(reason.document())) {
          block(
              "SOURCE_NOT_NAMED",
              text("未写明不良信用记录的来源。", "The source of the record of bad credit is not named."),
              evidence,
              text("请写明来源。", "Name the source."));
        }
      }
      case CAPACITY -> capacity(reason, evidence);
      case INCOMPLETE -> incomplete(evidence);
      default -> {}
    }
  }

  private void capacity(Given reason, List<String> evidence) {
    var said = reason.explanation() + " " + reason.curableBy();
    if (!DAY.matcher(said).find() || !QUEUE.matcher(said).find()) {
      block(
          "CAPACITY_WITHOUT_QUEUE",
          text(
              "以容量不足为由，未写明排队位置和预计日期。",
              "There is no room, and neither the place in the queue nor a day is named."),
          evidence,
          text("请写明排队位置和日期。", "Name the place in the queue, and a day."));
    }
  }

  private void incomplete(List<String> evidence) {
    if (facts.notices().isEmpty()) {
      block(
          "INCOMPLETE_WITHOUT_NOTICE",
          text(
              "以材料不齐为由拒绝，但未一次性告知补正。",
              "It is called incomplete, and no notice said what was missing."),
          evidence,
          text("请先一次性告知需补正的内容。", "Give the one notice first."));
      return;
    }
    for (var notice : facts.notices()) {
      var due = notice.dueOn();
      var decided =
          facts.decisions().stream()
              .filter(one -> one.outcome().equals("REFUSED"))
              .map(Decision::on)
              .min(java.time.LocalDate::compareTo)
              .orElse(ground.day());
      if (notice.supplementedOn() != null) {
        found.flag(
            "SUPPLEMENT_CAME",
            text(
                "申请人已于 %s 补正，仍以材料不齐为由拒绝。".formatted(notice.supplementedOn()),
                "The applicant supplemented it on %s, and it is called incomplete still."
                    .formatted(notice.supplementedOn())),
            evidence,
            text("请说明仍缺少什么。", "Say what is missing still."));
      } else if (due == null) {
        found.unknown(
            "SUPPLEMENT_DAY_UNKNOWN",
            text("未记录补正期限。", "Nobody recorded until when the applicant had time to supplement it."),
            evidence,
            text("请补充补正期限。", "Record the day."));
      } else if (!decided.isAfter(due)) {
        block(
            "REFUSED_BEFORE_SUPPLEMENT_DAY",
            text(
                "补正期限 %s 届满前即以材料不齐为由拒绝。".formatted(due),
                "It was called incomplete before the days to supplement it ended on %s."
                    .formatted(due)),
            evidence,
            text("请待期限届满后决定。", "Decide when the days are over."));
      }
    }
  }

  private void block(String code, Text message, List<String> evidence, Text remedy) {
    found.block(code, message, evidence, remedy);
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
