package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import dev.fairground.fairaccess.ProductFacts.Registration;
import dev.fairground.fairaccess.ProductFacts.Use;
import dev.fairground.kernel.Text;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a product uses is registered and valid on the day, and so is the product itself, or its
 * first registration is still in time. Opinions (4); Registration Measures 5, 9, 15; Operation Spec
 * 16. A product's registration ends with its authorization, even if it says a later day.
 */
final class FA04Registered {
  private FA04Registered() {}

  static Result of(Ground ground, ProductFacts facts) {
    var found = new Findings(Check.FA_04, ground);
    var required = found.text("productRegistration");
    var ofResources = found.text("resourceRegistrationCheck");
    if (required == null && ofResources == null) {
      return found.notApplicable();
    }
    if (ofResources != null) {
      resources(found, ground.day(), facts, outcome(ofResources));
    }
    if (required != null) {
      product(found, ground, facts, required.equals("REQUIRED"));
    }
    return found.result();
  }

  /** Where it is disclosed only, most of a market may be registered nowhere yet. */
  private static Outcome outcome(String rule) {
    return switch (rule) {
      case "BLOCK" -> Outcome.BLOCK;
      case "DISCLOSE" -> Outcome.DISCLOSE;
      default -> Outcome.FLAG;
    };
  }

  private static void resources(
      Findings found, LocalDate day, ProductFacts facts, Outcome unregistered) {
    var uses = facts.uses();
    if (uses == null) {
      if (!facts.usesNone()) {
        found.unknown(
            "USES_UNKNOWN",
            text("清单未说明使用了哪些资源。", "The list does not say which resources are used."),
            List.of(facts.subject()),
            text("请填写所用资源。", "Say which resources are used."));
      }
      return;
    }
    for (var use : uses) {
      var valid = valid(use.registrations(), day, null);
      if (valid != null) {
        disputed(found, valid);
      } else if (isRevoked(use.registrations())) {
        revoked(found, use.resourceId(), use.registrations());
      } else {
        notValid(found, use, unregistered);
      }
    }
  }

  private static void notValid(Findings found, Use use, Outcome outcome) {
    var ended = !use.registrations().isEmpty();
    found.add(
        outcome,
        ended ? "RESOURCE_REGISTRATION_OVER" : "RESOURCE_NOT_REGISTERED",
        ended
            ? text(
                "资源 %s 的登记已失效。".formatted(use.resourceId()),
                "The registration of the resource %s is not valid on the day."
                    .formatted(use.resourceId()))
            : text(
                "资源 %s 未登记。".formatted(use.resourceId()),
                "The resource %s is not registered.".formatted(use.resourceId())),
        evidence(use.resourceId(), use.registrations()),
        text("请由资源持有单位办理登记。", "Its holder has the resource registered."));
  }

  private static void product(Findings found, Ground ground, ProductFacts facts, boolean required) {
    var registrations = facts.registrations();
    var valid = valid(registrations, ground.day(), facts.grant().endsOn());
    if (valid != null) {
      disputed(found, valid);
      if (facts.grant().endsOn() == null) {
        found.unknown(
            "TERM_UNKNOWN",
            text(
                "授权期限未知，无法判断产品登记是否仍有效。",
                "The authorization does not say when it ends, and the registration ends with it."),
            List.of(facts.grant().id(), valid.id()),
            text("请由实施机构补充期限。", "The institution adds the term."));
      }
    } else if (isRevoked(registrations)) {
      revoked(found, facts.subject(), registrations);
    } else if (!required) {
      found.disclose(
          "TO_BE_REGISTERED",
          text("产品未登记；本地鼓励登记。", "The product is not registered; registration is encouraged here."),
          evidence(facts.subject(), registrations));
    } else if (registrations.isEmpty()) {
      first(found, ground, facts);
    } else {
      late(
          found,
          facts,
          text("产品的登记已失效。", "The registration of the product is not valid on the day."),
          "PRODUCT_REGISTRATION_OVER");
    }
  }

