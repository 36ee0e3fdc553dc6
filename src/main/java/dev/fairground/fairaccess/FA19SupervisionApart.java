package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Who operates, or is tied to who does, neither authorized that nor supervises it. Where the
 * institution is the data authority too, objections to its decisions go one level up. Opinions
 * (11); Operation Spec 7, 13.
 */
final class FA19SupervisionApart {
  private static final Text SEPARATE =
      text("请由其他机构授权或监管。", "Let another body authorize, or supervise.");

  private FA19SupervisionApart() {}

  static Result of(Ground ground, GrantFacts facts) {
    var found = new Findings(Check.FA_19, ground);
    if (!found.holds("supervisionApart") || facts.state().equals("ENDED")) {
      return found.notApplicable();
    }
    var supervisors = facts.supervisorIds();
    if (supervisors == null) {
      found.unknown(
          "SUPERVISOR_UNKNOWN",
          text("未登记本地的数据主管部门。", "No data authority of the jurisdiction is known."),
          List.of(facts.subject()),
          text("请登记数据主管部门。", "Record the data authority."));
    } else if (supervisors.contains(facts.institutionId())) {
      found.disclose(
          "ROLES_COINCIDE",
          text(
              "实施机构同时是数据主管部门；对其决定的异议由上一级处理。",
              "The institution is the data authority too; objections to its decisions go one level up."),
          List.of(facts.subject(), org(facts.institutionId())));
    }
    var others = new HashSet<UUID>(supervisors == null ? List.of() : supervisors);
    others.add(facts.institutionId());
    if (others.contains(facts.operatorId()) || facts.operatorRoles().contains("DATA_AUTHORITY")) {
      found.block(
          "OPERATOR_SUPERVISES",
          text(
              "运营机构同时是该授权的实施机构或数据主管部门。",
              "The operator is the institution or the data authority of its own authorization."),
          List.of(facts.subject(), org(facts.operatorId())),
          SEPARATE);
    }
    tied(found, facts, others);
    return found.result();
  }

  private static void tied(Findings found, GrantFacts facts, Set<UUID> others) {
    var related = facts.related();
    if (related == null) {
      found.unknown(
          "LINKS_UNKNOWN",
          text("运营机构未申报关联关系。", "The operator did not declare its links."),
          List.of(facts.subject(), org(facts.operatorId())),
          text("请由运营机构申报关联关系。", "The operator declares its links as complete."));
      return;
    }
    for (var link : related) {
      if (!link.control() || !others.contains(link.organizationId())) {
        continue;
      }
      var evidence = new ArrayList<String>();
      evidence.add(facts.subject());
      evidence.add(org(link.organizationId()));
      evidence.addAll(link.links());
      found.block(
          "RELATED_PARTY_SUPERVISES",
          text(
              "与运营机构有控制关系的机构是该授权的实施机构或数据主管部门。",
              "Who is tied to the operator by control is the institution or the data authority of the authorization."),
          evidence,
          SEPARATE);
    }
  }

  private static String org(UUID id) {
    return Ids.write("org", id);
  }
}
