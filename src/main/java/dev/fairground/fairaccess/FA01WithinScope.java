package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import dev.fairground.fairaccess.ProductFacts.InScope;
import dev.fairground.fairaccess.ProductFacts.Use;
import dev.fairground.kernel.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every resource and data item that a product uses lies in the scope of the authorization that it
 * names, and that one is in force. Another authorization that covers it does not help. Opinions
 * (3)(5); Operation Spec 5, 6, 14.
 */
final class FA01WithinScope {
  private static final Set<String> IN_FORCE = Set.of("ACTIVE", "EXITING");
  private static final Text SHRINK_OR_AMEND =
      text(
          "请不再使用范围外的内容，或变更授权，或改用覆盖它的授权。",
          "Use it no more, have the authorization amended, or name one that covers it.");

  private FA01WithinScope() {}

  static Result of(Ground ground, ProductFacts facts) {
    var found = new Findings(Check.FA_01, ground);
    if (!found.holds("withinScope")) {
      return found.notApplicable();
    }
    var grant = facts.grant();
    if (!IN_FORCE.contains(grant.state())) {
      found.block(
          "GRANT_NOT_IN_FORCE",
          text(
              "授权 %s 的状态为 %s，不在有效状态。".formatted(grant.number(), grant.state()),
              "The authorization %s is not in force: its state is %s."
                  .formatted(grant.number(), grant.state())),
          List.of(grant.id()),
          text("请改用有效的授权，或待其恢复。", "Name one that is in force, or wait until it is resumed."));
    }
    var uses = facts.uses();
    if (uses != null) {
      var scope = new HashMap<String, InScope>();
      grant.resources().forEach(resource -> scope.put(resource.resourceId(), resource));
      var consent = found.holds("sharedInConsent");
      for (var use : uses) {
        covered(found, grant, use, scope);
        if (consent) {
          consented(found, use);
        }
      }
    } else if (!facts.usesNone()) {
      found.unknown(
          "USES_UNKNOWN",
          text("清单未说明使用了哪些资源。", "The list does not say which resources are used."),
          List.of(facts.subject()),
          text("请填写所用资源和数据项。", "Say which resources and data items are used."));
    } else if (found.isEmpty()) {
      return found.notApplicable();
    }
    return found.result();
  }

  private static void covered(
      Findings found, ProductFacts.Grant grant, Use use, Map<String, InScope> scope) {
    var resource = use.resourceId();
    var inScope = scope.get(resource);
    if (inScope == null) {
      found.block(
          "OUTSIDE_SCOPE",
          text(
              "资源 %s 不在授权 %s 的范围内。".formatted(resource, grant.number()),
              "The resource %s is not in the scope of the authorization %s."
                  .formatted(resource, grant.number())),
          List.of(grant.id(), resource),
          SHRINK_OR_AMEND);
      return;
    }
    var allowed = inScope.dataItems();
    if (allowed == null) {
      return;
    }
    var used = use.dataItems() == null ? use.resourceItems() : use.dataItems();
    if (used == null) {
      found.block(
          "WHOLE_RESOURCE_OUTSIDE_SCOPE",
          text(
              "产品使用资源 %s 的全部，授权 %s 仅含其部分数据项。".formatted(resource, grant.number()),
              "All of the resource %s is used, and the authorization %s covers some of its data items only."
                  .formatted(resource, grant.number())),
          List.of(grant.id(), resource),
          SHRINK_OR_AMEND);
      return;
    }
    var outside = outside(used, allowed);
    if (!outside.isEmpty()) {
      var evidence = new ArrayList<String>(List.of(grant.id(), resource));
      outside.forEach(item -> evidence.add(resource + "#" + item));
      found.block(
          "ITEMS_OUTSIDE_SCOPE",
          text(
              "资源 %s 的数据项不在授权 %s 的范围内：%s。"
                  .formatted(resource, grant.number(), Findings.some(outside)),
              "Data items of the resource %s are not in the scope of the authorization %s: %s."
                  .formatted(resource, grant.number(), Findings.some(outside))),
          evidence,
          SHRINK_OR_AMEND);
    }
  }

  private static Set<String> outside(List<String> used, @Nullable List<String> allowed) {
    var outside = new HashSet<>(used);
    if (allowed != null) {
      allowed.forEach(outside::remove);
    }
    return outside;
  }

  private static void consented(Findings found, Use use) {
    var resource = use.resourceId();
    var consent = use.providerConsent();
    if (Boolean.TRUE.equals(consent)) {
      return;
    }
    var remedy =
        text("请取得并登记提供单位的同意。", "Get the consent of the body that shared it, and have it recorded.");
    if (use.origin().equals("UNKNOWN")) {
      found.unknown(
          "ORIGIN_UNKNOWN",
          text(
              "资源 %s 的来源未知，无法判断是否须经提供单位同意。".formatted(resource),
              "Nobody said where the resource %s comes from, so whether it needs consent is not known."
                  .formatted(resource)),
          List.of(resource),
          text("请由持有单位说明来源。", "Its holder says where it comes from."));
    } else if (use.origin().equals("SHARED_IN") && consent == null) {
      found.unknown(
          "CONSENT_UNKNOWN",
          text(
              "资源 %s 经共享取得，提供单位是否同意未知。".formatted(resource),
              "The resource %s was shared by another body, and nobody said whether that body agreed."
                  .formatted(resource)),
          List.of(resource),
          remedy);
    } else if (use.origin().equals("SHARED_IN")) {
      found.block(
          "NO_CONSENT",
          text(
              "资源 %s 经共享取得，提供单位未同意授权运营。".formatted(resource),
              "The resource %s was shared by another body, which did not agree to its operation."
                  .formatted(resource)),
          List.of(resource),
          remedy);
    }
  }
}