  /** The first registration is applied for in so many working days after the first delivery. */
  private static void first(Findings found, Ground ground, ProductFacts facts) {
    var delivered = facts.firstDeliveredOn();
    var applied = facts.registrationAppliedOn();
    var subject = List.of(facts.subject());
    var grace = found.number("registrationGraceWd");
    if (delivered == null || delivered.isAfter(ground.day()) || grace == null) {
      found.disclose(
          "TO_BE_REGISTERED",
          text("产品尚未交付，拟登记。", "The product was not delivered yet and is to be registered."),
          subject);
      return;
    }
    var due = ground.calendar().after(delivered, grace);
    if (applied != null && !applied.isAfter(due.day())) {
      found.disclose(
          "REGISTRATION_APPLIED",
          text(
              "产品已于 %s 在期限内申请登记，尚未赋码。".formatted(applied),
              "The product's registration was applied for on %s, in time, and is not decided yet."
                  .formatted(applied)),
          subject);
    } else if (applied != null) {
      found.flag(
          "REGISTRATION_APPLIED_LATE",
          text(
              "产品登记应于 %s 前申请，实际于 %s 申请。".formatted(due.day(), applied),
              "The product's registration was due by %s and applied for on %s."
                  .formatted(due.day(), applied)),
          subject,
          text("请说明逾期原因。", "Say why it was late."));
    } else if (!ground.day().isAfter(due.day())) {
      found.flag(
          "REGISTRATION_DUE",
          text(
              "产品于 %s 首次交付，应于 %s 前申请登记。".formatted(delivered, due.day()),
              "The product was first delivered on %s; its registration is to be applied for by %s."
                  .formatted(delivered, due.day())),
          subject,
          text("请在期限内申请登记。", "Apply for its registration in time."));
    } else if (due.provisional()) {
      found.unknown(
          "CALENDAR_UNKNOWN",
          text(
              "期限跨入没有工作日历的年份，%s 为暂定日期。".formatted(due.day()),
              "The days run into a year without a calendar; %s is provisional."
                  .formatted(due.day())),
          subject,
          text("请补充该年份的工作日历。", "The calendar of that year is added."));
    } else {
      late(
          found,
          facts,
          text(
              "产品于 %s 首次交付，应于 %s 前申请登记，至今未登记。".formatted(delivered, due.day()),
              "The product was first delivered on %s, its registration was due by %s, and it is not registered."
                  .formatted(delivered, due.day())),
          "PRODUCT_NOT_REGISTERED");
    }
  }

  private static void late(Findings found, ProductFacts facts, Text message, String code) {
    var strict = "BLOCK".equals(found.text("productRegistrationCheck"));
    found.add(
        strict && facts.registrationAppliedOn() == null ? Outcome.BLOCK : Outcome.FLAG,
        code,
        message,
        evidence(facts.subject(), facts.registrations()),
        text("请向登记机构申请登记。", "Apply to the registrar for its registration."));
  }

  private static void disputed(Findings found, Registration registration) {
    if (registration.disputed()) {
      found.disclose(
          "REGISTRATION_DISPUTED",
          text(
              "登记 %s 附有异议标识。".formatted(registration.id()),
              "The registration %s bears a mark of dispute.".formatted(registration.id())),
          List.of(registration.id()));
    }
  }

  private static void revoked(Findings found, String subject, List<Registration> registrations) {
    found.block(
        "REGISTRATION_REVOKED",
        text(
            "%s 的登记已被撤销。".formatted(subject),
            "The registration of %s was revoked.".formatted(subject)),
        evidence(subject, registrations),
        text("请停止提供，并与登记机构处理。", "Stop offering it, and settle it with the registrar."));
  }

  private static boolean isRevoked(List<Registration> registrations) {
    return registrations.stream().anyMatch(registration -> registration.state().equals("REVOKED"));
  }

  /** One that is valid on the day, an undisputed one if there is any; always the same one. */
  private static @Nullable Registration valid(
      List<Registration> registrations, LocalDate day, @Nullable LocalDate atMost) {
    Registration valid = null;
    if (atMost != null && day.isAfter(atMost)) {
      return null;
    }
    for (var registration : registrations) {
      if (registration.state().equals("VALID")
          && !day.isBefore(registration.codedOn())
          && !day.isAfter(registration.validUntil())
          && (valid == null || isBefore(registration, valid))) {
        valid = registration;
      }
    }
    return valid;
  }

  private static boolean isBefore(Registration one, Registration other) {
    return one.disputed() == other.disputed()
        ? one.id().compareTo(other.id()) < 0
        : other.disputed();
  }

  private static List<String> evidence(String subject, List<Registration> registrations) {
    var evidence = new ArrayList<String>(List.of(subject));
    registrations.forEach(registration -> evidence.add(registration.id()));
    return evidence;
  }
}
