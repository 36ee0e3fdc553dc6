package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import dev.fairground.fairaccess.ProductFacts.Declaration;
import dev.fairground.fairaccess.ProductFacts.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Core data is in no product, important data only in ways by which it is usable and not visible, or
 * regraded; raw data that is not open does not go to market; personal information has a basis.
 * Operation Spec 21; GB/T 43697; GB/T 37932 8.
 */
final class FA05Classified {
  private static final List<String> GRADES =
      List.of("GENERAL_1", "GENERAL_2", "GENERAL_3", "GENERAL_4", "IMPORTANT", "CORE");
  private static final String CORE = "CORE";
  private static final String IMPORTANT = "IMPORTANT";
  private static final List<Use> NONE = List.of();

  private FA05Classified() {}

  static Result of(Ground ground, ProductFacts facts) {
    var found = new Findings(Check.FA_05, ground);
    var core = found.forbids("coreDataTraded");
    var important = found.text("importantDataDeliveries");
    var raw = found.forbids("rawDataTraded");
    var personal = found.holds("personalInformationBasis");
    var lowered = found.holds("regradingReason");
    if (!core && important == null && !raw && !personal && !lowered) {
      return found.notApplicable();
    }
    var uses = facts.uses() == null ? NONE : facts.uses();
    var withoutData = facts.usesNone();
    if (facts.uses() == null && !withoutData) {
      found.unknown(
          "USES_UNKNOWN",
          text("清单未说明使用了哪些资源。", "The list does not say which resources are used."),
          List.of(facts.subject()),
          text("请填写所用资源。", "Say which resources are used."));
    }
    if (!withoutData && (core || important != null || lowered)) {
      graded(found, facts, uses);
    }
    if (core) {
      core(found, facts, uses);
    }
    if (important != null) {
      important(found, facts, uses, Set.of(important.strip().split("\\s+")));
    }
    if (raw) {
      raw(found, facts, uses);
    }
    if (personal) {
      personal(found, facts, uses);
    }
    if (lowered) {
      lowered(found, facts, uses);
    }
    return withoutData && found.isEmpty() ? found.notApplicable() : found.result();
  }

  private static void graded(Findings found, ProductFacts facts, List<Use> uses) {
    var remedy = text("请完成分类分级并填写级别。", "Have it graded, and record the grade.");
    if (facts.grade() == null) {
      found.unknown(
          "GRADE_UNKNOWN",
          text("产品未定级。", "Nobody said which grade the product has."),
          List.of(facts.subject()),
          remedy);
    }
    for (var use : uses) {
      if (use.grade() == null) {
        found.unknown(
            "GRADE_UNKNOWN",
            text(
                "资源 %s 未定级。".formatted(use.resourceId()),
                "Nobody said which grade the resource %s has.".formatted(use.resourceId())),
            List.of(use.resourceId()),
            remedy);
      }
    }
  }

  private static void core(Findings found, ProductFacts facts, List<Use> uses) {
    var evidence = graded(facts, uses, CORE);
    if (!evidence.isEmpty()) {
      found.block(
          "CORE_DATA",
          text("核心数据不得用于产品和服务。", "Core data may be in no product."),
          evidence,
          text("请不再使用核心数据。", "Use no core data."));
    }
  }

  /** The product and the resources of a grade. */
  private static List<String> graded(ProductFacts facts, List<Use> uses, String grade) {
    var ids = new ArrayList<String>();
    if (grade.equals(facts.grade())) {
      ids.add(facts.subject());
    }
    uses.stream()
        .filter(use -> grade.equals(use.grade()))
        .forEach(use -> ids.add(use.resourceId()));
    return ids;
  }

  private static void important(
      Findings found, ProductFacts facts, List<Use> uses, Set<String> invisible) {
    var evidence = graded(facts, uses, IMPORTANT);
    var deliveries = facts.deliveries();
    if (evidence.isEmpty() || deliveries != null && invisible.containsAll(deliveries)) {
      return;
    }
    var regraded = proved(facts, "REGRADED");
    if (regraded != null && !IMPORTANT.equals(facts.grade())) {
      found.disclose(
          "REGRADED",
          text(
              "所用重要数据经处理后重新定级：%s".formatted(regraded.text()),
              "The important data in it was regraded: %s".formatted(regraded.text())),
          with(evidence, regraded));
    } else if (deliveries == null) {
      found.unknown(
          "DELIVERIES_UNKNOWN",
          text("产品含重要数据，未说明交付方式。", "It has important data, and nobody said how it is delivered."),
          evidence,
          text("请填写交付方式。", "Say how it is delivered."));
    } else {
      var visible = deliveries.stream().filter(way -> !invisible.contains(way)).toList();
      found.block(
          "IMPORTANT_DATA_VISIBLE",
          text(
              "重要数据不得以 %s 方式交付。".formatted(Findings.some(visible)),
              "Important data may not be delivered by %s.".formatted(Findings.some(visible))),
          evidence,
          text(
              "请仅采用 %s，或经处理重新定级并申报证明。".formatted(Findings.some(invisible)),
              "Deliver it by %s only, or have it regraded and declare that with its evidence."
                  .formatted(Findings.some(invisible))));
    }
  }

