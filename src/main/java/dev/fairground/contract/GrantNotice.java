package dev.fairground.contract;

import dev.fairground.graphql.Write;
import dev.fairground.jurisdiction.RuleBook;
import dev.fairground.jurisdiction.RuleBooks;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.List;

/** How long before the end of a grant its other side is told, by the rules in force today. */
final class GrantNotice {
  /** Days that a holder has to put misuse right. */
  static final String CORRECTION = "accessCorrectionDays";

  /** Days of notice by a holder. */
  static final String OF_HOLDER = "accessHolderNoticeDays";

  /** Months of notice by an operator that leaves: that of the place, else the general one. */
  private static final List<String> OF_EXIT = List.of("exitNoticeMonths", "accessExitNoticeMonths");

  private final RuleBooks books;

  GrantNotice(Database database) {
    this.books = new RuleBooks(database);
  }

  /**
   * The first days that may be named today.
   *
   * @param correction for putting misuse right
   * @param byHolder for an end by the holder
   * @param byExit for an end because the product or the operator leaves
   */
  record Days(LocalDate correction, LocalDate byHolder, LocalDate byExit) {
    /** Pure: where no rule says it, no notice is needed. */
    static Days of(RuleBook book, LocalDate today) {
      var correction = book.number(CORRECTION);
      var holder = book.number(OF_HOLDER);
      int months = 0;
      for (var rule : OF_EXIT) {
        var said = book.number(rule);
        if (said != null) {
          months = said;
          break;
        }
      }
      return new Days(
          today.plusDays(correction == null ? 0 : correction),
          today.plusDays(holder == null ? 0 : holder),
          today.plusMonths(months));
    }
  }

  Future<Days> of(SqlConnection transaction, Write write, AccessGrant grant) {
    var today = write.moment().day();
    var code = grant.jurisdictionCode();
    return books
        .find(transaction, today, write.moment().now(), List.of(code))
        .map(found -> Days.of(found.getOrDefault(code, RuleBook.of(code, List.of())), today));
  }
}
