package dev.fairground.eligibility;

import static dev.fairground.eligibility.Said.text;

import dev.fairground.fairaccess.Outcome;
import dev.fairground.kernel.Text;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the product can be had at all, and for the term that is asked for. Pure. */
final class OfferChecks {
  private OfferChecks() {}

  static List<EligibilityCheck> of(Known known, Settled settled) {
    return List.of(published(known), authorization(known), term(known, settled));
  }

  private static EligibilityCheck published(Known known) {
    var product = known.product();
    var said =
        new Said(
            "PRODUCT_PUBLISHED",
            text("产品已公布且未停用", "The product is published and not suspended"),
            known.basis("listPublished"),
            product.globalId());
    return switch (product.status()) {
      case "PUBLISHED" -> said.pass(text("产品在清单中。", "The product is in its operator's list."));
      case "SUSPENDED" ->
          said.of(
              Outcome.BLOCK,
              reasoned("产品已暂停提供", "The product is suspended", product.statusReason()),
              text(
                  "请等待恢复，或关注该产品的变化。",
                  "Wait until it is resumed; events of the product tell of it."));
      default ->
          said.of(
              Outcome.BLOCK,
              reasoned("产品已下架", "The product was taken off the list", product.statusReason()),
              text("请选择其他产品。", "Look for another product."));
    };
  }

  private static Text reasoned(String chinese, String english, @Nullable String reason) {
    return reason == null
        ? text(chinese + "。", english + ".")
        : text(chinese + "：" + reason, english + ": " + reason);
  }

  /**
   * New access needs an authorization in force that takes some; that of one running off may not.
   */
  private static EligibilityCheck authorization(Known known) {
    var grant = known.product().grant();
    var said =
        new Said(
            "AUTHORIZATION_OPEN",
            text("授权有效且可新增使用", "The authorization is in force and takes new access"),
            known.basis("withinTerm"),
            grant.globalId());
    var until = grant.newAccessUntil();
    if (!(grant.state().equals("ACTIVE") || grant.state().equals("EXITING") && until != null)) {
      return said.of(
          Outcome.BLOCK,
          text(
              "授权 %s 的状态为 %s。".formatted(grant.number(), grant.state()),
              "The authorization %s is %s.".formatted(grant.number(), grant.state())),
          text(
              "请等待授权恢复，或选择其他授权下的产品。",
              "Wait until it is in force, or look for a product under another authorization."));
    }
    if (until != null && known.day().isAfter(until)) {
      return said.of(
          Outcome.BLOCK,
          text(
              "授权 %s 仅在 %s 前接受新的使用申请。".formatted(grant.number(), until),
              "The authorization %s took new access until %s.".formatted(grant.number(), until)),
          text("请选择其他授权下的产品。", "Look for a product under another authorization."));
    }
    return said.pass(
        text(
            "授权 %s 有效。".formatted(grant.number()),
            "The authorization %s is in force.".formatted(grant.number())));
  }

  private static EligibilityCheck term(Known known, Settled settled) {
    var product = known.product();
    var first = product.firstDay();
    var last = product.lastDay();
    var said =
        new Said(
            "TERM",
            text("使用期限在可提供的期限内", "The term lies within that of product and authorization"),
            known.basis("withinTerm"),
            product.globalId(),
            product.grant().globalId());
    if (settled.startsOn().isBefore(known.day())) {
      return said.of(
          Outcome.BLOCK,
          text(
              "使用期限自 %s 起，早于今日 %s。".formatted(settled.startsOn(), known.day()),
              "The term begins on %s, before today, %s."
                  .formatted(settled.startsOn(), known.day())),
          text("请自今日或以后起。", "Begin today or later."));
    }
    if (first != null && settled.startsOn().isBefore(first)
        || last != null && settled.endsOn().isAfter(last)) {
      return said.of(
          Outcome.BLOCK,
          text(
              "%s 至 %s 不在可提供的期限（%s 至 %s）内。"
                  .formatted(settled.startsOn(), settled.endsOn(), or(first, "—"), or(last, "—")),
              "%s to %s does not lie within %s to %s, when it may be used."
                  .formatted(settled.startsOn(), settled.endsOn(), or(first, "…"), or(last, "…"))),
          last != null && last.isBefore(known.day())
              ? text("请选择其他产品。", "Look for another product.")
              : text("请调整使用期限。", "Ask for a term within these days."));
    }
    return said.pass(
        text(
            "%s 至 %s。".formatted(settled.startsOn(), settled.endsOn()),
            "%s to %s.".formatted(settled.startsOn(), settled.endsOn())));
  }

  private static String or(@Nullable LocalDate day, String none) {
    return day == null ? none : day.toString();
  }
}
