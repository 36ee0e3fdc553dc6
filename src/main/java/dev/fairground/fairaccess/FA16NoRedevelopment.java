package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import dev.fairground.fairaccess.ProductFacts.Base;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Who delivered a product under its authorization does not take part in redeveloping it, neither
 * itself nor through who is linked with it. Operation Spec 6, 14(6).
 */
final class FA16NoRedevelopment {
  private static final Text OTHER_DEVELOPER =
      text("请由无关联的主体再开发，或不再提供。", "Let somebody else redevelop it, or offer it no more.");

  private FA16NoRedevelopment() {}

  static Result of(Ground ground, ProductFacts facts) {
    var found = new Findings(Check.FA_16, ground);
    var base = facts.base();
    if (!found.forbids("operatorMayRedevelop")
        || !facts.tier().equals("REDEVELOPED") && base == null) {
      return found.notApplicable();
    }
    var developer = facts.developerId();
    if (base == null) {
      found.unknown(
          "BASE_UNKNOWN",
          text("未申报再开发所依据的产品。", "Nobody declared what it was redeveloped from."),
          List.of(facts.subject()),
          text("请申报基础产品。", "Declare its base product (LINEAGE)."));
    }
    if (developer == null) {
      found.unknown(
          "DEVELOPER_UNKNOWN",
          text("未申报再开发主体。", "Nobody declared who redeveloped it."),
          List.of(facts.subject()),
          text("请申报开发者。", "Declare its developer (LINEAGE)."));
    }
    if (base != null && developer != null) {
      developed(found, facts, base, developer);
    }
    return found.result();
  }

  private static void developed(Findings found, ProductFacts facts, Base base, UUID developer) {
    var evidence = new ArrayList<String>();
    evidence.add(facts.subject());
    evidence.add(base.productId());
    evidence.add(Ids.write("org", developer));
    if (base.deliveredOn() == null) {
      found.unknown(
          "BASE_DELIVERY_UNKNOWN",
          text("基础产品的首次交付日期未知。", "Nobody reported when the base product was first delivered."),
          evidence,
          text("请报告首次交付日期。", "Report its first delivery."));
    } else if (developer.equals(base.operatorId())) {
      found.block(
          "OPERATOR_REDEVELOPS",
          text(
              "运营机构参与了自己已交付产品的再开发。",
              "The operator redeveloped a product that it delivered itself."),
          evidence,
          OTHER_DEVELOPER);
    } else {
      linked(found, base, developer, evidence);
    }
  }

  private static void linked(Findings found, Base base, UUID developer, List<String> evidence) {
    var related = base.related();
    if (related == null) {
      evidence.add(Ids.write("org", base.operatorId()));
      found.unknown(
          "LINKS_UNKNOWN",
          text("基础产品的运营机构未申报关联关系。", "The operator of the base product did not declare its links."),
          evidence,
          text("请由该机构申报关联关系。", "That operator declares its links as complete."));
      return;
    }
    for (var link : related) {
      if (!link.organizationId().equals(developer)) {
        continue;
      }
      var with = new ArrayList<>(evidence);
      with.addAll(link.links());
      if (link.direct() && link.control()) {
        found.block(
            "RELATED_PARTY_REDEVELOPS",
            text(
                "开发者与基础产品的运营机构有直接控制关系。",
                "The developer and the operator of the base product are tied by direct control."),
            with,
            OTHER_DEVELOPER);
      } else {
        found.flag(
            "RELATED_PARTY_SUSPECTED",
            text(
                "开发者与基础产品的运营机构有间接或其他关联关系，应核实。",
                "The developer is linked with the operator of the base product, indirectly or otherwise; it has to be looked at."),
            with,
            text("请说明关联关系及隔离措施。", "Explain the link, and how both are kept apart."));
      }
    }
  }
}