  /** A data set that is, or may be, resources as they are, though they are not open to all. */
  private static void raw(Findings found, ProductFacts facts, List<Use> uses) {
    if (!facts.form().equals("DATASET")) {
      return;
    }
    var processed = proved(facts, "PROCESSED");
    for (var use : uses) {
      var openness = use.openness();
      if ("UNCONDITIONAL".equals(openness)) {
        continue;
      }
      var evidence = List.of(facts.subject(), use.resourceId());
      var remedy =
          text(
              "请改为加工后的产品，或申报加工情况并附证明。",
              "Make a product of it, or declare with evidence what was done to the data (PROCESSED).");
      if (processed != null) {
        found.disclose(
            "PROCESSED",
            text(
                "数据经过加工：%s".formatted(processed.text()),
                "The data was processed: %s".formatted(processed.text())),
            with(evidence, processed));
      } else if (openness == null) {
        found.unknown(
            "OPENNESS_UNKNOWN",
            text(
                "资源 %s 的开放属性未知，无法判断可否以数据集提供。".formatted(use.resourceId()),
                "Nobody said whether the resource %s is open, so whether it may be offered as a data set is not known."
                    .formatted(use.resourceId())),
            evidence,
            text("请由资源持有单位说明开放属性。", "Its holder says how open it is."));
      } else if (use.dataItems() == null) {
        found.block(
            "RAW_DATA",
            text(
                "资源 %s 未无条件开放，不得以原始数据集进入市场。".formatted(use.resourceId()),
                "The resource %s is not open to everybody, and raw data may not go to market as it is."
                    .formatted(use.resourceId())),
            evidence,
            remedy);
      } else {
        found.flag(
            "MAYBE_RAW_DATA",
            text(
                "产品以数据集提供资源 %s 的部分数据项，应核实是否为原始数据。".formatted(use.resourceId()),
                "The data set offers data items of the resource %s, which is not open to everybody; whether it is raw data has to be looked at."
                    .formatted(use.resourceId())),
            evidence,
            remedy);
      }
    }
  }

  private static void personal(Findings found, ProductFacts facts, List<Use> uses) {
    var basis = declared(facts, "PERSONAL_INFORMATION_BASIS");
    if (basis != null) {
      if (isProof(basis)) {
        return;
      }
      found.flag(
          "BASIS_WITHOUT_EVIDENCE",
          text(
              "已申报个人信息处理依据，但未附证明。",
              "A basis for the personal information is declared, without evidence."),
          List.of(facts.subject(), basis.id()),
          text("请补充同意或匿名化证明。", "Add the consent, or the proof that it was anonymized."));
      return;
    }
    var remedy =
        text(
            "请申报合法性依据（同意或匿名化证明）。",
            "Declare the basis, with the consent or the proof that it was anonymized.");
    var with = new ArrayList<String>();
    var unknown = new ArrayList<String>();
    sort(facts.subject(), facts.personalInformation(), with, unknown);
    uses.forEach(use -> sort(use.resourceId(), use.personalInformation(), with, unknown));
    if (!with.isEmpty()) {
      found.add(
          found.gravestBy("personalInformationBasis"),
          "PERSONAL_INFORMATION_WITHOUT_BASIS",
          text(
              "涉及个人信息，未申报合法性依据。", "There is personal information in it, and no basis is declared."),
          with,
          remedy);
    }
    if (!unknown.isEmpty() && !facts.usesNone()) {
      found.unknown(
          "PERSONAL_INFORMATION_UNKNOWN",
          text("是否涉及个人信息未知。", "Nobody said whether there is personal information in it."),
          unknown,
          text("请说明是否涉及个人信息。", "Say whether there is."));
    }
  }

  private static void sort(
      String id, @Nullable Boolean personal, List<String> with, List<String> unknown) {
    if (personal == null) {
      unknown.add(id);
    } else if (personal) {
      with.add(id);
    }
  }

  private static void lowered(Findings found, ProductFacts facts, List<Use> uses) {
    var grade = facts.grade();
    if (grade == null || proved(facts, "REGRADED") != null) {
      return;
    }
    var higher =
        uses.stream()
            .filter(
                use -> use.grade() != null && GRADES.indexOf(use.grade()) > GRADES.indexOf(grade))
            .map(Use::resourceId)
            .toList();
    if (!higher.isEmpty()) {
      var evidence = new ArrayList<>(higher);
      evidence.add(facts.subject());
      found.flag(
          "GRADE_BELOW_INPUT",
          text(
              "产品级别 %s 低于所用资源的最高级别，未说明理由。".formatted(grade),
              "The product's grade %s is below the highest of what it uses, and no reason is declared."
                  .formatted(grade)),
          evidence,
          text("请申报重新定级的理由和证明。", "Declare with evidence why it was regraded (REGRADED)."));
    }
  }

  private static @Nullable Declaration declared(ProductFacts facts, String kind) {
    Declaration declared = null;
    for (var one : facts.declarations()) {
      if (one.kind().equals(kind)
          && (declared == null || !isProof(declared) && isProof(one) || isBefore(one, declared))) {
        declared = one;
      }
    }
    return declared;
  }

  /** One with evidence; null where there is none. */
  private static @Nullable Declaration proved(ProductFacts facts, String kind) {
    var declared = declared(facts, kind);
    return declared == null || !isProof(declared) ? null : declared;
  }

  private static boolean isProof(Declaration declaration) {
    var evidence = declaration.evidence();
    return evidence != null && !evidence.isBlank();
  }

  /** Of two that prove as much, always the same one. */
  private static boolean isBefore(Declaration one, Declaration other) {
    return isProof(one) == isProof(other) && one.id().compareTo(other.id()) < 0;
  }

  private static List<String> with(List<String> evidence, Declaration declaration) {
    var ids = new ArrayList<>(evidence);
    ids.add(declaration.id());
    return ids;
  }
}
