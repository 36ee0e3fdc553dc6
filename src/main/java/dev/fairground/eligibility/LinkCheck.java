package dev.fairground.eligibility;

import static dev.fairground.eligibility.Said.text;

import dev.fairground.fairaccess.Outcome;
import dev.fairground.fairaccess.Related;
import dev.fairground.kernel.Ids;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is linked with the operator does not redevelop what the operator delivers (FA-16). Whether an
 * applicant would redevelop is not known before its product is there, so a link is looked at by
 * people, and stands against nobody by itself. Pure.
 */
final class LinkCheck {
  private static final String RULE = "operatorMayRedevelop";

  private LinkCheck() {}

  static EligibilityCheck of(Known known) {
    var operator = known.product().operatorId();
    var applicant = known.applicant().id();
    var link = known.link();
    var evidence = new ArrayList<String>(List.of(Ids.write("org", operator)));
    if (applicant != null && !applicant.equals(operator)) {
      evidence.add(Ids.write("org", applicant));
    }
    if (link != null) {
      evidence.addAll(link.links());
    }
    var said =
        new Said(
            "FA-16.APPLICANT",
            text("申请人与运营机构无关联", "The applicant is not linked with the operator"),
            known.basis(RULE),
            evidence.toArray(String[]::new));
    if (!"false".equals(known.rules().text(RULE))) {
      return said.of(
          Outcome.NOT_APPLICABLE,
          text("本辖区无此规则。", "No rule of the jurisdiction asks for it."),
          null);
    }
    if (applicant == null) {
      return said.of(
          Outcome.UNKNOWN,
          text("申请人未知。", "Nobody said who applies."),
          text("请登录并说明申请单位。", "Sign in and say who applies."));
    }
    var explain =
        text(
            "请在申请中说明是否再开发及隔离措施。",
            "Say in the request whether it is redeveloped, and how both are kept apart.");
    if (applicant.equals(operator)) {
      return said.of(
          Outcome.FLAG,
          text(
              "申请人即该产品的运营机构，不得参与再开发。",
              "The applicant is the operator, who does not take part in redeveloping it."),
          explain);
    }
    if (link != null) {
      return said.of(Outcome.FLAG, linked(link), explain);
    }
    return known.product().linksDeclared()
        ? said.pass(text("未见关联关系。", "No link between them was declared."))
        : said.of(
            Outcome.UNKNOWN,
            text("运营机构未声明其关联关系完整。", "The operator did not declare its links to be complete."),
            text("请在申请中声明与运营机构有无关联。", "Say in the request whether there is a link."));
  }

  private static dev.fairground.kernel.Text linked(Related link) {
    return link.control()
        ? text(
            "申请人与运营机构存在控制关系；如再开发，须核实。",
            "Applicant and operator are tied by control; redevelopment has to be looked at.")
        : text(
            "申请人与运营机构存在关联；如再开发，须核实。",
            "Applicant and operator are linked; redevelopment has to be looked at.");
  }
}
