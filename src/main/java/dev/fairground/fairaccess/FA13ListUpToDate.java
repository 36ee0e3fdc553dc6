package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import dev.fairground.fairaccess.OperatorFacts.Changed;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An operator with an authorization publishes its list, and what changes appears in an edition in
 * time. Opinions (5); Operation Spec 19.
 */
final class FA13ListUpToDate {
  private FA13ListUpToDate() {}

  static Result of(Ground ground, OperatorFacts facts) {
    var found = new Findings(Check.FA_13, ground);
    if (!found.holds("listPublished") || facts.activeGrants() == 0) {
      return found.notApplicable();
    }
    var days = found.number("listUpdateWd");
    if (facts.edition() == null) {
      noEdition(found, ground, facts, days == null ? 0 : days);
    } else {
      changed(found, ground, facts, days == null ? 0 : days);
      gone(found, facts);
    }
    if (found.holds("pricesInList") && !facts.withoutPrice().isEmpty()) {
      found.flag(
          "PRICE_NOT_SHOWN",
          text(
              "清单中 %d 个产品未公开收费标准。".formatted(facts.withoutPrice().size()),
              "%d products of the list show no price.".formatted(facts.withoutPrice().size())),
          facts.withoutPrice(),
          text("请公布收费标准或注明免费。", "Publish their prices, or say that they are free."));
    }
    return found.result();
  }

  private static void noEdition(Findings found, Ground ground, OperatorFacts facts, int days) {
    var since = facts.activeSince();
    if (since == null) {
      found.unknown(
          "ACTIVE_SINCE_UNKNOWN",
          text(
              "尚未公布清单，授权起始日未知。",
              "No list is published, and nobody said since when the operator is active."),
          List.of(facts.subject()),
          text("请公布清单。", "Publish the list."));
      return;
    }
    var due = ground.calendar().after(since, days);
    var message =
        text(
            "授权自 %s 起有效，尚未公布产品和服务清单。".formatted(since),
            "The operator has had an authorization since %s, and has published no list."
                .formatted(since));
    if (ground.day().isAfter(due.day()) && due.provisional()) {
      provisional(found, due.day(), List.of(facts.subject()));
    } else if (ground.day().isAfter(due.day())) {
      found.flag("NO_LIST", message, List.of(facts.subject()), text("请公布清单。", "Publish the list."));
    } else {
      found.disclose("NO_LIST_YET", message, List.of(facts.subject()));
    }
  }

  private static void changed(Findings found, Ground ground, OperatorFacts facts, int days) {
    var late = new ArrayList<Changed>();
    var inTime = new ArrayList<Changed>();
    var unknown = new ArrayList<Changed>();
    for (var product : facts.notListed()) {
      var due = ground.calendar().after(product.on(), days);
      if (ground.day().isAfter(due.day()) && due.provisional()) {
        unknown.add(product);
      } else {
        (ground.day().isAfter(due.day()) ? late : inTime).add(product);
      }
    }
    if (!unknown.isEmpty()) {
      provisional(
          found,
          ground.calendar().after(oldest(unknown), days).day(),
          unknown.stream().map(Changed::productId).toList());
    }
    if (!late.isEmpty()) {
      found.flag(
          "LIST_STALE",
          text(
              "%d 个产品的变更自 %s 起未列入第 %d 期清单。".formatted(late.size(), oldest(late), facts.edition()),
              "Changes of %d products, the first of %s, are not in the newest edition, %d."
                  .formatted(late.size(), oldest(late), facts.edition())),
          late.stream().map(Changed::productId).toList(),
          text("请公布新一期清单。", "Publish the next edition."));
    }
    if (!inTime.isEmpty()) {
      found.disclose(
          "LIST_BEHIND",
          text(
              "%d 个产品的变更（最早 %s）尚未列入清单。".formatted(inTime.size(), oldest(inTime)),
              "Changes of %d products, the first of %s, are not in an edition yet."
                  .formatted(inTime.size(), oldest(inTime))),
          inTime.stream().map(Changed::productId).toList());
    }
  }

  private static void provisional(Findings found, LocalDate due, List<String> evidence) {
    found.unknown(
        "CALENDAR_UNKNOWN",
        text(
            "期限跨入没有工作日历的年份，%s 为暂定日期。".formatted(due),
            "The days run into a year without a calendar; %s is provisional.".formatted(due)),
        evidence,
        text("请补充该年份的工作日历。", "The calendar of that year is added."));
  }

  private static LocalDate oldest(List<Changed> products) {
    return Objects.requireNonNull(
        products.stream().map(Changed::on).min(LocalDate::compareTo).orElse(null));
  }

  private static void gone(Findings found, OperatorFacts facts) {
    if (!facts.notPublished().isEmpty()) {
      found.flag(
          "LISTED_NOT_OFFERED",
          text(
              "清单列有 %d 个已不再提供的产品。".formatted(facts.notPublished().size()),
              "The list names %d products that are not offered any more."
                  .formatted(facts.notPublished().size())),
          facts.notPublished(),
          text("请公布新一期清单。", "Publish the next edition."));
    }
  }
}
