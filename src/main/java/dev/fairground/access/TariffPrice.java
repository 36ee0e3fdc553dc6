package dev.fairground.access;

import dev.fairground.eligibility.EligibilityReport;
import dev.fairground.eligibility.Quote;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Refusal;
import dev.fairground.mutation.UserErrorCode;
import java.util.List;

/** Finds the price that a grant has by the tariff. Pure. */
final class TariffPrice {
  private TariffPrice() {}

  /** The price of the tariff; without one nothing is given. */
  static Quote of(List<EligibilityReport> reports, ApprovalForm form) {
    var report = reports.isEmpty() ? null : reports.getFirst();
    var quote = report == null ? null : report.quote();
    if (quote != null) {
      return quote;
    }
    var english = List.of("en");
    var why =
        report == null
            ? ""
            : report.checks().stream()
                .filter(check -> check.code().equals("QUOTE"))
                .findFirst()
                .map(
                    check ->
                        " "
                            + check.message().in(english).value()
                            + (check.remedy() == null
                                ? ""
                                : " " + check.remedy().in(english).value()))
                .orElse("");
    throw new Refusal(
        new InputError(
            UserErrorCode.NOT_IN_FORCE,
            "No price follows from the tariffs for what was asked for, and prices are not bargained."
                + why,
            form.at(),
            "QUOTE"));
  }
}
